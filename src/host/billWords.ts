// Who is charged for a lane's answers: in a word for the chat panel, and at more length where there is room.
import type { Billing } from '../core/lane/lane.ts';
import type { L10n } from './l10n.ts';

export function shortBillWords(billing: Billing, l10n: Pick<L10n, 't'>): string {
  switch (billing) {
    case 'plan':
      return l10n.t('Coding Plan');
    case 'per-token':
      return l10n.t('per token');
    case 'gateway':
      return l10n.t('billed by whoever runs it');
  }
}

export function billWords(billing: Billing, l10n: Pick<L10n, 't'>): string {
  switch (billing) {
    case 'plan':
      return l10n.t('Coding Plan, flat');
    case 'per-token':
      return l10n.t('pay as you go, per token');
    case 'gateway':
      return l10n.t('billed by whoever runs it');
  }
}

// The sentence for a setting that was named and ignored.
import * as vscode from 'vscode';
import type { SettingFault, SettingProblem } from '../core/lane/settingProblem.ts';
import { wordedList } from './l10n.ts';

type AddressFault = Extract<SettingFault, { type: 'address' }>;

/** `codingLane.lanes[2].id: is missing.` */
export function settingProblemWords(
  { place, fault }: SettingProblem,
  describe: (error: AddressFault['error']) => string,
): string {
  return fault.type === 'address'
    ? vscode.l10n.t('{place}: {sentence}', { place, sentence: describe(fault.error) })
    : vscode.l10n.t('{place}: {what}.', { place, what: faultWords(fault) });
}

function faultWords(fault: Exclude<SettingFault, AddressFault>): string {
  switch (fault.type) {
    case 'wrong-type':
      return typeWords(fault.expected);
    case 'not-one-of':
      return vscode.l10n.t('must be {allowed}', {
        allowed: wordedList(vscode.env.language, fault.allowed, 'disjunction'),
      });
    case 'out-of-range':
      return vscode.l10n.t('must be a whole number from {least} to {most}', {
        least: fault.least,
        most: fault.most,
      });
    case 'unusable-text':
      return vscode.l10n.t('must be one non-empty line of text');
    case 'missing':
      return vscode.l10n.t('is missing');
    case 'unknown-field':
      return vscode.l10n.t('is not a field of a lane');
    case 'unknown-kind':
      return vscode.l10n.t('“{kind}” is not a kind of lane', { kind: fault.value });
    case 'later-release':
      return vscode.l10n.t('lanes of kind “{kind}” come with a later release', { kind: fault.value });
    case 'bad-id':
      return vscode.l10n.t(
        'must begin with a lower-case letter and hold only lower-case letters, digits and hyphens',
      );
    case 'id-taken':
      return vscode.l10n.t('the id “{id}” is already used by another lane', { id: fault.value });
    case 'unknown-lane':
      return vscode.l10n.t('there is no lane “{id}”', { id: fault.value });
  }
}

function typeWords(expected: Extract<SettingFault, { type: 'wrong-type' }>['expected']): string {
  switch (expected) {
    case 'text':
      return vscode.l10n.t('must be text');
    case 'number':
      return vscode.l10n.t('must be a number');
    case 'list':
      return vscode.l10n.t('must be a list');
    case 'object':
      return vscode.l10n.t('must be an object');
  }
}

// An error as a person meets it: one sentence, at most three buttons, the provider's own words behind Details.
import type { ErrorRecord } from '../core/completion/completionError.ts';
import type { ErrorCard, RemedyId } from '../core/protocol/protocol.ts';
import type { L10n } from './l10n.ts';
import { remedies } from './remedies.ts';
import type { Remedy, Told } from './remedies.ts';

export interface ErrorSurroundings {
  /** Part of the answer is there: it can be continued. */
  readonly canContinue: boolean;
  readonly hasAttachments: boolean;
  /** The lane has a console that we know the address of. */
  readonly hasConsole: boolean;
  /** Epoch milliseconds. */
  readonly now: number;
}

const mostRemedies = 3;

/** A record may come from a file that another version wrote. */
const unknownRemedy: Remedy = {
  sentence: ({ l10n, lane }) => l10n.t('The request to {lane} failed.', { lane }),
  remedies: ['retry', 'show-log'],
};

/** Kinds that are the provider's doing; in the middle of an answer they interrupted it (F35). */
const providersDoing: readonly string[] = [
  'overloaded',
  'rate-limit',
  'plan-exhausted',
  'bad-request',
  'malformed',
];

export function errorCard(l10n: L10n, record: ErrorRecord, surroundings: ErrorSurroundings): ErrorCard {
  const { canContinue, hasAttachments, hasConsole, now } = surroundings;
  const offered = (canContinue ? withContinue(rowOf(record).remedies) : rowOf(record).remedies)
    .filter((id) => hasAttachments || id !== 'drop-attachments')
    .filter((id) => hasConsole || id !== 'open-console');
  return {
    sentence: canContinue ? interruptedSentence(l10n, record, now) : errorSentence(l10n, record, now),
    remedies: offered.slice(0, mostRemedies).map((id) => ({ id, label: remedyLabel(l10n, id) })),
    details: errorDetails(l10n, record),
  };
}

/** The one sentence of an error, for whoever has no room for a card. `now` in epoch milliseconds. */
export function errorSentence(l10n: L10n, record: ErrorRecord, now: number): string {
  const sentence = rowOf(record).sentence(toldOf(l10n, record, now));
  // A general word that stands first begins the sentence; a lane's or model's own name keeps its letters.
  const isGeneral = Object.values(generalWords(l10n)).some((word) => sentence.startsWith(word));
  return isGeneral ? sentence.charAt(0).toLocaleUpperCase(l10n.language) + sentence.slice(1) : sentence;
}

function remedyLabel(l10n: L10n, id: RemedyId): string {
  switch (id) {
    case 'retry':
      return l10n.t('Retry');
    case 'continue':
      return l10n.t('Continue');
    case 'set-key':
      return l10n.t('Set API Key');
    case 'switch-model':
      return l10n.t('Switch Model');
    case 'open-settings':
      return l10n.t('Open Settings');
    case 'open-network-settings':
      return l10n.t('Open Network Settings');
    case 'open-proxy-settings':
      return l10n.t('Open Proxy Settings');
    case 'open-console':
      return l10n.t('Open Console');
    case 'open-page':
      return l10n.t('Open in Browser');
    case 'drop-attachments':
      return l10n.t('Drop Attachments');
    case 'new-chat':
      return l10n.t('New Chat');
    case 'show-log':
      return l10n.t('Show Log');
    case 'confirm-lane':
      return l10n.t('Use This Lane');
  }
}

function interruptedSentence(l10n: L10n, record: ErrorRecord, now: number): string {
  if (!providersDoing.includes(record.kind)) return errorSentence(l10n, record, now);
  const { providerMessage } = record.details;
  return l10n.t('Interrupted by the provider: {reason}', {
    reason: providerMessage ?? errorSentence(l10n, record, now),
  });
}

function rowOf(record: ErrorRecord): Remedy {
  const rows: Readonly<Record<string, Readonly<Record<string, Remedy>>>> = remedies;
  const row = Object.hasOwn(rows, record.kind) ? rows[record.kind] : undefined;
  return (row && Object.hasOwn(row, record.reason) ? row[record.reason] : undefined) ?? unknownRemedy;
}

function toldOf(l10n: L10n, { details }: ErrorRecord, now: number): Told {
  const general = generalWords(l10n);
  const lane = details.lane ?? general.lane;
  return {
    l10n,
    details,
    lane,
    model: details.model ?? general.model,
    host: details.host ?? lane,
    now,
  };
}

/** For what an error does not know. */
function generalWords(l10n: L10n): Readonly<Record<'lane' | 'model', string>> {
  return { lane: l10n.t('the lane'), model: l10n.t('the model') };
}

/** Retry stays first: what is there may have gone wrong as a whole. */
function withContinue(ids: readonly RemedyId[]): readonly RemedyId[] {
  const rest = ids.filter((id) => id !== 'retry');
  return ['retry', 'continue', ...rest];
}

function errorDetails(l10n: L10n, { kind, reason, details }: ErrorRecord): readonly string[] {
  const lines: readonly (readonly [name: string, value: string | number | undefined])[] = [
    [l10n.t('Lane'), details.lane],
    [l10n.t('Model'), details.model],
    [l10n.t('Host'), details.host],
    [l10n.t('Address'), details.address],
    [l10n.t('HTTP status'), details.status],
    [l10n.t('Error code'), details.code ?? details.systemCode],
    [l10n.t('Parameter'), details.parameter],
    [l10n.t('Provider says'), details.providerMessage],
    [l10n.t('Request id'), details.requestId],
    [l10n.t('Error kind'), `${kind}/${reason}`],
  ];
  return lines.flatMap(([name, value]) =>
    value === undefined ? [] : [l10n.t('{name}: {value}', { name, value })],
  );
}

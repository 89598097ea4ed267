// Every error of a completion in words, and the buttons that cure it: one row a reason, checked by the compiler.
// As long as there are reasons: it is one table, read row by row.
import type { ErrorDetails, ErrorReasons } from '../core/completion/completionError.ts';
import type { RemedyId } from '../core/protocol/protocol.ts';
import type { L10n } from './l10n.ts';
import { wordedNumber, wordedSentences, wordedTime } from './l10n.ts';

/** What a sentence is made of; what the error does not know has a general word. */
export interface Told {
  readonly l10n: L10n;
  readonly details: ErrorDetails;
  readonly lane: string;
  readonly model: string;
  readonly host: string;
  /** Epoch milliseconds. */
  readonly now: number;
}

export interface Remedy {
  readonly sentence: (told: Told) => string;
  /** The primary one first; `errorCard` takes out what does not apply. */
  readonly remedies: readonly RemedyId[];
}

export const remedies: { readonly [K in keyof ErrorReasons]: Readonly<Record<ErrorReasons[K], Remedy>> } = {
  auth: {
    'no-key': {
      sentence: ({ l10n, lane }) => l10n.t('No API key for {lane}.', { lane }),
      remedies: ['set-key', 'switch-model'],
    },
    'key-lost': {
      sentence: ({ l10n, lane }) =>
        l10n.t('The API key for {lane} is gone: the secret storage did not keep it.', { lane }),
      remedies: ['set-key', 'switch-model'],
    },
    'key-unsendable': {
      sentence: ({ l10n, lane }) =>
        l10n.t('The API key for {lane} holds characters that cannot be sent.', { lane }),
      remedies: ['set-key'],
    },
    'key-refused': {
      sentence: ({ l10n, lane, host, details }) =>
        l10n.t('{host} refused the API key for {lane} ({status}).', {
          host,
          lane,
          status: details.status ?? 401,
        }),
      remedies: ['set-key', 'open-console', 'switch-model'],
    },
  },
  'plan-exhausted': {
    'window-spent': {
      sentence: windowSpent,
      remedies: ['switch-model', 'open-console', 'retry'],
    },
    'limit-set': {
      sentence: ({ l10n, lane, model }) =>
        l10n.t('A limit that was set in the console for {model} on {lane} is reached.', { model, lane }),
      remedies: ['open-console', 'switch-model'],
    },
    'quota-spent': {
      sentence: ({ l10n, lane }) => l10n.t('The quota of {lane} is used up.', { lane }),
      remedies: ['switch-model', 'open-console'],
    },
  },
  'rate-limit': {
    'too-fast': {
      sentence: ({ l10n, lane }) => l10n.t('Too many requests to {lane}.', { lane }),
      remedies: ['retry', 'switch-model'],
    },
    'wait-long': {
      sentence: ({ l10n, lane, details, now }) =>
        details.resetsAt === undefined
          ? l10n.t('{lane} asks to wait before the next request.', { lane })
          : l10n.t('{lane} asks to wait until {time}.', {
              lane,
              time: wordedTime(l10n, details.resetsAt, now),
            }),
      remedies: ['switch-model', 'retry', 'open-console'],
    },
  },
  overloaded: {
    busy: {
      sentence: ({ l10n, lane, details }) =>
        details.status === undefined
          ? l10n.t('{lane} is busy.', { lane })
          : l10n.t('{lane} is busy ({status}).', { lane, status: details.status }),
      remedies: ['retry', 'switch-model'],
    },
  },
  'model-unavailable': {
    'unknown-model': {
      sentence: ({ l10n, lane, model }) => l10n.t('{model} is not available on {lane}.', { model, lane }),
      remedies: ['switch-model'],
    },
    'not-in-plan': {
      sentence: ({ l10n, lane, model }) =>
        l10n.t('{model} is not part of the Coding Plan on {lane}.', { model, lane }),
      remedies: ['switch-model', 'open-console'],
    },
    'not-open': {
      sentence: ({ l10n, lane, model }) =>
        l10n.t('{model} is not activated for your account on {lane}.', { model, lane }),
      remedies: ['open-console', 'switch-model'],
    },
    'endpoint-id-needed': {
      sentence: ({ l10n, lane, model }) =>
        l10n.t('{lane} wants an endpoint id (ep-…) instead of the name {model}.', { lane, model }),
      remedies: ['switch-model', 'open-console'],
    },
    'no-model-known': {
      sentence: ({ l10n, lane }) =>
        l10n.t('{lane} has no model to use: its model list is not available. Set a model in the settings.', {
          lane,
        }),
      remedies: ['open-settings', 'switch-model', 'retry'],
    },
  },
  'wrong-lane': {
    misrouted: {
      sentence: misrouted,
      remedies: ['open-settings', 'switch-model'],
    },
    'address-invalid': {
      sentence: addressInvalid,
      remedies: ['open-settings', 'switch-model'],
    },
    'alias-on-general': {
      sentence: ({ l10n, lane, model }) =>
        l10n.t('{model} is a name of the Coding Plan; {lane} takes only full model ids.', { model, lane }),
      remedies: ['switch-model'],
    },
    'path-not-found': {
      sentence: pathNotFound,
      remedies: ['open-settings', 'switch-model'],
    },
  },
  billing: {
    overdue: {
      sentence: ({ l10n, lane }) => l10n.t('The account of {lane} has an overdue bill.', { lane }),
      remedies: ['open-console', 'switch-model'],
    },
    'no-subscription': {
      sentence: ({ l10n, lane, model }) =>
        l10n.t('Your account has no plan that covers {model} on {lane}.', { model, lane }),
      remedies: ['open-console', 'switch-model'],
    },
    'access-denied': {
      sentence: ({ l10n, lane, model }) =>
        l10n.t('Your account may not use {model} on {lane}.', { model, lane }),
      remedies: ['switch-model', 'open-console'],
    },
    'not-confirmed': {
      sentence: ({ l10n, lane }) =>
        l10n.t('{lane} bills every request, and that was not confirmed. Nothing was sent.', { lane }),
      remedies: ['confirm-lane', 'switch-model'],
    },
  },
  'bad-request': {
    parameter: {
      sentence: refused,
      remedies: ['open-settings', 'switch-model', 'show-log'],
    },
    refused: {
      sentence: refused,
      remedies: ['retry', 'switch-model', 'show-log'],
    },
  },
  'context-length': {
    'too-long': {
      sentence: tooLong,
      remedies: ['drop-attachments', 'new-chat', 'switch-model'],
    },
  },
  'content-filter': {
    input: {
      sentence: ({ l10n, lane }) => l10n.t('The content filter of {lane} refused what was sent.', { lane }),
      remedies: ['new-chat', 'switch-model'],
    },
    output: {
      sentence: ({ l10n, lane }) => l10n.t('The content filter of {lane} ended the answer.', { lane }),
      remedies: ['retry', 'new-chat', 'switch-model'],
    },
  },
  network: {
    'host-not-found': {
      sentence: ({ l10n, host }) =>
        l10n.t('The host {host} cannot be found. Check the address or your network.', { host }),
      remedies: ['retry', 'open-settings'],
    },
    'connection-refused': {
      sentence: ({ l10n, host }) =>
        l10n.t('{host} refused the connection. Is the proxy or VPN on?', { host }),
      remedies: ['retry', 'open-proxy-settings'],
    },
    'connection-lost': {
      sentence: ({ l10n, host, details }) =>
        details.characters
          ? l10n.t('The connection to {host} was lost after {count} characters.', {
              host,
              count: wordedNumber(l10n, details.characters),
            })
          : l10n.t('The connection to {host} was lost.', { host }),
      remedies: ['retry', 'open-proxy-settings'],
    },
    certificate: {
      sentence: ({ l10n, host, details }) =>
        l10n.t(
          'The certificate of {host} was not accepted ({code}). If your network inspects traffic, its certificate ' +
            'must be installed on this system; VS Code reads it with http.systemCertificates.',
          { host, code: details.systemCode ?? 'TLS' },
        ),
      remedies: ['open-network-settings', 'retry'],
    },
    'proxy-sign-in': {
      sentence: ({ l10n, host }) => l10n.t('The proxy on the way to {host} wants a sign-in.', { host }),
      remedies: ['open-proxy-settings', 'retry'],
    },
    'proxy-failed': {
      sentence: ({ l10n, host }) => l10n.t('The proxy did not connect to {host}.', { host }),
      remedies: ['open-proxy-settings', 'retry'],
    },
    redirected: {
      sentence: ({ l10n, host, details }) =>
        details.otherHost === undefined
          ? l10n.t('{host} redirects elsewhere. Redirects are not followed: nothing was sent there.', {
              host,
            })
          : l10n.t('{host} redirects to {other}. Redirects are not followed: nothing was sent there.', {
              host,
              other: details.otherHost,
            }),
      remedies: ['open-settings'],
    },
    'web-page': {
      sentence: ({ l10n, host }) =>
        l10n.t('{host} answered with a web page, not an answer. Does your network require a sign-in?', {
          host,
        }),
      remedies: ['open-page', 'retry'],
    },
    unknown: {
      sentence: ({ l10n, host, details }) =>
        details.systemCode === undefined
          ? l10n.t('The request to {host} failed.', { host })
          : l10n.t('The request to {host} failed ({code}).', { host, code: details.systemCode }),
      remedies: ['retry', 'show-log'],
    },
  },
  timeout: {
    connect: {
      sentence: ({ l10n, host, details }) =>
        l10n.t('{host} did not accept the connection within {seconds} s.', {
          host,
          seconds: seconds(details),
        }),
      remedies: ['retry', 'open-proxy-settings'],
    },
    'first-byte': {
      sentence: ({ l10n, model, lane, details }) =>
        l10n.t('{model} on {lane} did not begin to answer within {seconds} s.', {
          model,
          lane,
          seconds: seconds(details),
        }),
      remedies: ['retry', 'switch-model', 'open-network-settings'],
    },
    idle: {
      sentence: ({ l10n, host, details }) =>
        l10n.t('No data came from {host} for {seconds} s.', { host, seconds: seconds(details) }),
      remedies: ['retry', 'open-network-settings'],
    },
    'no-content': {
      sentence: ({ l10n, host, details }) =>
        l10n.t('{host} kept the connection open but sent nothing of the answer for {seconds} s.', {
          host,
          seconds: seconds(details),
        }),
      remedies: ['retry', 'switch-model'],
    },
  },
  malformed: {
    'empty-answer': {
      sentence: ({ l10n, model, lane }) => l10n.t('{model} on {lane} gave an empty answer.', { model, lane }),
      remedies: ['retry', 'switch-model'],
    },
    'not-an-answer': {
      sentence: ({ l10n, host }) => l10n.t('What {host} sent is not an answer.', { host }),
      remedies: ['retry', 'open-settings', 'show-log'],
    },
    'broken-events': {
      sentence: ({ l10n, host }) => l10n.t('The answer from {host} was damaged.', { host }),
      remedies: ['retry', 'show-log'],
    },
    'event-too-large': {
      sentence: ({ l10n, host }) => l10n.t('{host} sent a piece of data too large to read.', { host }),
      remedies: ['retry', 'switch-model'],
    },
  },
  truncated: {
    'no-finish': {
      sentence: ({ l10n, host }) =>
        l10n.t('{host} ended the answer without marking it complete. It is possibly cut off.', {
          host,
        }),
      remedies: ['retry'],
    },
    cut: {
      sentence: ({ l10n, host, details }) =>
        details.limit === undefined
          ? l10n.t('The answer from {host} was cut off.', { host })
          : l10n.t('The answer was stopped at {count} characters because it did not end.', {
              count: wordedNumber(l10n, details.characters ?? details.limit),
            }),
      remedies: ['retry'],
    },
  },
};

function windowSpent({ l10n, lane, details, now }: Told): string {
  const until = details.resetsAt === undefined ? undefined : wordedTime(l10n, details.resetsAt, now);
  if (until === undefined) return l10n.t('The quota of {lane} is used up for now.', { lane });
  switch (details.window) {
    case '5-hour':
      return l10n.t('The 5-hour quota of {lane} is used up until {until}.', { lane, until });
    case 'weekly':
      return l10n.t('The weekly quota of {lane} is used up until {until}.', { lane, until });
    case 'monthly':
      return l10n.t('The monthly quota of {lane} is used up until {until}.', { lane, until });
    default:
      return l10n.t('The quota of {lane} is used up until {until}.', { lane, until });
  }
}

function misrouted(told: Told): string {
  const { l10n, details } = told;
  const { rightLane, setting } = details;
  const sentences = [misroutedAddress(told)];
  // A lane of the user's own can be of the kind that its address asks for; the built-in ones stay what they are.
  const isOwn = setting?.startsWith('codingLane.lanes[') ?? false;
  if (isOwn && (rightLane === 'byteplus_coding' || rightLane === 'byteplus')) {
    sentences.push(l10n.t('To use it, set the lane’s kind to {kind}.', { kind: rightLane }));
  }
  return wordedSentences(l10n, [...sentences, l10n.t('Nothing was sent.')]);
}

function misroutedAddress({ l10n, lane, host, details }: Told): string {
  const address = details.address ?? host;
  switch (details.rightLane) {
    case 'byteplus_coding':
      return l10n.t('{address} is an address of the Coding Plan, but {lane} is not a coding lane.', {
        address,
        lane,
      });
    case 'byteplus':
      return l10n.t('{address} bills per token and cannot be used by {lane}.', { address, lane });
    case 'openai_compatible':
      return l10n.t('{address} belongs to another provider and cannot be used by {lane}.', { address, lane });
    case undefined:
      return l10n.t('{address} is not an address for {lane}.', { address, lane });
    default:
      return l10n.t('{address} is not an address for {lane}; the right one is {right}.', {
        address,
        lane,
        right: details.rightLane,
      });
  }
}

/** The guard's faults of an address; it carries them as the system's code. */
function addressInvalid({ l10n, details }: Told): string {
  const { address } = details;
  const why = addressFault(l10n, details);
  if (address === undefined) {
    return why === undefined
      ? l10n.t('The address is not valid.')
      : l10n.t('The address is not valid: {why}.', { why });
  }
  return why === undefined
    ? l10n.t('The address {address} is not valid.', { address })
    : l10n.t('The address {address} is not valid: {why}.', { address, why });
}

function addressFault(l10n: L10n, { systemCode, rightLane }: ErrorDetails): string | undefined {
  switch (systemCode) {
    case 'not-https':
      return l10n.t('it must begin with https');
    case 'user-info':
      return l10n.t('it contains a user name or password');
    case 'query':
      return l10n.t('it contains a query');
    case 'odd-characters':
      return l10n.t('it contains characters that are not allowed');
    case 'foreign-letters':
      return l10n.t('it contains letters outside ASCII');
    case 'lookalike':
      return withRight(l10n, l10n.t('its host imitates a BytePlus host'), rightLane);
    case 'wrong-host':
      return withRight(l10n, l10n.t('the BytePlus API is on another host'), rightLane);
    default:
      return undefined;
  }
}

function withRight(l10n: L10n, why: string, right: string | undefined): string {
  return right === undefined ? why : l10n.t('{why}; the right address is {right}', { why, right });
}

/** The guard lets a coding lane have no address without that path, and it is what people get wrong. */
function pathNotFound({ l10n, lane, host, details }: Told): string {
  const address = details.address ?? host;
  return /\/api\/coding\b/.test(address)
    ? l10n.t('There is nothing at {address}. Does the base URL end in /api/coding/v3?', { address })
    : l10n.t('There is nothing at {address}. Check the base URL of {lane}.', { address, lane });
}

/** The server's own sentence says it best. */
function refused({ l10n, lane, details }: Told): string {
  if (details.providerMessage !== undefined) {
    return l10n.t('{lane} refused the request: {message}', { lane, message: details.providerMessage });
  }
  return details.parameter === undefined
    ? l10n.t('{lane} refused the request ({status}).', { lane, status: details.status ?? 400 })
    : l10n.t('{lane} does not accept the parameter {parameter}.', { lane, parameter: details.parameter });
}

function tooLong({ l10n, model, details: { tokens, limit } }: Told): string {
  if (limit === undefined) return l10n.t('The conversation is too long for {model}.', { model });
  const most = wordedNumber(l10n, limit);
  return tokens === undefined
    ? l10n.t('The conversation is too long for {model} (at most {limit} tokens).', { model, limit: most })
    : l10n.t('The conversation is too long for {model} ({tokens} of {limit} tokens).', {
        model,
        tokens: wordedNumber(l10n, tokens),
        limit: most,
      });
}

function seconds(details: ErrorDetails): number {
  return details.seconds ?? 0;
}

// One HTTP request to a lane and its response: sent once, timed, and told in the log exactly once.
import { beginningOfBody } from './bodyForm.ts';
import { CompletionError } from './completionError.ts';
import type { Connection } from './connection.ts';
import { type DeadlineLimits, type Deadlines, startDeadlines } from './deadlines.ts';
import { httpRequest } from './httpRequest.ts';
import { type Asked, errorOfResponse, requestIdOf } from './providerError.ts';
import { safeWord, withoutKey } from './safeText.ts';
import type { HttpRequest, HttpResponse } from './transport.ts';
import type { RequestPurpose, RequestRecord } from '../usage/requestRecord.ts';

/** What a request needs of a connection. */
export type Wire = Pick<Connection, 'lane' | 'key' | 'transport' | 'clock' | 'log'>;

export interface ExchangeParts {
  readonly wire: Wire;
  readonly purpose: RequestPurpose;
  /** Absent for the list of models. */
  readonly model?: string;
  /** JSON; absent for a GET. */
  readonly body?: string;
  /** The texts that are in the body, as they were written; asked for only when something goes wrong. */
  readonly texts?: () => readonly string[];
  /** 1 for the first HTTP request of a completion. */
  readonly number: number;
  readonly limits: DeadlineLimits;
  readonly signal: AbortSignal;
  readonly onFirstByte?: () => void;
}

/** How an exchange came out, for the log. */
export interface Ending extends Pick<RequestRecord, 'usage' | 'modelEchoed' | 'note'> {
  /** `failed`: by an error that is not of our making, which is a mistake of ours. */
  readonly outcome: 'ok' | 'stopped' | 'failed' | CompletionError;
}

export interface Exchange {
  readonly deadlines: Deadlines;
  /**
   * The response with its body under the deadlines.
   * @throws CompletionError for everything but a status of success; an abort throws the caller's reason
   */
  send(): Promise<HttpResponse>;
  /** What was asked, once it was sent; decides what a provider's words mean. */
  asked(): Asked;
  /** Lane, model and host, as far as they are known. */
  describe(error: CompletionError): CompletionError;
  /** Stops the timers and writes the record, if anything was sent. */
  end(ending: Ending): void;
}

/** Of a body that explains a failure. */
const explanationBytes = 64 * 1024;
const explanationWithinMs = 2_000;

export function startExchange(parts: ExchangeParts): Exchange {
  const { wire, purpose, model, body, number, limits, signal } = parts;
  const { lane, key, transport, clock, log } = wire;
  const deadlines = startDeadlines(clock, limits, signal, parts.onFirstByte);
  const startedAt = clock.monotonic();
  let sent: HttpRequest | undefined;
  let response: HttpResponse | undefined;

  function asked(): Asked {
    const texts = [...(body === undefined ? [] : [body]), ...(parts.texts?.() ?? [])];
    return { laneKind: lane.kind, model, url: sent?.url ?? '', key, sent: texts, now: clock.now() };
  }

  async function send(): Promise<HttpResponse> {
    const request = httpRequest(lane, key, body, deadlines.signal);
    signal.throwIfAborted();
    sent = request;
    if (body !== undefined) log.trace(() => `→ ${withoutKey(body, key)}`);
    const head = await transport.send(request);
    response = head;
    const watched = deadlines.watch(head.body);
    if (head.status >= 200 && head.status < 300) {
      return { status: head.status, header: (name) => head.header(name), body: watched };
    }
    deadlines.settleWithin(explanationWithinMs);
    const text = await beginningOfBody(watched, explanationBytes);
    log.trace(() => `← ${head.status} ${withoutKey(text, key)}`);
    throw errorOfResponse(head, text, asked());
  }

  function describe(error: CompletionError): CompletionError {
    return error.with({
      lane: lane.label,
      ...(model === undefined ? {} : { model }),
      ...(sent === undefined ? {} : { host: new URL(sent.url).host }),
    });
  }

  function record(ending: Ending, url: string): RequestRecord {
    const error = ending.outcome instanceof CompletionError ? ending.outcome : undefined;
    const requestId = (response && safeWord(requestIdOf(response), key)) ?? error?.details.requestId;
    const status = response?.status ?? error?.details.status;
    const { firstByteMs } = deadlines;
    return {
      lane: lane.id,
      host: new URL(url).host,
      purpose,
      transport: transport.name,
      attempt: number,
      ...(model === undefined ? {} : { modelAsked: model }),
      ...(ending.modelEchoed === undefined ? {} : { modelEchoed: ending.modelEchoed }),
      ...(status === undefined ? {} : { status }),
      ...(requestId === undefined ? {} : { requestId }),
      ...(firstByteMs === undefined ? {} : { firstByteMs: Math.round(firstByteMs) }),
      totalMs: Math.round(clock.monotonic() - startedAt),
      ...(ending.usage === undefined ? {} : { usage: ending.usage }),
      outcome:
        typeof ending.outcome === 'string'
          ? ending.outcome
          : `${ending.outcome.kind}/${ending.outcome.reason}`,
      ...(error?.details.code === undefined ? {} : { providerCode: error.details.code }),
      ...(ending.note === undefined ? {} : { note: ending.note }),
    };
  }

  return {
    deadlines,
    send,
    asked,
    describe,
    end: (ending) => {
      deadlines.end();
      if (sent !== undefined) log.request(record(ending, sent.url));
    },
  };
}

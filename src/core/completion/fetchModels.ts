// Asks a lane for its list of models; what the list means is the lane room's affair.
import { beginningOfBody, openBody, textOfBody } from './bodyForm.ts';
import { CompletionError, completionError } from './completionError.ts';
import { type Ending, type Exchange, startExchange, type Wire } from './exchange.ts';
import { parsedJson } from './jsonObject.ts';
import { errorOfPayload, webPageError } from './providerError.ts';
import { providerWords } from './providerWords.ts';
import { retryWaitMs, wait } from './retry.ts';
import type { RequestPurpose } from '../usage/requestRecord.ts';

/** A catalog of thousands of rows has some megabytes. */
const largestListBytes = 16 * 1024 * 1024;
const pageBytes = 8 * 1024;

const limits = { firstByte: 10_000, idle: 10_000, content: 15_000 } as const;

/** Somebody waits for the list, and there is another way to go on without it. */
const longestWaitMs = 2_000;

/**
 * The parsed JSON of `GET <lane>/models`, whatever its shape. Asked once more when the network or the server failed.
 * @throws CompletionError; an abort throws the signal's reason
 */
export async function fetchModels(
  wire: Wire,
  purpose: RequestPurpose,
  signal: AbortSignal,
): Promise<unknown> {
  for (let number = 1; ; number += 1) {
    const exchange = startExchange({ wire, purpose, number, limits, signal });
    let outcome: Ending['outcome'] = 'failed';
    let waitMs: number | undefined;
    try {
      const list = await listFrom(exchange);
      outcome = 'ok';
      return list;
    } catch (thrown) {
      if (signal.aborted) {
        outcome = 'stopped';
        throw signal.reason;
      }
      if (!(thrown instanceof CompletionError)) throw thrown;
      const error = exchange.describe(thrown);
      outcome = error;
      waitMs = number === 1 ? waitBeforeSecond(error, wire) : undefined;
      if (waitMs === undefined) throw error;
    } finally {
      exchange.end({ outcome, ...(waitMs === undefined ? {} : { note: 'asked again' }) });
    }
    await wait(wire.clock, waitMs, signal);
  }
}

async function listFrom(exchange: Exchange): Promise<unknown> {
  const response = await exchange.send();
  const { form, body } = await openBody(response.body);
  if (form === 'web-page') {
    throw webPageError(response, await beginningOfBody(body, pageBytes), exchange.asked());
  }
  const payload = parsedJson(await textOfBody(body, largestListBytes));
  if (typeof payload !== 'object' || payload === null) throw completionError('malformed', 'not-an-answer');
  const words = Array.isArray(payload) ? undefined : providerWords(payload, 'maybe-an-error');
  if (words !== undefined) throw errorOfPayload(words, response, exchange.asked());
  return payload;
}

function waitBeforeSecond(error: CompletionError, { lane, clock }: Wire): number | undefined {
  if (error.kind !== 'network' && error.kind !== 'overloaded') return undefined;
  const waitMs = retryWaitMs(error, 0, lane.quirks.retriesItself, clock);
  return waitMs !== undefined && waitMs <= longestWaitMs ? waitMs : undefined;
}

// Sends the sample answer in whole or in part: the ground on which the stream scenarios stand.
import { deltaChunk, usageChunk, usageOf } from './completionWire.ts';
import type { Exchange } from './exchange.ts';
import { samplePieces, usualDeltas } from './sampleAnswer.ts';

/** Opens the stream and sends `options.after` (3) deltas. */
export async function startSample(exchange: Exchange): Promise<void> {
  exchange.openStream();
  await exchange.contents(samplePieces.slice(0, exchange.options.after ?? usualDeltas));
}

/** Sends the deltas that `startSample` has left. */
export function restOfSample(exchange: Exchange): Promise<void> {
  return exchange.contents(samplePieces.slice(exchange.options.after ?? usualDeltas));
}

/** The whole sample as the payloads of a stream: deltas, finish, usage if asked for, `[DONE]`. */
export function samplePayloads(exchange: Exchange): readonly string[] {
  const { identity, includeUsage } = exchange;
  const answer = { reasoning: [], content: samplePieces, toolCalls: [], finishReason: 'stop' };
  const chunks = [
    ...samplePieces.map((content) =>
      deltaChunk(identity, { role: 'assistant', content }, null, includeUsage),
    ),
    deltaChunk(identity, { role: 'assistant', content: '' }, 'stop', includeUsage),
    ...(includeUsage ? [usageChunk(identity, usageOf(answer, 10))] : []),
  ];
  return [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'];
}

/** The same as events in plain SSE form. */
export function sampleEvents(exchange: Exchange): readonly string[] {
  return samplePayloads(exchange).map((payload) => `data: ${payload}\n\n`);
}

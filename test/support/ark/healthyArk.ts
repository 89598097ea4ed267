// How the simulated ModelArk answers when nothing is wrong with it: key, route, refusals, then catalog or completion.
import { catalogRows, modelFor } from './catalog.ts';
import { composeAnswer, type Answer } from './composeAnswer.ts';
import { deltasOf, plainCompletion, usageChunk, usageOf } from './completionWire.ts';
import { promptTokens } from './conversation.ts';
import type { Exchange } from './exchange.ts';
import { keyStanding } from './keys.ts';
import { chatRefusals, keyRefusals, type Asked, type Refusal } from './refusals.ts';

export interface Planned {
  readonly answer: Answer;
  /** After so many deltas the stream waits for `until`. */
  readonly holdAfter?: number;
  readonly until?: Promise<unknown>;
}

/** Refuses a bad key on any path: authentication comes before routing. True when it has. */
export function refuseKey(exchange: Exchange, keys: readonly string[]): Promise<boolean> {
  return refused(exchange, keyRefusals, askedOf(exchange, keys));
}

export async function answerHealthily(
  exchange: Exchange,
  endpoint: 'chat' | 'models' | undefined,
  keys: readonly string[],
  planned?: Planned,
): Promise<void> {
  if (await refuseKey(exchange, keys)) return;
  if (endpoint === undefined) {
    exchange.decide('refused');
    await exchange.sendError(404, 'InvalidAction', 'The specified action is invalid or does not exist.');
  } else if (endpoint === 'models') {
    exchange.decide('answered');
    await exchange.sendJson(200, { object: 'list', data: catalogRows() });
  } else if (!(await refused(exchange, chatRefusals, askedOf(exchange, keys)))) {
    const lane = exchange.entry.lane === 'general' ? 'general' : 'coding';
    await sendAnswer(exchange, planned ?? { answer: composeAnswer(exchange.body, exchange.served, lane) });
  }
}

/** Sends an answer in the form that was asked for, as a stream or as one object. */
async function sendAnswer(exchange: Exchange, { answer, holdAfter = 0, until }: Planned): Promise<void> {
  exchange.decide('answered', 200);
  const usage = usageOf(answer, promptTokens(exchange.body));
  const summarises = exchange.served.model.summarisesThinking === true;
  if (exchange.body['stream'] !== true) {
    await exchange.sendJson(200, plainCompletion(exchange.identity, answer, usage, summarises));
    return;
  }
  const hold = async (): Promise<void> => {
    if (exchange.entry.deltasSent === holdAfter) await Promise.race([until, exchange.stall()]);
  };
  exchange.openStream();
  for (const delta of deltasOf(answer, summarises)) {
    if (until !== undefined) await hold();
    await exchange.delta(delta);
    await exchange.breathe();
  }
  if (until !== undefined) await hold();
  await exchange.finishReason(answer.finishReason);
  if (exchange.includeUsage) await exchange.event(usageChunk(exchange.identity, usage));
  await exchange.done();
  await exchange.end();
}

function askedOf(exchange: Exchange, keys: readonly string[]): Asked {
  const lane = exchange.entry.lane === 'general' ? 'general' : 'coding';
  const { body, model } = exchange.entry;
  return {
    lane,
    key: keyStanding(exchange.request.headers.authorization, keys),
    body,
    model: model === undefined ? undefined : modelFor(lane, model),
  };
}

async function refused(exchange: Exchange, refusals: readonly Refusal[], asked: Asked): Promise<boolean> {
  for (const { status, code, param, message } of refusals) {
    const sentence = message(asked);
    if (sentence === undefined) continue;
    exchange.decide('refused', status);
    await exchange.sendError(status, code, sentence, param === undefined ? {} : { param });
    return true;
  }
  return false;
}

// One try at a completion: ask one model once, and read its answer in whatever form it comes.
import type { ModelFacts } from '../lane/modelFacts.ts';
import { AnswerReader } from './answerReader.ts';
import { beginningOfBody, openBody, textOfBody } from './bodyForm.ts';
import { type CompletionError, completionError } from './completionError.ts';
import type { CompletionOptions, CompletionRequest, Connection } from './connection.ts';
import type { DeadlineLimits } from './deadlines.ts';
import type { Delta } from './delta.ts';
import { deltas } from './deltas.ts';
import { type Ending, startExchange } from './exchange.ts';
import { isJsonObject, parsedJson } from './jsonObject.ts';
import { errorOfPayload, requestIdOf, webPageError } from './providerError.ts';
import { textsOf } from './message.ts';
import { type RequestBody, requestBody } from './requestBody.ts';
import { safeWord } from './safeText.ts';
import { largestEventBytes, sse } from './sse.ts';
import type { HttpResponse } from './transport.ts';

export interface AttemptParts {
  readonly connection: Connection;
  readonly facts: ModelFacts;
  readonly request: CompletionRequest;
  /** 1 for the first HTTP request of a completion. */
  readonly number: number;
  readonly options: CompletionOptions;
}

export interface Attempt {
  readonly body: RequestBody;
  /** Asks, and gives the answer's deltas in batches, to be iterated once. */
  answer(): Promise<AsyncIterable<readonly Delta[]>>;
  /** Something of the answer has come, so that asking again would bill it twice. */
  readonly begun: boolean;
  /** The error with what this attempt knows of it. */
  describe(error: CompletionError): CompletionError;
  /** Ends timers and writes the log record; `note` says what is done about a failure. */
  end(outcome: Ending['outcome'], note?: string): void;
}

export function startAttempt({ connection, facts, request, number, options }: AttemptParts): Attempt {
  const { lane, key } = connection;
  const body = requestBody(lane, facts, request, connection.learned);
  const exchange = startExchange({
    wire: connection,
    purpose: request.purpose,
    model: facts.id,
    body: JSON.stringify(body),
    texts: () => textsOf(request.messages),
    number,
    limits: limitsOf(connection),
    signal: options.signal,
    onFirstByte: () => options.onProgress?.({ type: 'first-byte' }),
  });
  let reader: AnswerReader | undefined;

  async function answer(): Promise<AsyncIterable<readonly Delta[]>> {
    options.onProgress?.({ type: 'sent', model: facts.id, attempt: number });
    const response = await exchange.send();
    reader = readerOf(response);
    const { form, body: opened } = await openBody(response.body);
    switch (form) {
      case 'events':
        return deltas(sse(opened), reader, exchange.deadlines);
      case 'json':
        return wholeAnswer(opened, reader);
      case 'web-page':
        throw webPageError(response, await beginningOfBody(opened, pageBytes), exchange.asked());
    }
  }

  function readerOf(response: HttpResponse): AnswerReader {
    return new AnswerReader({
      toError: (words) => errorOfPayload(words, response, exchange.asked()),
      safe: (word) => safeWord(word, key),
      requestId: () => safeWord(requestIdOf(response), key),
    });
  }

  return {
    body,
    answer,
    get begun() {
      return reader?.begun ?? false;
    },
    describe: (error) =>
      exchange.describe(reader?.begun === true ? error.with({ characters: reader.characters }) : error),
    end: (outcome, note) => {
      const notes = [note, reader?.note].filter((each) => each !== undefined);
      exchange.end({
        outcome,
        ...(reader?.usage === undefined ? {} : { usage: reader.usage }),
        ...(reader?.modelEchoed === undefined ? {} : { modelEchoed: reader.modelEchoed }),
        ...(notes.length === 0 ? {} : { note: notes.join(', ') }),
      });
    },
  };
}

/** Enough of a page to recognise it. */
const pageBytes = 8 * 1024;

/** Whoever asked for a stream may be given the whole answer at once (F33). */
async function* wholeAnswer(
  body: AsyncIterable<Uint8Array>,
  reader: AnswerReader,
): AsyncGenerator<readonly Delta[], void, undefined> {
  const payload = parsedJson(await textOfBody(body, largestEventBytes));
  const found: Delta[] = [];
  reader.readPayload(payload, found);
  if (!isJsonObject(payload) || !Array.isArray(payload['choices'])) {
    throw completionError('malformed', 'not-an-answer');
  }
  // A JSON text that parses is complete.
  reader.read('[DONE]', undefined, found);
  yield [...found, ...reader.finish()];
}

/** The longest wait that means anything over the editor's fetch, whose own limit is 300 s. */
const longestEditorWaitMs = 290_000;
const contentWithinMs = 300_000;

function limitsOf({ patience, transport }: Connection): DeadlineLimits {
  const longest = transport.name === 'editor' ? longestEditorWaitMs : Infinity;
  return {
    firstByte: Math.min(patience.firstByteSeconds * 1000, longest),
    idle: Math.min(patience.idleSeconds * 1000, longest),
    content: contentWithinMs,
  };
}

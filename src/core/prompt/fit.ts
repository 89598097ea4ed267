// Makes a request fit the model's window before it is sent: the answer gets what the messages leave.
import { estimateTokenCount } from 'tokenx';
import { completionError } from '../completion/completionError.ts';
import type { Message } from '../completion/message.ts';
import type { ModelFacts } from '../lane/modelFacts.ts';

/** Below this an answer would be cut after a few sentences; better to say that the conversation is full. */
const shortestAnswerTokens = 512;

/** The estimate misses by up to a tenth on code; the answer's limit must not promise what is already used. */
const estimateMargin = 1.1;

/** Roles and separators around each message; an upper figure over the chat templates of the plan's models. */
const tokensPerMessage = 8;

/** What an image costs at most by the providers' default detail; its bytes say nothing about it. */
const tokensPerImage = 2_048;

export interface FitInput {
  readonly messages: readonly Message[];
  readonly model: ModelFacts;
  /** 0: the model's own limit. */
  readonly maxOutputTokens: number;
  /** Reported tokens for each estimated one, as learned from earlier answers of the model; 1 when nothing is known. */
  readonly tokensPerEstimate: number;
}

export interface Fitted {
  /** As asked, or less where the window leaves less. */
  readonly maxOutputTokens: number;
  /** What `tokensPerEstimate` is learned against; undefined when the messages were too short to be worth counting. */
  readonly estimatedTokens: number | undefined;
}

/** Throws `context-length` when the messages leave no room for an answer. */
export function fit({ messages, model, maxOutputTokens, tokensPerEstimate }: FitInput): Fitted {
  const room = Math.min(model.maxInputTokens ?? Infinity, model.contextWindow - shortestAnswerTokens);
  const answer = Math.min(maxOutputTokens || model.maxOutputTokens, model.maxOutputTokens);
  // A token is hardly ever less than one character, so what is short enough by characters needs no count.
  const atMost = sizeOf(messages, (text) => text.length);
  if (atMost <= room && atMost + answer <= model.contextWindow) {
    return { maxOutputTokens, estimatedTokens: undefined };
  }
  const estimatedTokens = sizeOf(messages, estimateTokenCount);
  const tokens = Math.ceil(estimatedTokens * tokensPerEstimate);
  if (tokens > room) {
    const limit = model.maxInputTokens === undefined ? model.contextWindow : room;
    throw completionError(
      'context-length',
      'too-long',
      { model: model.id, tokens, limit },
      { neverSent: true },
    );
  }
  const left = Math.max(shortestAnswerTokens, model.contextWindow - Math.ceil(tokens * estimateMargin));
  return { maxOutputTokens: answer <= left ? maxOutputTokens : left, estimatedTokens };
}

/** What one reported count says about the estimate; a wild ratio would mean that it counted something else. */
export function learnTokensPerEstimate(estimatedTokens: number, reportedTokens: number): number {
  return Math.min(1.5, Math.max(0.5, reportedTokens / Math.max(1, estimatedTokens)));
}

function sizeOf(messages: readonly Message[], size: (text: string) => number): number {
  return messages.reduce((sum, message) => sum + tokensPerMessage + messageSize(message, size), 0);
}

function messageSize(message: Message, size: (text: string) => number): number {
  switch (message.role) {
    case 'system':
    case 'tool':
      return size(message.text);
    case 'assistant':
      return size(message.text) + size(JSON.stringify(message.toolCalls ?? ''));
    case 'user':
      return message.content.reduce(
        (sum, part) => sum + (part.type === 'text' ? size(part.text) : tokensPerImage),
        0,
      );
  }
}

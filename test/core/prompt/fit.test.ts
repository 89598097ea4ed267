// A request fits its model's window, or is refused before it is sent.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompletionError } from '../../../src/core/completion/completionError.ts';
import type { Message } from '../../../src/core/completion/message.ts';
import type { ModelFacts } from '../../../src/core/lane/modelFacts.ts';
import { fit, learnTokensPerEstimate } from '../../../src/core/prompt/fit.ts';
import type { FitInput, Fitted } from '../../../src/core/prompt/fit.ts';

const model: ModelFacts = {
  id: 'glm-5.2',
  contextWindow: 10_000,
  maxOutputTokens: 4_000,
  vision: false,
  tools: true,
  thinking: [],
  efforts: [],
  source: 'plan',
};

/** Each word is one token to the estimate. */
function words(count: number): readonly Message[] {
  return [{ role: 'user', content: [{ type: 'text', text: 'word '.repeat(count) }] }];
}

function fitted(input: Partial<FitInput>): Fitted {
  return fit({ messages: words(10), model, maxOutputTokens: 0, tokensPerEstimate: 1, ...input });
}

test('a short request is left as it is, and not even counted', () => {
  assert.deepEqual(fitted({}), { maxOutputTokens: 0, estimatedTokens: undefined });
  assert.deepEqual(fitted({ maxOutputTokens: 100 }), { maxOutputTokens: 100, estimatedTokens: undefined });
});

test('the answer gets what the messages leave of the window', () => {
  const { maxOutputTokens, estimatedTokens } = fitted({ messages: words(7_000) });
  assert.ok(estimatedTokens !== undefined && estimatedTokens >= 7_000);
  assert.equal(maxOutputTokens, 10_000 - Math.ceil(estimatedTokens * 1.1));
});

test('a smaller limit of the user stays', () => {
  assert.equal(fitted({ messages: words(7_000), maxOutputTokens: 500 }).maxOutputTokens, 500);
});

test('a conversation over the window is refused with both figures', () => {
  assert.throws(
    () => fitted({ messages: words(9_900) }),
    (error) => {
      assert.ok(error instanceof CompletionError);
      assert.equal(error.kind, 'context-length');
      assert.equal(error.neverSent, true);
      assert.equal(error.details.limit, 10_000);
      assert.ok((error.details.tokens ?? 0) >= 9_900);
      return true;
    },
  );
});

test('a model with a smaller limit for what is asked is held to it', () => {
  const narrow = { ...model, maxInputTokens: 5_000 };
  assert.throws(() => fitted({ messages: words(6_000), model: narrow }), { kind: 'context-length' });
  assert.equal(fitted({ messages: words(4_000), model: narrow }).maxOutputTokens, 0);
});

test('what the provider counted moves the estimate, within reason', () => {
  assert.equal(learnTokensPerEstimate(1_000, 1_200), 1.2);
  assert.equal(learnTokensPerEstimate(1_000, 90_000), 1.5);
  assert.equal(learnTokensPerEstimate(1_000, 1), 0.5);
  assert.throws(() => fitted({ messages: words(7_000), tokensPerEstimate: 1.5 }), { kind: 'context-length' });
});

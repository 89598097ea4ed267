// What of a conversation is sent with the next question.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer, AnswerState, Turn } from '../../../src/core/chat/conversation.ts';
import { conversationMessages } from '../../../src/core/chat/conversationMessages.ts';
import type { Message } from '../../../src/core/completion/message.ts';

function turn(text: string, answer?: Partial<Answer>): Turn {
  return {
    id: text,
    question: { text, attachments: [], at: 0 },
    ...(answer && {
      answer: {
        laneId: 'coding',
        laneLabel: 'Coding',
        model: 'm',
        state: 'done',
        reasoning: 'secret thoughts',
        text: `answer to ${text}`,
        notes: [],
        startedAt: 0,
        ...answer,
      },
    }),
  };
}

/** Roles and texts, without the system prompt. */
function told(turns: readonly Turn[], purpose: 'answer' | 'continue' = 'answer'): readonly string[] {
  const messages = conversationMessages({ turns, purpose, language: 'en' });
  assert.equal(messages[0]?.role, 'system');
  return messages.slice(1).map((message) => `${message.role}: ${textOf(message)}`);
}

function textOf(message: Message): string {
  if (message.role !== 'user') return message.text;
  return message.content.map((part) => (part.type === 'text' ? part.text : '')).join(' + ');
}

test('questions and answers alternate and reasoning is never sent', () => {
  const messages = conversationMessages({
    turns: [turn('one', {}), turn('two', { state: 'waiting', text: '' })],
    purpose: 'answer',
    language: 'en',
  });
  assert.doesNotMatch(JSON.stringify(messages), /secret thoughts|reasoning/);
  assert.deepEqual(told([turn('one', {}), turn('two')]), [
    'user: one',
    'assistant: answer to one',
    'user: two',
  ]);
});

test('a failed turn is left out', () => {
  const failed = turn('failed', { state: 'failed', text: '' });
  assert.deepEqual(told([turn('one', {}), failed, turn('two')]), [
    'user: one',
    'assistant: answer to one',
    'user: two',
  ]);
});

test('what a cut answer had is kept', () => {
  for (const state of ['interrupted', 'stopped'] satisfies AnswerState[]) {
    assert.deepEqual(told([turn('one', { state, text: 'half an ans' }), turn('two')]), [
      'user: one',
      'assistant: half an ans',
      'user: two',
    ]);
  }
});

test('a question stopped before its answer goes with the next one in a single message', () => {
  assert.deepEqual(told([turn('one', { state: 'stopped', text: '' }), turn('in Python')]), [
    'user: one + in Python',
  ]);
});

test('a retried question is sent without the answer that it replaces', () => {
  assert.deepEqual(told([turn('one', { state: 'interrupted', text: 'half' })]), ['user: one']);
});

test('continue sends the partial answer and asks for the rest', () => {
  const messages = told([turn('one', { state: 'waiting', text: 'half an ans' })], 'continue');
  assert.deepEqual(messages.slice(0, 2), ['user: one', 'assistant: half an ans']);
  assert.match(messages[2] ?? '', /^user: .*Continue exactly where you stopped/);
});

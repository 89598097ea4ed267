// Reading `/models`: every shape that is tolerated, and what is left out.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompletionError } from '../../../src/core/completion/completionError.ts';
import { findInCatalog, parseCatalog } from '../../../src/core/lane/catalog.ts';
import { catalogRows } from '../../support/ark/catalog.ts';

const live = (id: string) => ({ id, status: 'live', created: 0 });

test('every known shape of a list is read', () => {
  const rows = ['a', { id: 'b' }, { modelId: 'c' }, { model: 'd' }, { name: 'e' }];
  const expected = ['a', 'b', 'c', 'd', 'e'].map(live);
  for (const body of [
    rows,
    { data: rows },
    { object: 'list', models: rows },
    { modelSummaries: rows },
    { Result: { Items: rows } },
    { result: { models: rows } },
  ]) {
    assert.deepEqual(parseCatalog(body), expected, JSON.stringify(body));
  }
});

test('what is no list, or an empty one, is an error and not a catalog', () => {
  for (const [body, reason] of [
    [undefined, 'not-an-answer'],
    [null, 'not-an-answer'],
    ['<html></html>', 'not-an-answer'],
    [{ error: { message: 'no' } }, 'not-an-answer'],
    [{ data: {} }, 'not-an-answer'],
    [{ data: [] }, 'empty-answer'],
    [[], 'empty-answer'],
  ] as const) {
    assert.throws(
      () => parseCatalog(body),
      (error) => error instanceof CompletionError && error.kind === 'malformed' && error.reason === reason,
      JSON.stringify(body),
    );
  }
});

test('the platform’s catalog keeps its chat models, with their limits', () => {
  const models = parseCatalog({ object: 'list', data: catalogRows() });
  const ids = models.map(({ id }) => id);
  for (const other of ['skylark-embedding-vision-250615', 'seedream-4-5-251128', 'hitem3d-2-0-251223']) {
    assert(!ids.includes(other), other);
  }
  assert.deepEqual(
    models.find(({ id }) => id === 'seed-2-0-pro-260328'),
    {
      id: 'seed-2-0-pro-260328',
      status: 'live',
      created: Date.UTC(2026, 2, 28) / 1000,
      contextWindow: 262_144,
      maxInputTokens: 262_144 - 131_072 / 4,
      maxOutputTokens: 131_072,
      vision: true,
      tools: true,
    },
  );
  assert.equal(models.find(({ id }) => id === 'glm-4-7-251222')?.status, 'retiring');
  assert.equal(models.find(({ id }) => id === 'glm-4-5-250728')?.status, 'shutdown');
});

test('rows that are no chat model by domain, task or output are left out', () => {
  const models = parseCatalog([
    { id: 'says-nothing' },
    { id: 'llm', domain: 'LLM' },
    { id: 'odd-domain', domain: 'DeepResearch' },
    { id: 'embedding', domain: 'Embedding' },
    { id: 'translation', domain: 'LLM', task_type: ['TextTranslation'] },
    { id: 'both', task_type: ['VideoUnderstanding', 'TextGeneration'] },
    { id: 'picture', modalities: { output_modalities: ['image'] } },
    { id: 'text-out', modalities: { output_modalities: ['text'] } },
  ]);
  assert.deepEqual(
    models.map(({ id }) => id),
    ['says-nothing', 'llm', 'odd-domain', 'both', 'text-out'],
  );
});

test('hostile rows neither throw nor come through', () => {
  const models = parseCatalog({
    data: [
      null,
      7,
      [],
      {},
      { id: 7 },
      { id: '' },
      { id: 'a\u001b[31mred' },
      { id: 'two\nlines' },
      { id: 'x'.repeat(201) },
      { id: '<b>模型</b>/v1' },
      { id: 'dup', created: 1 },
      { id: 'dup', created: 2 },
      { id: 'odd-limits', token_limits: { context_window: -1, max_output_token_length: '9' }, modalities: 3 },
      { id: '__proto__' },
    ],
  });
  assert.deepEqual(models, [
    live('<b>模型</b>/v1'),
    { ...live('dup'), created: 1 },
    live('odd-limits'),
    live('__proto__'),
  ]);
});

test('limits are also read as other servers write them', () => {
  assert.deepEqual(parseCatalog([{ id: 'a', context_length: 5, max_output_tokens: 3 }]), [
    { ...live('a'), contextWindow: 5, maxOutputTokens: 3 },
  ]);
  assert.deepEqual(parseCatalog([{ id: 'a', max_model_len: 5 }]), [{ ...live('a'), contextWindow: 5 }]);
});

test('a row is found exactly, then whatever its case, then by alias: live and newest first', () => {
  const models = parseCatalog([
    { id: 'GLM-5.2' },
    { id: 'glm-5-2-260101', created: 3, status: 'Shutdown' },
    { id: 'glm-5-2-260601', created: 2 },
    { id: 'glm-5-2-260501', created: 1 },
    { id: 'kimi-k2-5-260127', status: 'Shutdown' },
  ]);
  assert.equal(findInCatalog(models, 'glm-5.2')?.id, 'GLM-5.2');
  assert.equal(findInCatalog(models.slice(1), 'glm-5.2')?.id, 'glm-5-2-260601');
  assert.equal(findInCatalog(models, 'glm-5-2-260501')?.id, 'glm-5-2-260501');
  assert.equal(findInCatalog(models.slice(1), 'glm-5-2-260999'), undefined);
  assert.equal(findInCatalog(models, 'kimi-k2.5')?.status, 'shutdown');
});

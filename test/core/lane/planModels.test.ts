// The plan's table: every row is possible, and aliases find their dated ids.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { factsOf } from '../../../src/core/lane/factsOf.ts';
import { laneKind } from '../../../src/core/lane/laneKinds.ts';
import { isSameModel } from '../../../src/core/lane/modelNames.ts';
import { findPlanModel, planAliases, planModels } from '../../../src/core/lane/planModels.ts';

const on = (id: 'byteplus_coding' | 'byteplus' | 'openai_compatible') => ({
  kind: id,
  quirks: laneKind(id).quirks,
});

test('every row of the plan is possible and no alias stands twice', () => {
  for (const model of planModels) {
    assert(model.maxOutputTokens < model.contextWindow, model.id);
    assert((model.maxInputTokens ?? 0) <= model.contextWindow, model.id);
    assert.equal(planModels.filter((other) => isSameModel(other.id, model.id)).length, 1, model.id);
  }
  assert.equal(planAliases[0], 'dola-seed-2.0-code');
  assert(!planAliases.includes('glm-4.7'));
});

test('an alias and its dated ids are one model, two dated ids are two', () => {
  for (const [alias, dated] of [
    ['glm-5.2', 'glm-5-2-260617'],
    ['dola-seed-2.0-pro', 'seed-2-0-pro-260328'],
    ['dola-seed-2.0-code', 'seed-2-0-code-preview-260328'],
    ['bytedance-seed-code', 'seed-code-251028'],
    ['deepseek-v4-flash', 'deepseek-v4-flash-260424'],
    ['gpt-oss-120b', 'gpt-oss-120b-250805'],
    ['GLM-5.2', 'glm-5.2'],
  ] as const) {
    assert(isSameModel(alias, dated), `${alias} ${dated}`);
    assert.equal(findPlanModel(dated)?.id.toLowerCase(), alias.toLowerCase());
  }
  assert(!isSameModel('glm-5-2-260617', 'glm-5-2-260301'));
  assert(!isSameModel('glm-5.2', 'glm-5.1'));
  assert(!isSameModel('deepseek-v4-pro', 'deepseek-v4-flash'));
  assert(!isSameModel('dola-seed-2.0-lite', 'seed-2-0-mini-260428'));
});

test('on the coding lane the smaller limit counts, whichever side says it', () => {
  const row = {
    id: 'glm-5-2-260617',
    status: 'live',
    created: 0,
    contextWindow: 1_024_000,
    maxInputTokens: 900_000,
    maxOutputTokens: 65_536,
  } as const;
  const facts = factsOf(on('byteplus_coding'), 'glm-5.2', row);
  assert.equal(facts.contextWindow, 200_000);
  assert.equal(facts.maxInputTokens, 900_000);
  assert.equal(facts.maxOutputTokens, 65_536);
  assert.equal(facts.source, 'plan');
});

test('on the general lane the catalog counts, and the plan’s row fills its gaps', () => {
  const row = { id: 'glm-5-2-260617', status: 'live', created: 0, contextWindow: 1_024_000 } as const;
  assert.deepEqual(factsOf(on('byteplus'), 'glm-5-2-260617', row), {
    id: 'glm-5-2-260617',
    contextWindow: 1_024_000,
    maxOutputTokens: 131_072,
    vision: false,
    tools: true,
    thinking: ['enabled', 'disabled'],
    efforts: ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'],
    source: 'catalog',
  });
});

test('a model of which nothing is known gets cautious limits and no thinking fields', () => {
  const expected = {
    id: 'glm-5.2',
    contextWindow: 128_000,
    maxOutputTokens: 32_000,
    vision: false,
    tools: true,
    thinking: [],
    efforts: [],
    source: 'assumed',
  };
  assert.deepEqual(factsOf(on('openai_compatible'), 'glm-5.2', undefined), expected);
  assert.deepEqual(factsOf(on('byteplus_coding'), 'brand-new', undefined), { ...expected, id: 'brand-new' });
});

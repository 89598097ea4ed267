// From settings to lanes: what is bad is named with its place and left out, and the rest works.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codingAddress, generalAddresses } from '../../../src/core/lane/builtInAddresses.ts';
import { endpointUrl } from '../../../src/core/lane/guard.ts';
import { readLanes } from '../../../src/core/lane/laneSettings.ts';
import { planAliases } from '../../../src/core/lane/planModels.ts';
import { laneValues } from './laneValues.ts';

const proxy = { id: 'proxy', kind: 'openai_compatible', baseUrl: 'http://localhost:4000/v1/' };

function own(...lanes: readonly unknown[]) {
  const list = readLanes({ ...laneValues, lanes });
  return { lanes: list.lanes.slice(2).map(({ lane }) => lane), problems: list.problems };
}

test('without settings there are the two built-in lanes', () => {
  const { lanes, problems } = readLanes(laneValues);
  assert.deepEqual(problems, []);
  assert.deepEqual(
    lanes.map(({ lane, problem }) => [lane.id, lane.kind, lane.label, lane.baseUrl, lane.billing, problem]),
    [
      ['coding', 'byteplus_coding', 'BytePlus Coding', codingAddress, 'plan', undefined],
      ['general', 'byteplus', 'BytePlus General', generalAddresses['ap-southeast-1'], 'per-token', undefined],
    ],
  );
  assert.deepEqual(lanes[0]?.lane.preferredModels, planAliases);
  assert.deepEqual(lanes[0]?.lane.envKeys, ['BYTEPLUS_API_KEY', 'ARK_API_KEY']);
  assert.equal(lanes[0]?.lane.quirks.modelIds, 'as-written');
  assert.equal(lanes[1]?.lane.quirks.modelIds, 'dated');
});

test('the region moves the general lane, an address of one’s own moves either', () => {
  const { lanes } = readLanes({
    ...laneValues,
    codingBaseUrl: ' https://proxy.example.com/api/coding/v3/chat/completions ',
    generalRegion: 'eu-west-1',
  });
  assert.equal(lanes[0]?.lane.baseUrl, 'https://proxy.example.com/api/coding/v3');
  assert.equal(lanes[1]?.lane.baseUrl, generalAddresses['eu-west-1']);
});

test('a refused address is no reason to use another: the lane stays, with its problem', () => {
  const { lanes, problems } = readLanes({
    ...laneValues,
    codingBaseUrl: generalAddresses['ap-southeast-1'],
    generalBaseUrl: codingAddress,
    lanes: [{ ...proxy, baseUrl: 'https://user:secret@proxy.example.com' }],
  });
  assert.deepEqual(
    lanes.map(({ problem }) => [problem?.kind, problem?.reason, problem?.details.setting]),
    [
      ['wrong-lane', 'misrouted', 'codingLane.coding.baseUrl'],
      ['wrong-lane', 'misrouted', 'codingLane.general.baseUrl'],
      ['wrong-lane', 'address-invalid', 'codingLane.lanes[0].baseUrl'],
    ],
  );
  assert.deepEqual(
    problems.map(({ place, fault }) => [place, fault.type]),
    [
      ['codingLane.coding.baseUrl', 'address'],
      ['codingLane.general.baseUrl', 'address'],
      ['codingLane.lanes[0].baseUrl', 'address'],
    ],
  );
  for (const { lane } of lanes) assert.throws(() => endpointUrl(lane, 'models'), { kind: 'wrong-lane' });
  assert.equal(lanes[0]?.problem?.details.rightLane, 'byteplus');
  assert.equal(lanes[1]?.problem?.details.rightLane, 'byteplus_coding');
});

test('a lane of one’s own has its kind’s defaults', () => {
  const { lanes, problems } = own(
    { ...proxy, label: ' My proxy ', model: 'gemma-3', preferredModels: ['a', 'b'] },
    { id: 'team', kind: 'BytePlus_Coding_Compatible' },
  );
  assert.deepEqual(problems, []);
  assert.deepEqual(
    lanes.map((lane) => [lane.id, lane.kind, lane.label, lane.baseUrl, lane.auth, lane.billing, lane.model]),
    [
      [
        'proxy',
        'openai_compatible',
        'My proxy',
        'http://localhost:4000/v1',
        'optional',
        'gateway',
        'gemma-3',
      ],
      ['team', 'byteplus_coding', 'team', codingAddress, 'bearer', 'plan', 'auto'],
    ],
  );
  assert.deepEqual(lanes[0]?.envKeys, []);
  assert.deepEqual(lanes[0]?.preferredModels, ['a', 'b']);
  assert.deepEqual(lanes[1]?.preferredModels, planAliases);
});

const bad: readonly (readonly [string, unknown, string, object])[] = [
  ['no object', 'https://x', '', { type: 'wrong-type', expected: 'object' }],
  ['null', null, '', { type: 'wrong-type', expected: 'object' }],
  ['a list', [proxy], '', { type: 'wrong-type', expected: 'object' }],
  ['no id', { ...proxy, id: undefined }, '.id', { type: 'wrong-type', expected: 'text' }],
  ['a missing kind', { id: 'x', baseUrl: 'http://localhost' }, '.kind', { type: 'missing' }],
  ['an id with a slash', { ...proxy, id: 'a/b' }, '.id', { type: 'bad-id' }],
  ['an id of a prototype', { ...proxy, id: '__proto__' }, '.id', { type: 'bad-id' }],
  ['a built-in id', { ...proxy, id: 'coding' }, '.id', { type: 'id-taken', value: 'coding' }],
  ['a shouted id', { ...proxy, id: 'Coding' }, '.id', { type: 'bad-id' }],
  ['an unknown kind', { ...proxy, kind: 'openai' }, '.kind', { type: 'unknown-kind', value: 'openai' }],
  ['a later kind', { ...proxy, kind: 'portkey' }, '.kind', { type: 'later-release', value: 'portkey' }],
  ['a number as address', { ...proxy, baseUrl: 7 }, '.baseUrl', { type: 'wrong-type', expected: 'text' }],
  ['no address', { ...proxy, baseUrl: ' ' }, '.baseUrl', { type: 'missing' }],
];
for (const [what, item, path, fault] of bad) {
  test(`a lane with ${what} is named and left out, and the next one works`, () => {
    const { lanes, problems } = own(item, { ...proxy, id: 'good' });
    assert.deepEqual(
      lanes.map(({ id }) => id),
      ['good'],
    );
    assert.deepEqual(problems, [{ place: `codingLane.lanes[0]${path}`, fault }]);
  });
}

test('an id used twice keeps the first', () => {
  const { lanes, problems } = own(proxy, { ...proxy, label: 'second' });
  assert.deepEqual(
    lanes.map(({ label }) => label),
    ['proxy'],
  );
  assert.deepEqual(problems, [
    { place: 'codingLane.lanes[1].id', fault: { type: 'id-taken', value: 'proxy' } },
  ]);
});

test('a wrong field that a lane can be without falls away alone', () => {
  const { lanes, problems } = own({
    ...proxy,
    label: 'two\nlines',
    model: 7,
    preferredModels: ['a', 7, '', 'b'],
    apiKey: 'secret',
  });
  assert.equal(lanes[0]?.label, 'proxy');
  assert.equal(lanes[0]?.model, 'auto');
  assert.deepEqual(lanes[0]?.preferredModels, ['a', 'b']);
  assert.deepEqual(
    problems.map(({ place, fault }) => [place, fault.type]),
    [
      ['codingLane.lanes[0].apiKey', 'unknown-field'],
      ['codingLane.lanes[0].label', 'unusable-text'],
      ['codingLane.lanes[0].model', 'wrong-type'],
      ['codingLane.lanes[0].preferredModels[1]', 'wrong-type'],
      ['codingLane.lanes[0].preferredModels[2]', 'unusable-text'],
    ],
  );
  assert.doesNotMatch(JSON.stringify(problems), /secret/);
});

test('a model id never changes where a lane leads', () => {
  for (const model of [
    'general/glm-5.2',
    'https://evil.example/v1',
    '@evil',
    '../../v3',
    'x?baseUrl=y',
    '#z',
  ]) {
    const { lanes } = readLanes({ ...laneValues, codingModel: model, codingPreferredModels: [model] });
    const coding = lanes[0]?.lane;
    assert(coding);
    assert.equal(endpointUrl(coding, 'chat/completions'), `${codingAddress}/chat/completions`, model);
  }
});

test('no settings and no model ids, in whatever order, lead a lane anywhere but where its own address says', () => {
  // A small generator of its own, so that a failure can be repeated.
  let seed = 20261121;
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * below);
  };
  const pick = <T>(list: readonly T[]): T => list[next(list.length)] as T;
  const addresses = [
    '',
    codingAddress,
    ...Object.values(generalAddresses),
    `${generalAddresses['ap-southeast-1']}/../coding/v3`,
    'https://proxy.example.com/api/coding/v3',
    'https://proxy.example.com/api/v3',
    'https://ark.ap-southeast.bytepluses.com@evil.example/api/coding/v3',
    'http://evil.example/api/coding/v3',
    'http://127.0.0.1:9/v1',
  ];
  const models = [
    'auto',
    'glm-5.2',
    'general/glm-5.2',
    'https://evil.example/v1',
    '../../v3',
    '#',
    '?',
    '@x',
  ];
  const kinds = ['byteplus_coding', 'byteplus', 'openai_compatible', 'portkey', 'nonsense'];
  let usable = 0;
  for (let round = 0; round < 400; round++) {
    const own = Array.from({ length: next(4) }, (_, index) => ({
      id: pick(['coding', 'general', `lane-${index}`]),
      kind: pick(kinds),
      baseUrl: pick(addresses),
      model: pick(models),
    }));
    const values = {
      codingBaseUrl: pick(addresses),
      codingModel: pick(models),
      codingPreferredModels: [pick(models)],
      generalRegion: pick(['ap-southeast-1', 'eu-west-1'] as const),
      generalBaseUrl: pick(addresses),
      generalModel: pick(models),
      generalPreferredModels: [pick(models)],
      lanes: own,
    };
    for (const { lane, problem } of readLanes(values).lanes) {
      if (problem !== undefined) {
        assert.throws(() => endpointUrl(lane, 'chat/completions'), { kind: 'wrong-lane' });
        continue;
      }
      usable++;
      const url = endpointUrl(lane, 'chat/completions');
      const stated =
        lane.id === 'coding'
          ? [values.codingBaseUrl || codingAddress]
          : lane.id === 'general'
            ? [values.generalBaseUrl || generalAddresses[values.generalRegion]]
            : own.map(({ baseUrl }) => baseUrl || codingAddress);
      assert(stated.map((address) => new URL(address).origin).includes(new URL(url).origin), url);
      if (lane.kind === 'openai_compatible') assert(!url.includes('bytepluses.com'), url);
      else assert.equal(url.includes('/api/coding/v3/'), lane.billing === 'plan', `${lane.id} ${url}`);
    }
  }
  assert(usable > 300, `only ${usable} lanes were usable: the generator proves nothing`);
});

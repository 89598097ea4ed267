// Tool calls out of fragments: any cut, any order, and indices that nobody should believe (F56).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ToolCallAssembly } from '../../../src/core/completion/toolCallAssembly.ts';

type Fragment = { index?: unknown; id?: string; name?: string; arguments?: unknown };

function assembled(...fragments: readonly Fragment[]): readonly unknown[] {
  const assembly = new ToolCallAssembly();
  for (const { index, id, ...inner } of fragments)
    assembly.add({ index, id, type: 'function', function: inner });
  return assembly
    .finish('answer')
    .map(({ id, name, arguments: given }) => [id, name, given.valid ? given.value : given.raw]);
}

test('arguments may be cut anywhere, also within an escape or a surrogate pair', () => {
  const text = '{"path":"\\ud83d\\ude80 你好","n":[1,2]}';
  for (let cut = 0; cut <= text.length; cut += 1) {
    const halves = [text.slice(0, cut), text.slice(cut)];
    assert.deepEqual(
      assembled(
        { index: 0, id: 'a', name: 'read' },
        ...halves.map((half) => ({ index: 0, arguments: half })),
      ),
      [['a', 'read', { path: '🚀 你好', n: [1, 2] }]],
    );
  }
});

test('calls are told apart by index, whatever their order, and begin at any', () => {
  assert.deepEqual(
    assembled(
      { index: 2, id: 'b', name: 'two', arguments: '{' },
      { index: 1, id: 'a', arguments: '{"x"' },
      { index: 2, arguments: '}' },
      { index: 1, name: 'late', arguments: ':1}' },
    ),
    [
      ['a', 'late', { x: 1 }],
      ['b', 'two', {}],
    ],
  );
});

test('an empty id later on does not replace the first, and a missing one is made up', () => {
  assert.deepEqual(assembled({ index: 0, id: 'a', name: 'f' }, { index: 0, id: '', arguments: '{}' }), [
    ['a', 'f', {}],
  ]);
  assert.deepEqual(assembled({ index: 0, id: '', name: 'f', arguments: '' }), [['answer-0', 'f', {}]]);
});

test('an index that makes no sense is left out', () => {
  const assembly = new ToolCallAssembly();
  for (const index of [-1, 128, 1e9, 1.5, '0', '__proto__', {}, Number.NaN]) {
    assert.equal(assembly.add({ index, id: 'x', function: { name: 'f', arguments: '{}' } }), false);
  }
  for (const fragment of [null, 'x', [], 7]) assert.equal(assembly.add(fragment), false);
  assert.deepEqual(assembly.finish(undefined), []);
  assert.equal(assembly.add({ index: 127, function: { name: 'f' } }), true);
});

test('whole calls without an index are told apart by their id', () => {
  assert.deepEqual(
    assembled({ id: 'a', name: 'f', arguments: '{"x":1}' }, { id: 'b', name: 'g', arguments: { y: 2 } }),
    [
      ['a', 'f', { x: 1 }],
      ['b', 'g', { y: 2 }],
    ],
  );
  assert.deepEqual(assembled({ id: 'a', name: 'f', arguments: '{' }, { arguments: '}' }), [['a', 'f', {}]]);
});

test('arguments that are no JSON object go back as they are, and nothing is thrown', () => {
  for (const raw of ['{"x":', '[1]', '"text"', 'null', '{"a":1} trailing']) {
    assert.deepEqual(assembled({ index: 0, id: 'a', name: 'f', arguments: raw }), [['a', 'f', raw]]);
  }
});

test('hostile arguments are only data', () => {
  const [call] = assembled({ index: 0, id: 'a', name: 'f', arguments: '{"__proto__":{"polluted":true}}' });
  assert.ok(Array.isArray(call));
  assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  const deep = `{"a":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
  assert.equal(assembled({ index: 0, id: 'a', name: 'f', arguments: deep }).length, 1);
});

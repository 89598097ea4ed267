// Tool calls that arrive in every awkward way: split anywhere, late, interleaved, or under an index that is none.
import type { Exchange } from './exchange.ts';
import type { Scenario } from './scenario.ts';
import type { ToolCall } from './toolCalls.ts';

const plain: ToolCall = { id: 'call_1', name: 'read_file', arguments: '{"path":"src/größe 🚀.ts"}' };
const escaped: ToolCall = {
  id: 'call_1',
  name: 'read_file',
  arguments: String.raw`{"path":"\u4f60\u597d \ud83d\ude80.ts","quote":"\\\""}`,
};
const second: ToolCall = { id: 'call_2', name: 'list_files', arguments: '{"folder":"src"}' };

type Part = Readonly<Record<string, unknown>>;

function head(call: ToolCall, index: unknown, text = ''): Part {
  return { index, id: call.id, type: 'function', function: { name: call.name, arguments: text } };
}

function tail(index: unknown, text: string): Part {
  return { index, function: { arguments: text } };
}

/** Each UTF-16 unit by itself: inside escapes and between the halves of a surrogate pair. */
function units(text: string): readonly string[] {
  return Array.from({ length: text.length }, (_, index) => text.charAt(index));
}

/** Each list of parts is one delta. */
function called(
  name: string,
  title: string,
  toolCalls: readonly ToolCall[],
  deltas: readonly (readonly Part[])[],
): Scenario {
  return {
    name,
    title,
    rows: ['F56'],
    endpoint: 'chat',
    toolCalls,
    run: async (exchange: Exchange) => {
      exchange.openStream();
      for (const parts of deltas) {
        await exchange.delta({ role: 'assistant', content: '', tool_calls: parts });
        await exchange.breathe();
      }
      await exchange.finishStream('tool_calls');
    },
  };
}

function inUnits(call: ToolCall, index: unknown): readonly (readonly Part[])[] {
  return [[head(call, index)], ...units(call.arguments).map((unit) => [tail(index, unit)])];
}

/** A right call, then the same call again under an index that must not be believed. */
function badIndex(name: string, index: unknown): Scenario {
  const intruder = { id: 'call_bad', name: 'delete_everything', arguments: '{}' };
  return called(
    name,
    `A second call under the index ${JSON.stringify(index)}, to be refused`,
    [plain],
    [[head(plain, 0, plain.arguments)], [head(intruder, index, intruder.arguments)]],
  );
}

export const toolCallFaults: readonly Scenario[] = [
  called(
    'tool-split-everywhere',
    'Arguments come one UTF-16 unit at a time, surrogate pairs cut in two',
    [plain],
    inUnits(plain, 0),
  ),
  called(
    'tool-split-escapes',
    'Arguments with \\u escapes, cut inside of them',
    [escaped],
    inUnits(escaped, 0),
  ),
  called(
    'tool-whole',
    'The whole call in one delta, then an empty one',
    [plain],
    [[head(plain, 0, plain.arguments)], [tail(0, '')]],
  ),
  called(
    'tool-late-name',
    'The name comes after the first arguments',
    [plain],
    [
      [{ index: 0, id: plain.id, type: 'function', function: { arguments: plain.arguments.slice(0, 5) } }],
      [{ index: 0, function: { name: plain.name, arguments: plain.arguments.slice(5) } }],
    ],
  ),
  called('tool-index-from-1', 'The first index is 1', [plain], inUnits(plain, 1)),
  called(
    'tool-index-missing',
    'No index at all, one call',
    [plain],
    [[{ id: plain.id, type: 'function', function: { name: plain.name, arguments: plain.arguments } }]],
  ),
  called(
    'tool-empty-id',
    'Later deltas repeat an empty id and an empty name',
    [plain],
    [
      [head(plain, 0)],
      ...units(plain.arguments).map((unit) => [
        { index: 0, id: '', type: 'function', function: { name: '', arguments: unit } },
      ]),
    ],
  ),
  called(
    'tool-interleaved',
    'Two calls by turns',
    [plain, second],
    [
      [head(plain, 0)],
      [head(second, 1)],
      ...units(plain.arguments).map((unit, index) => [
        tail(0, unit),
        tail(1, second.arguments.charAt(index)),
      ]),
    ],
  ),
  called(
    'tool-same-delta',
    'Two whole calls in one delta',
    [plain, second],
    [[head(plain, 0, plain.arguments), head(second, 1, second.arguments)]],
  ),
  badIndex('tool-index-huge', 1e9),
  badIndex('tool-index-negative', -1),
  badIndex('tool-index-proto', '__proto__'),
  badIndex('tool-index-fraction', 0.5),
  called(
    'tool-bad-json',
    'Arguments that are not JSON: an error for the model, never a throw',
    [{ ...plain, arguments: '{"path": src/a.ts' }],
    [[head(plain, 0, '{"path": ')], [tail(0, 'src/a.ts')]],
  ),
  called(
    'tool-proto-arguments',
    'Arguments with the key __proto__',
    [{ ...plain, arguments: '{"__proto__":{"polluted":true},"path":"a"}' }],
    [[head(plain, 0, '{"__proto__":{"polluted":true},"path":"a"}')]],
  ),
  {
    name: 'tool-cut-off',
    title: 'The connection ends in the middle of the arguments',
    rows: ['F56', 'F39'],
    endpoint: 'chat',
    run: async (exchange) => {
      exchange.openStream();
      await exchange.delta({
        role: 'assistant',
        content: '',
        tool_calls: [head(plain, 0, plain.arguments.slice(0, 9))],
      });
      await exchange.cut();
    },
  },
];

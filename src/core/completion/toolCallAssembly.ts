// Puts tool calls together from fragments that a stream may cut anywhere and send in any order.
import type { Delta, ToolArguments } from './delta.ts';
import { isJsonObject, parsedJson } from './jsonObject.ts';

type ToolCallDelta = Extract<Delta, { type: 'tool-call' }>;

interface PartialCall {
  id: string;
  name: string;
  arguments: string;
}

/** More calls in one answer than any model makes; beyond it lies only somebody's mistake (F56). */
const highestIndex = 127;

/** Characters of arguments in one answer. */
const mostArguments = 32 * 1024 * 1024;

/** Has the lifetime of one answer. */
export class ToolCallAssembly {
  readonly #calls = new Map<number, PartialCall>();
  #last: number | undefined;
  #length = 0;

  get size(): number {
    return this.#calls.size;
  }

  /** Takes one element of `tool_calls`; false: it makes no sense and was left out. */
  add(fragment: unknown): boolean {
    if (!isJsonObject(fragment)) return false;
    const id = text(fragment['id']);
    const index = this.#indexOf(fragment['index'], id);
    if (index === undefined) return false;
    const inner = isJsonObject(fragment['function']) ? fragment['function'] : {};
    const piece = argumentsOf(inner['arguments']);
    this.#length += piece.length;
    if (this.#length > mostArguments) return false;
    const call = this.#calls.get(index) ?? { id: '', name: '', arguments: '' };
    // Some repeat id and name with every fragment, some send an empty id later on.
    if (call.id === '') call.id = id;
    if (call.name === '') call.name = text(inner['name']);
    call.arguments += piece;
    this.#calls.set(index, call);
    this.#last = index;
    return true;
  }

  /** The whole calls in the order of their index. Arguments are parsed only here. */
  finish(answerId: string | undefined): readonly ToolCallDelta[] {
    return [...this.#calls]
      .sort(([one], [other]) => one - other)
      .map(([index, call]) => ({
        type: 'tool-call',
        id: call.id === '' ? `${answerId ?? 'call'}-${index}` : call.id,
        name: call.name,
        arguments: parsed(call.arguments),
      }));
  }

  /** Gateways that send whole calls leave the index out: a new id is then a new call. */
  #indexOf(given: unknown, id: string): number | undefined {
    if (given !== undefined && given !== null) {
      return Number.isInteger(given) && Number(given) >= 0 && Number(given) <= highestIndex
        ? Number(given)
        : undefined;
    }
    const last = this.#last;
    if (last !== undefined && (id === '' || this.#calls.get(last)?.id === id)) return last;
    const next = this.size === 0 ? 0 : Math.max(...this.#calls.keys()) + 1;
    return next <= highestIndex ? next : undefined;
  }
}

function parsed(raw: string): ToolArguments {
  // A tool without parameters is often called with nothing at all.
  if (raw.trim() === '') return { valid: true, value: {} };
  const value = parsedJson(raw);
  return isJsonObject(value) ? { valid: true, value } : { valid: false, raw };
}

/** Text as the protocol has it, or the object that some gateways send in its place. */
function argumentsOf(value: unknown): string {
  if (!isJsonObject(value)) return text(value);
  try {
    return JSON.stringify(value);
  } catch {
    // Nested deeper than the writer can follow: invalid arguments, which the model is told.
    return '…';
  }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

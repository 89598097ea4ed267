// Decides which tools a healthy answer calls.
//
// A line `tool: <name> {json arguments}` (or `/tool <name> {json}`) in the last user message calls that tool when it
// was sent in `tools`; several lines call several tools at once. Without arguments they are made up from the schema.
// `tool_choice: "required"` or `{type:"function", function:{name}}` calls the first or that tool anyway.
// After a `tool` message nothing more is called: the answer sums the results up.
import { createHash } from 'node:crypto';
import { isRecord, lastUserText, messagesOf, records } from './conversation.ts';
import type { ChatBody } from './ledger.ts';

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text. */
  readonly arguments: string;
}

export function askedToolCalls(body: ChatBody): readonly ToolCall[] {
  const tools = records(body['tools'])
    .map((tool) => tool['function'])
    .filter(isRecord);
  if (tools.length === 0 || messagesOf(body).at(-1)?.role !== 'user' || body['tool_choice'] === 'none')
    return [];
  const toolNamed = (name: unknown) => tools.find((tool) => tool['name'] === name);
  const asked = [
    ...lastUserText(body).matchAll(/^\s*(?:tool:|\/tool)\s+([\w.-]+)[ \t]*(\{.*\})?[ \t]*$/gm),
  ].flatMap((match) => {
    const tool = toolNamed(match[1]);
    return tool === undefined ? [] : [{ tool, given: match[2] }];
  });
  const forced = forcedTool(body, tools, toolNamed);
  const calls = asked.length === 0 && forced !== undefined ? [{ tool: forced, given: undefined }] : asked;
  return calls.map(({ tool, given }, index) => {
    const text = given ?? JSON.stringify(exampleOf(tool['parameters'], lastUserText(body)));
    return {
      id: callId(`${index} ${String(tool['name'])} ${text}`),
      name: String(tool['name']),
      arguments: text,
    };
  });
}

function forcedTool(
  body: ChatBody,
  tools: readonly Readonly<Record<string, unknown>>[],
  toolNamed: (name: unknown) => Readonly<Record<string, unknown>> | undefined,
): Readonly<Record<string, unknown>> | undefined {
  const choice = body['tool_choice'];
  if (choice === 'required') return tools[0];
  return isRecord(choice) && isRecord(choice['function']) ? toolNamed(choice['function']['name']) : undefined;
}

function callId(text: string): string {
  return `call_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`;
}

/** A value that fits a JSON schema: required properties only. */
function exampleOf(schema: unknown, words: string): unknown {
  if (!isRecord(schema)) return {};
  if (Array.isArray(schema['enum'])) return schema['enum'][0] as unknown;
  switch (schema['type']) {
    case 'string':
      return words.split('\n')[0]?.slice(0, 80) ?? '';
    case 'integer':
    case 'number':
      return typeof schema['minimum'] === 'number' ? schema['minimum'] : 1;
    case 'boolean':
      return true;
    case 'array':
      return [exampleOf(schema['items'], words)];
    case 'null':
      return null;
    default: {
      const properties = isRecord(schema['properties']) ? schema['properties'] : {};
      const required = Array.isArray(schema['required']) ? schema['required'].map(String) : [];
      return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name], words)]));
    }
  }
}

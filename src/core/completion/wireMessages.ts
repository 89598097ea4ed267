// Our messages in the words of the chat-completions wire.
import type { ContentPart, Message, ToolDefinition } from './message.ts';

export type WireMessage = Readonly<Record<string, unknown>>;

/** Turns without any content are left out: some models refuse them, and they tell a model nothing. */
export function wireMessages(messages: readonly Message[]): readonly WireMessage[] {
  return messages.map(wireMessage).filter((message) => message !== undefined);
}

export function wireTools(tools: readonly ToolDefinition[]): readonly WireMessage[] {
  return tools.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, description, parameters: { type: 'object', properties: {}, ...parameters } },
  }));
}

function wireMessage(message: Message): WireMessage | undefined {
  switch (message.role) {
    case 'system':
      // Never `developer`, which the lanes refuse (api-facts 0.7).
      return message.text === '' ? undefined : { role: 'system', content: message.text };
    case 'user':
      return { role: 'user', content: userContent(message.content) };
    case 'assistant':
      return assistantTurn(message);
    case 'tool':
      return { role: 'tool', tool_call_id: message.toolCallId, content: message.text };
  }
}

/** A string wherever that says it all: every endpoint takes strings, and empty parts are refused by some. */
function userContent(parts: readonly ContentPart[]): string | readonly WireMessage[] {
  const filled = parts.filter((part) => part.type === 'image' || part.text !== '');
  if (filled.every((part) => part.type === 'text')) return filled.map((part) => part.text).join('\n\n');
  return filled.map((part) =>
    part.type === 'text'
      ? { type: 'text', text: part.text }
      : { type: 'image_url', image_url: { url: `data:${part.mimeType};base64,${part.base64}` } },
  );
}

function assistantTurn(message: Extract<Message, { role: 'assistant' }>): WireMessage | undefined {
  const calls = message.toolCalls ?? [];
  if (message.text === '' && calls.length === 0) return undefined;
  return {
    role: 'assistant',
    // With tool calls, null is what every model takes for "no text" (api-facts 0.8).
    content: message.text === '' ? null : message.text,
    ...(message.reasoning === undefined || message.reasoning === ''
      ? {}
      : { reasoning_content: message.reasoning }),
    ...(calls.length === 0
      ? {}
      : {
          tool_calls: calls.map((call) => ({
            id: call.id,
            type: 'function',
            function: { name: call.name, arguments: call.arguments },
          })),
        }),
  };
}

// The messages of a completion in our words; requestBody turns them into the wire's.

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON text, as it goes back to the provider. */
  readonly arguments: string;
}

export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image'; readonly mimeType: string; readonly base64: string };

export type Message =
  | { readonly role: 'system'; readonly text: string }
  | { readonly role: 'user'; readonly content: readonly ContentPart[] }
  | {
      readonly role: 'assistant';
      readonly text: string;
      readonly reasoning?: string;
      readonly toolCalls?: readonly ToolCall[];
    }
  | { readonly role: 'tool'; readonly toolCallId: string; readonly text: string };

export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** A JSON schema whose root is an object. */
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Everything in the messages that a person or a tool has written. */
export function textsOf(messages: readonly Message[]): readonly string[] {
  return messages.flatMap((message) =>
    message.role === 'user'
      ? message.content.flatMap((part) => (part.type === 'text' ? [part.text] : []))
      : [message.text],
  );
}

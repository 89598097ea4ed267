// Reads what a chat request holds: its words, its code, its pictures and its size, believing nothing.
import type { ChatBody } from './ledger.ts';

export interface Message {
  readonly role: unknown;
  readonly content: unknown;
  readonly [field: string]: unknown;
}

export interface CodeBlock {
  /** As written after the fence, possibly empty. */
  readonly language: string;
  readonly code: string;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function records(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

export function messagesOf(body: ChatBody): readonly Message[] {
  return records(body['messages']) as readonly Message[];
}

/** The text of a message whose content is a string or a list of parts. */
export function textOf(message: Message | undefined): string {
  if (message === undefined) return '';
  if (typeof message.content === 'string') return message.content;
  return records(message.content)
    .map((part) => (typeof part['text'] === 'string' ? part['text'] : ''))
    .join('\n');
}

export function lastUserText(body: ChatBody): string {
  return textOf(messagesOf(body).findLast((message) => message.role === 'user'));
}

/** The system's and the last user message's words: where a prompt says how it wants to be answered. */
export function instructionText(body: ChatBody): string {
  const system = messagesOf(body).filter((message) => message.role === 'system');
  return [...system.map(textOf), lastUserText(body)].join('\n');
}

/** The last non-empty fenced block of the newest user message that has one. */
export function lastCodeBlock(body: ChatBody): CodeBlock | undefined {
  for (const message of messagesOf(body).toReversed()) {
    const block = message.role === 'user' ? codeBlocks(textOf(message)).at(-1) : undefined;
    if (block !== undefined) return block;
  }
  return undefined;
}

function codeBlocks(text: string): readonly CodeBlock[] {
  return [...text.matchAll(/^([`~]{3,})[ \t]*([^\s`]*)[^\n]*\n([\s\S]*?)\n?^\1[ \t]*$/gm)]
    .map((match) => ({ language: match[2] ?? '', code: match[3] ?? '' }))
    .filter((block) => block.code.trim() !== '');
}

/** The user's own words: the last message without its code blocks. */
export function questionOf(body: ChatBody): string {
  return lastUserText(body)
    .replace(/^([`~]{3,})[^\n]*\n[\s\S]*?^\1[ \t]*$/gm, ' ')
    .replace(/<[^>\n]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** A rough count: four ASCII characters a token, one token for every other character. */
function estimateTokens(text: string): number {
  let ascii = 0;
  let wide = 0;
  for (let index = 0; index < text.length; index += 1) {
    if (text.charCodeAt(index) < 128) ascii += 1;
    else wide += 1;
  }
  return Math.ceil(ascii / 4) + wide;
}

/** Of all messages and tools. Data URIs of pictures count as a picture's flat price, not as text. */
export function promptTokens(body: ChatBody): number {
  const text = JSON.stringify([body['messages'], body['tools']]).replace(
    /data:[\w/+.-]+;base64,[\w+/=]+/g,
    'x'.repeat(4000),
  );
  return estimateTokens(text);
}

// Makes a stranger's text fit to keep and to show: one line, no control characters, no key, clipped.
import { withoutEcho } from './withoutEcho.ts';

/** Characters of a provider's sentence that are kept. */
const sentenceLength = 300;
const wordLength = 120;

/**
 * The first line of what a provider said, without the key and without what it repeats of the request (`sent`);
 * undefined when nothing readable is left.
 */
export function safeSentence(
  text: string,
  key: string | undefined,
  sent: readonly string[],
): string | undefined {
  const first = readable(text, key)
    .split('\n')
    .find((line) => line.trim() !== '');
  if (first === undefined) return undefined;
  return clipped(withoutEcho(first, sent).replace(/\s+/g, ' ').trim(), sentenceLength);
}

/** A short word of a provider's, such as a code, a model or a request id; undefined when there is none. */
export function safeWord(word: string | undefined, key: string | undefined): string | undefined {
  if (word === undefined) return undefined;
  // Nearly all of them; looking for every kind of invisible character takes its time.
  if (word.length <= wordLength && /^[\x21-\x7e]+$/.test(word)) return withoutKey(word, key);
  const safe = readable(word, key).replace(/\s+/g, ' ').trim();
  return safe === '' ? undefined : clipped(safe, wordLength);
}

/** The text with the key taken out, however long it is; for bodies at the trace level. */
export function withoutKey(text: string, key: string | undefined): string {
  // A shorter one is no secret but a word that local servers are given, and words occur in sentences.
  return key === undefined || key.length < 4 ? text : text.replaceAll(key, '‹key›');
}

/** Control characters go first: a key with one of them inside would not be recognised. */
function readable(text: string, key: string | undefined): string {
  const plain = text
    // eslint-disable-next-line no-control-regex -- escape sequences are what is looked for
    .replace(/\u001b\[[0-?]*[ -/]*[@-~]/g, '')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?!\n)[\p{Cc}\p{Cf}]/gu, (character) => (character === '\t' ? ' ' : ''));
  return withoutKey(plain, key);
}

function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  // A surrogate pair is not cut in two.
  return `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}

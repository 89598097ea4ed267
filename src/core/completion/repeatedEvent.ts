// Reads events that differ from an earlier one in a single text without parsing all of them again: most events of an
// answer do, and parsing them is most of what an answer costs.
import type { Delta } from './delta.ts';
import { isJsonObject, parsedJson } from './jsonObject.ts';

export type TextDelta = Extract<Delta, { readonly text: string }>;

const fieldsOf: Readonly<Record<TextDelta['type'], readonly string[]>> = {
  text: ['content'],
  reasoning: ['reasoning_content', 'reasoning'],
};

/** Lessons in a row without any use, after which the provider's events are taken to be all different. */
const mostVainLessons = 4;

/** Has the lifetime of one answer. */
export class RepeatedEvent {
  #before = '';
  #after = '';
  #learned: TextDelta['type'] | undefined;
  #vainLessons = 0;

  /** What an event brings that is otherwise the one that was learned; undefined: it has to be parsed. */
  deltaOf(data: string): TextDelta | undefined {
    const [before, after] = [this.#before, this.#after];
    if (this.#learned === undefined || data.length < before.length + after.length + 2) return undefined;
    // Not startsWith and endsWith, which are several times slower than comparing slices.
    if (data.slice(0, before.length) !== before || data.slice(data.length - after.length) !== after) {
      return undefined;
    }
    // Between two halves of valid JSON one string for another is valid JSON of the same shape, and nothing else is.
    const text = parsedJson(data.slice(before.length, data.length - after.length));
    if (typeof text !== 'string' || text === '') return undefined;
    this.#vainLessons = 0;
    return { type: this.#learned, text };
  }

  /** Learns from an event that brought this one delta and nothing else. */
  learn(data: string, { type, text }: TextDelta): void {
    if (this.#vainLessons >= mostVainLessons) return;
    this.#vainLessons += 1;
    this.#learned = undefined;
    const literal = JSON.stringify(text);
    const at = data.indexOf(literal);
    if (at < 0) return;
    this.#before = data.slice(0, at);
    this.#after = data.slice(at + literal.length);
    if (isWhereTheTextIs(this.#before, this.#after, fieldsOf[type])) this.#learned = type;
  }
}

/** The same words may stand elsewhere in the event: only a probe in their place tells. */
function isWhereTheTextIs(before: string, after: string, fields: readonly string[]): boolean {
  const probe = 'probe \u0000 of a text';
  const payload = parsedJson(before + JSON.stringify(probe) + after);
  const choices = isJsonObject(payload) ? payload['choices'] : undefined;
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  const delta = isJsonObject(choice) ? choice['delta'] : undefined;
  return isJsonObject(delta) && fields.some((field) => delta[field] === probe);
}

// Makes characters visible that would hide or reorder what surrounds them: bidi controls, zero-width and tag characters.

/** A piece of a text: as it is, or a character that is shown by its number instead, such as "U+202E". */
export type TextPiece = string | { readonly codePoint: string };

/** Everything that draws nothing, or changes how its neighbours are drawn. Tab and line feed are ordinary. */
const hidden =
  // eslint-disable-next-line no-control-regex -- control characters are what this looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFE00-\uFE0D\uFEFF\uFFA0\uFFF0-\uFFFB\u{E0000}-\u{E0FFF}]/u;

/**
 * The same characters where they do what they are meant for, and are therefore drawn as they are: joiners between the
 * parts of an emoji or between letters of scripts that need them, and the flags of regions spelt with tag characters.
 */
const meaningful =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D(?=\p{Extended_Pictographic})|(?<=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Sinhala}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Khmer}\p{Mn}])[\u200C\u200D](?=[\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}\p{Script=Tamil}\p{Script=Telugu}\p{Script=Kannada}\p{Script=Sinhala}\p{Script=Gujarati}\p{Script=Gurmukhi}\p{Script=Khmer}])|(?<=\u{1F3F4})[\u{E0061}-\u{E007A}\u{E0030}-\u{E0039}]{3,6}\u{E007F}/u;

const pieces = new RegExp(`(?<meaningful>${meaningful.source})|(?<hidden>${hidden.source})`, 'gu');

/** The text in pieces, or undefined when there is nothing to show: the common case, decided by one quick look. */
export function splitHidden(text: string): readonly TextPiece[] | undefined {
  if (!hidden.test(text)) return undefined;
  const result: TextPiece[] = [];
  let shown = 0;
  for (const match of text.matchAll(pieces)) {
    const character = match.groups?.['hidden'];
    if (character === undefined) continue;
    if (match.index > shown) result.push(text.slice(shown, match.index));
    result.push({ codePoint: codePointName(character) });
    shown = match.index + character.length;
  }
  if (shown < text.length) result.push(text.slice(shown));
  return result;
}

/** For places that hold only text, such as a title or an accessible name. */
export function spellHidden(text: string): string {
  const split = splitHidden(text);
  if (split === undefined) return text;
  return split.map((piece) => (typeof piece === 'string' ? piece : `[${piece.codePoint}]`)).join('');
}

function codePointName(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

// One visible line of a text from elsewhere: no line ends, no control, format or bidirectional characters.

/** Cc and Cf cover escapes, bidirectional overrides, zero-width and tag characters; Zl and Zp are line ends. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu;

export function plainLine(text: string): string {
  return text.replace(unseen, ' ').replace(/ {2,}/g, ' ').trim();
}

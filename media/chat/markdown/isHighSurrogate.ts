// Tells where a cut would tear a character in two.

/** The first half of a character beyond the basic plane; at the end of a text its other half is missing. */
export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

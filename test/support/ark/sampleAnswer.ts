// The answer that faulty streams carry: short, with characters of two, three and four bytes, so that a cut shows.

export const samplePieces: readonly string[] = [
  'Grüße',
  ', 你好',
  ' 🚀',
  ' from',
  ' the',
  ' coding',
  ' lane',
  '.',
];

export const sampleText = samplePieces.join('');

/** What is there after so many deltas. */
export function sampleTextAfter(deltas: number): string {
  return samplePieces.slice(0, deltas).join('');
}

/** How many deltas come before a fault in the middle of a stream, if nobody says otherwise. */
export const usualDeltas = 3;

// Takes out of a provider's sentence what it repeats of the request: prompts and files belong in no error (F64).

/** A run of this many characters in common is no chance any more. */
const shortestRun = 24;

/** A whole text of the user's counts from this length. */
const shortestText = 8;

/** Only the beginning of a sentence is kept in the end. */
const longestSentence = 2_000;

/** `sent` holds what the request was made of: its body as it was sent, and its texts as they were written. */
export function withoutEcho(sentence: string, sent: readonly string[]): string {
  const texts = sent.filter((text) => text.length >= shortestText);
  let kept = withoutRuns(sentence.slice(0, longestSentence), texts);
  for (const text of texts) if (text.length < shortestRun) kept = kept.replaceAll(text, '…');
  // What is cut off may have been needed to recognise the last of it.
  return sentence.length > longestSentence ? kept.slice(0, -shortestRun) : kept;
}

/** Every run has in it at least one of the small pieces into which the sentence is laid out. */
function withoutRuns(sentence: string, texts: readonly string[]): string {
  const step = shortestRun / 2;
  let kept = '';
  let at = 0;
  for (let piece = 0; piece + step <= sentence.length;) {
    const end = endOfRun(sentence, at, piece, step, texts);
    if (end === undefined) {
      piece += step;
      continue;
    }
    kept += `${sentence.slice(at, end.from)}…`;
    at = end.to;
    piece = end.to;
  }
  return kept + sentence.slice(at);
}

function endOfRun(
  sentence: string,
  least: number,
  piece: number,
  step: number,
  texts: readonly string[],
): { readonly from: number; readonly to: number } | undefined {
  for (const text of texts) {
    const found = text.indexOf(sentence.slice(piece, piece + step));
    if (found < 0) continue;
    let before = 0;
    while (piece - before > least && sentence[piece - before - 1] === text[found - before - 1]) before += 1;
    let after = step;
    while (piece + after < sentence.length && sentence[piece + after] === text[found + after]) after += 1;
    if (before + after >= shortestRun) return { from: piece - before, to: piece + after };
  }
  return undefined;
}

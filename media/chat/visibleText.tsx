// Any text that is not ours, with characters shown that would otherwise hide or reorder what surrounds them.
import { splitHidden } from './hiddenCharacters.ts';

export function VisibleText({ text }: { readonly text: string }) {
  const pieces = splitHidden(text);
  if (pieces === undefined) return <>{text}</>;
  return (
    <>
      {pieces.map((piece, index) =>
        typeof piece === 'string' ? (
          piece
        ) : (
          <span key={index} class="hidden-character">
            {piece.codePoint}
          </span>
        ),
      )}
    </>
  );
}

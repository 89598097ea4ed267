// Draws on animation frames, a bounded piece each, and knows when all that has arrived is on the screen.
import type { GrowingDocument } from './markdown/growingDocument.ts';

/** Restored text read per frame, in UTF-16 units: adapts between these to what a frame costs on this machine. */
const smallestPiece = 1_024;
const largestPiece = 16_384;
/** What one document reads at a time, so that no single read is long: some twenty times what a fast model sends. */
const pieceOfDocument = 2_048;
/** Milliseconds of reading after which a frame goes on to layout. */
const readingTime = 6;
/** A frame that took longer than this, layout included, halves the next piece; a shorter one than the second lets it grow. */
const slowFrame = 24;
const quickFrame = 10;
/** Milliseconds that a document whose last read was slow is left alone at most. */
const longestRest = 200;
/** Units of live text that may wait while the host is already told to send more. */
const liveBacklog = 32_768;

export interface DrawingClock {
  readonly now: () => number;
  /** Runs the callback before the next paint, or after a while when nothing is painted. */
  readonly onFrame: (callback: () => void) => void;
  /** Runs the callback when the frame that is being made has been painted. */
  readonly onPainted: (callback: () => void) => void;
}

export interface Drawing {
  readonly grow: (document: GrowingDocument, isLive: boolean) => void;
  /** Asks for a frame although no document has grown. */
  readonly request: () => void;
}

export function createDrawing(clock: DrawingClock, onDrawn: () => void): Drawing {
  const live = new Set<GrowingDocument>();
  const restored = new Set<GrowingDocument>();
  /** Documents whose last read was slow, and when they may be read again. */
  const resting = new WeakMap<GrowingDocument, number>();
  let isRequested = false;
  let piece = largestPiece / 2;

  const request = (): void => {
    if (isRequested) return;
    isRequested = true;
    clock.onFrame(draw);
  };

  const draw = (): void => {
    isRequested = false;
    const started = clock.now();
    for (const document of live) read(document, live, pieceOfDocument);
    let left = piece;
    for (const document of restored) {
      while (restored.has(document) && left > 0 && clock.now() - started < readingTime) {
        const length = read(document, restored, left);
        if (length === 0) break;
        left -= length;
      }
    }
    const isBehind = live.size + restored.size > 0;
    clock.onPainted(() => {
      const took = clock.now() - started;
      if (took > slowFrame) piece = Math.max(smallestPiece, piece / 2);
      else if (took < quickFrame) piece = Math.min(largestPiece, piece * 1.5);
      if (backlog(live) < liveBacklog) onDrawn();
      if (isBehind) request();
    });
  };

  const read = (document: GrowingDocument, queue: Set<GrowingDocument>, left: number): number => {
    const before = document.pendingLength;
    const started = clock.now();
    if (started < (resting.get(document) ?? 0)) return 0;
    if (!document.advance(Math.min(left, pieceOfDocument))) queue.delete(document);
    const took = clock.now() - started;
    if (took > readingTime) resting.set(document, started + Math.min(took * 4, longestRest));
    return Math.max(before - document.pendingLength, 1);
  };

  return {
    grow(document, isLive) {
      if (isLive) {
        restored.delete(document);
        live.add(document);
      } else if (!live.has(document)) restored.add(document);
      request();
    },
    request,
  };
}

function backlog(documents: ReadonlySet<GrowingDocument>): number {
  let length = 0;
  for (const document of documents) length += document.pendingLength;
  return length;
}

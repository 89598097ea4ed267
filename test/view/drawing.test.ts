// Frames do a bounded piece each, what streams comes first, and the host waits for what is far behind.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { createDrawing } from '../../media/chat/drawing.ts';
import { GrowingDocument } from '../../media/chat/markdown/growingDocument.ts';

/** A clock whose frames are made by hand. */
function manualDrawing() {
  const frames: (() => void)[] = [];
  const painted: (() => void)[] = [];
  let now = 0;
  let drawn = 0;
  const drawing = createDrawing(
    {
      now: () => now,
      onFrame: (callback) => frames.push(callback),
      onPainted: (callback) => painted.push(callback),
    },
    () => drawn++,
  );
  const frame = (milliseconds = 5): void => {
    for (const callback of frames.splice(0)) callback();
    now += milliseconds;
    for (const callback of painted.splice(0)) callback();
  };
  return { drawing, frame, frames, drawnCount: () => drawn };
}

function documentOf(length: number): GrowingDocument {
  const document = new GrowingDocument();
  document.append('A line of text.\n\n'.repeat(Math.ceil(length / 17)));
  return document;
}

test('One frame is asked for however much arrives', () => {
  const { drawing, frames } = manualDrawing();
  const document = documentOf(100);
  drawing.grow(document, true);
  drawing.grow(document, true);
  drawing.request();
  assert.equal(frames.length, 1);
});

test('A long text is read over several frames and frames end when it is read', () => {
  const { drawing, frame, frames } = manualDrawing();
  const document = documentOf(100_000);
  drawing.grow(document, false);
  frame();
  assert.ok(document.pendingLength > 50_000);
  let count = 1;
  for (; frames.length > 0; count++) frame();
  assert.equal(document.pendingLength, 0);
  assert.ok(count > 5 && count < 60, String(count));
});

test('Slow frames make the pieces smaller', () => {
  const quick = manualDrawing();
  const slow = manualDrawing();
  const documents = [documentOf(200_000), documentOf(200_000)] as const;
  quick.drawing.grow(documents[0], false);
  slow.drawing.grow(documents[1], false);
  for (let count = 0; count < 6; count++) {
    quick.frame(4);
    slow.frame(100);
  }
  assert.ok(documents[1].pendingLength > documents[0].pendingLength);
});

test('The answer that streams is read on each frame, before what is restored', () => {
  const { drawing, frame } = manualDrawing();
  const restored = documentOf(100_000);
  const live = documentOf(1_000);
  drawing.grow(restored, false);
  drawing.grow(live, true);
  frame();
  assert.equal(live.pendingLength, 0);
});

test('The host is told at once about small pieces, and later when the view is far behind', () => {
  const { drawing, frame, drawnCount } = manualDrawing();
  drawing.grow(documentOf(1_000), true);
  frame();
  assert.equal(drawnCount(), 1);
  drawing.grow(documentOf(100_000), true);
  frame();
  assert.equal(drawnCount(), 1);
  for (let count = 0; count < 40; count++) frame();
  assert.ok(drawnCount() > 1);
});

test('A restored history never keeps the host waiting', () => {
  const { drawing, frame, drawnCount } = manualDrawing();
  drawing.grow(documentOf(1_000_000), false);
  frame();
  assert.equal(drawnCount(), 1);
});

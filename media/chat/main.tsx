// The chat panel's entry: connects the host, the store and the drawing, and shows the panel.
import { effect, signal } from '@preact/signals';
import { render } from 'preact';

import { App } from './app.tsx';
import { createDrawing } from './drawing.ts';
import { createFeed } from './feed.ts';
import { connectHost } from './host.ts';
import type { Panel } from './panel.ts';
import { Store } from './store.ts';
import type { ComposerNote } from './store.ts';

/** Milliseconds after which a frame is made without the browser asking for one, as in a hidden panel. */
const hiddenFrame = 250;

/** Milliseconds after which an announcement is taken away, so that the same one can be made again. */
const announcementTime = 1_500;

function onFrame(callback: () => void): void {
  let isDone = false;
  const once = (): void => {
    if (isDone) return;
    isDone = true;
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    callback();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, hiddenFrame);
}

function start(): void {
  const root = document.getElementById('chat');
  if (!root) throw new Error('The page has no element with the id "chat".');
  const host = connectHost();

  let onComposerNote: ((note: ComposerNote) => void) | undefined;
  const notesBeforeComposer: ComposerNote[] = [];
  const store = new Store({
    onGrowth: (document, isLive) => drawing.grow(document, isLive),
    onComposerNote: (note) => (onComposerNote ? onComposerNote(note) : notesBeforeComposer.push(note)),
  });
  const feed = createFeed(store, host.post);
  const drawing = createDrawing(
    {
      now: () => performance.now(),
      onFrame,
      onPainted: (callback) => setTimeout(callback, 0),
    },
    feed.drawn,
  );
  host.onFact((fact) => {
    feed.take(fact);
    drawing.request();
  });

  const unfolded = signal<ReadonlySet<string>>(new Set(host.recall().unfolded));
  effect(() => host.remember({ unfolded: [...unfolded.value] }));
  const announcement = signal('');
  const panel: Panel = {
    store,
    post: host.post,
    unfolded,
    announcement,
    announce(text) {
      announcement.value = text;
      setTimeout(() => (announcement.value = ''), announcementTime);
    },
    place: {
      read: () => host.recall().place,
      write: (place) => host.remember({ place }),
    },
    onComposerNote(listener) {
      onComposerNote = listener;
      for (const note of notesBeforeComposer.splice(0)) listener(note);
    },
  };
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
    if (store.status.value.busy) host.post({ type: 'turn/stop' });
  });
  render(<App panel={panel} />, root);
  host.post({ type: 'view/ready' });
}

start();

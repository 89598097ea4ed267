// What a suite in the extension host tells the runner outside, one JSON line each.

export type HostEvent =
  | { readonly type: 'started' }
  | { readonly type: 'pass'; readonly title: string; readonly milliseconds: number }
  | { readonly type: 'pending'; readonly title: string }
  | { readonly type: 'fail'; readonly title: string; readonly error: string }
  /** The suite could not be loaded or run at all. */
  | { readonly type: 'broken'; readonly error: string }
  | { readonly type: 'ended' };

/** Reads whole lines only: the last one may be half written. */
export function parseHostEvents(text: string): HostEvent[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as HostEvent);
}

// Reads how long a provider asks to wait; garbage is as good as nothing, so that it neither spins nor freezes.

/** A longer wait than any window of a plan is a mistake of the server. */
const longestMs = 31 * 24 * 3_600_000;

/** All three forms of an HTTP date begin with the name of a day, which keeps numbers out of `Date.parse`. */
const httpDate = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? .*\d/i;

/**
 * Milliseconds from now, from `retry-after-ms`, then `Retry-After` as seconds, then as an HTTP date; undefined when
 * there is none that makes sense. `now` is in epoch milliseconds.
 */
export function retryAfterMs(header: (name: string) => string | undefined, now: number): number | undefined {
  return (
    sensible(digits(header('retry-after-ms'))) ??
    sensible(seconds(header('retry-after'))) ??
    sensible(untilDate(header('retry-after'), header('date'), now))
  );
}

function sensible(milliseconds: number | undefined): number | undefined {
  return milliseconds !== undefined && milliseconds > 0 && milliseconds <= longestMs
    ? Math.ceil(milliseconds)
    : undefined;
}

function digits(text: string | undefined): number | undefined {
  return text !== undefined && /^\s*\d+(?:\.\d+)?\s*$/.test(text) ? Number(text) : undefined;
}

function seconds(text: string | undefined): number | undefined {
  const value = digits(text);
  return value === undefined ? undefined : value * 1000;
}

/** Measured from the server's own date where it gives one: its clock and ours need not agree. */
function untilDate(
  date: string | undefined,
  serverDate: string | undefined,
  now: number,
): number | undefined {
  if (date === undefined || !httpDate.test(date.trim())) return undefined;
  const at = Date.parse(date);
  const serverNow = serverDate === undefined ? Number.NaN : Date.parse(serverDate);
  return Number.isNaN(at) ? undefined : at - (Number.isNaN(serverNow) ? now : serverNow);
}

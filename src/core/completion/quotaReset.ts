// Reads from a refusal which window of the plan is spent and when it opens again; only the sentence says so.

export interface QuotaReset {
  readonly window: '5-hour' | 'weekly' | 'monthly';
  /** Epoch milliseconds; undefined when the sentence names no instant, or one without its offset. */
  readonly resetsAt?: number;
}

/** `… exceeded the weekly usage quota. It will reset at 2026-08-03 23:59:59 +0800 CST …` (api-facts 2.6). */
const spentWindow = /exceeded the (5-hour|weekly|monthly) usage quota/i;
const resetInstant =
  /reset at (\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(?:(Z|UTC|GMT)\b(?![+-])|(?:UTC|GMT)?([+-]\d\d):?(\d\d))/i;

/** undefined: the sentence is about something else. */
export function quotaReset(sentence: string): QuotaReset | undefined {
  const window = spentWindow.exec(sentence)?.[1]?.toLowerCase() as QuotaReset['window'] | undefined;
  if (window === undefined) return undefined;
  const [, day, time, universal, hours, minutes] = resetInstant.exec(sentence) ?? [];
  if (day === undefined || time === undefined) return { window };
  const offset = universal === undefined ? `${hours ?? ''}:${minutes ?? ''}` : 'Z';
  const resetsAt = Date.parse(`${day}T${time}${offset}`);
  return Number.isNaN(resetsAt) ? { window } : { window, resetsAt };
}

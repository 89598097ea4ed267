// The editor's translation as a port: whoever words something is handed it, so that wording needs no editor to be tested.

export interface L10n {
  /** Named blanks in braces; without any the sentence keeps its braces. */
  t(sentence: string, blanks?: Record<string, string | number>): string;
  /** Tag of the display language, for numbers and times. */
  readonly language: string;
}

export function wordedNumber(l10n: L10n, value: number): string {
  return new Intl.NumberFormat(l10n.language).format(value);
}

/** The time of day, with the day where it is another one. Both instants in epoch milliseconds. */
export function wordedTime(l10n: L10n, instant: number, now: number): string {
  const date = new Date(instant);
  const isToday = date.toDateString() === new Date(now).toDateString();
  const day: Intl.DateTimeFormatOptions = isToday ? {} : { weekday: 'short', day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(l10n.language, { ...day, hour: '2-digit', minute: '2-digit' }).format(date);
}

/** `a, b, and c`, as the display language joins them. */
export function wordedList(
  language: string,
  items: readonly string[],
  type: 'conjunction' | 'disjunction' = 'conjunction',
): string {
  return new Intl.ListFormat(language, { type }).format(items);
}

/** Sentences one after the other: what stands between two is the language's affair. */
export function wordedSentences(l10n: Pick<L10n, 't'>, sentences: readonly string[]): string {
  return sentences.reduce((before, next) => l10n.t('{before} {next}', { before, next }));
}

export function wordedSize(l10n: L10n, bytes: number): string {
  const format = new Intl.NumberFormat(l10n.language, { maximumFractionDigits: 1 });
  if (bytes < 1_000) return `${format.format(bytes)} B`;
  return bytes < 1_000_000 ? `${format.format(bytes / 1_000)} KB` : `${format.format(bytes / 1_000_000)} MB`;
}

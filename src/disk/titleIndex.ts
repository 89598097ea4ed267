// The index of a folder of conversations: the title of each, so that a list need not read them all.

/** Throws when the text is no index; whoever reads it makes it anew from the files. */
export function parseTitles(text: string): ReadonlyMap<string, string> {
  const index: unknown = JSON.parse(text);
  if (!isRecord(index) || index['version'] !== 1 || !isRecord(index['titles'])) {
    throw new TypeError('not an index of conversations');
  }
  const titles = new Map<string, string>();
  for (const [id, title] of Object.entries(index['titles'])) {
    if (typeof title === 'string') titles.set(id, title);
  }
  return titles;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

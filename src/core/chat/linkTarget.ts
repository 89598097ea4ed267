// A link of an answer that may be opened: of a harmless kind, and really standing in that answer.

export interface LinkTarget {
  /** Normalised, international host names as punycode. */
  readonly href: string;
  /** It carries much, or hides where it goes: the user sees the whole of it before it is opened (A14). */
  readonly askFirst: boolean;
}

const openableSchemes = ['https:', 'http:', 'mailto:'];

/** A query longer than this can carry a piece of the user's code away. */
const longestQuietQuery = 200;
const longestTarget = 8_000;

/** undefined: not openable, or not of this answer. */
export function linkTarget(answer: string, href: string): LinkTarget | undefined {
  // URL would quietly drop or turn what stands here, so that the user would see something else than is opened.
  // eslint-disable-next-line no-control-regex -- these are what is looked for
  if (href.length > longestTarget || /[\u0000-\u0020\u007f-\u009f\\]/.test(href)) return undefined;
  if (!URL.canParse(href) || !occurs(answer, href)) return undefined;
  const url = new URL(href);
  if (!openableSchemes.includes(url.protocol)) return undefined;
  const carried = url.search.length + url.hash.length;
  return {
    href: url.href,
    askFirst: carried > longestQuietQuery || url.username !== '' || url.password !== '',
  };
}

/** The lexer adds a scheme to `www.` and to addresses, and takes Markdown's escapes out of what it finds. */
function occurs(answer: string, href: string): boolean {
  const written = href.replace(/^(http:\/\/(?=www\.)|mailto:)/i, '');
  return [href, written].some((text) => answer.includes(text) || withoutEscapes(answer).includes(text));
}

function withoutEscapes(markdown: string): string {
  return markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&amp;', '&');
}

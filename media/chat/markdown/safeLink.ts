// Decides which targets become links: the web and mail; everything else stays the text it is.

/** The whole target as it would be opened, hosts in their ASCII form; undefined when it is not to be a link. */
export function safeLink(href: string): string | undefined {
  if (!/^(?:https?:\/\/|mailto:)[^\s\\]+$/i.test(href)) return undefined;
  // eslint-disable-next-line no-control-regex -- control characters are what this refuses
  if (/[\u0000-\u0020\u007f-\u009f]/.test(href)) return undefined;
  try {
    return new URL(href).href;
  } catch {
    return undefined;
  }
}

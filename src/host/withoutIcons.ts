// Text from outside for the labels of lists and the status bar, which would draw an icon for `$(name)`.

/** Names come from settings, servers, files and questions: `$(…)` in one stays text. */
export function withoutIcons(text: string): string {
  return text.replaceAll('$(', '$\u200b(');
}

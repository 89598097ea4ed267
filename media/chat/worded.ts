// Fills the placeholders of a sentence that came from the host.

/** "{0} on {1}" with its values; a placeholder without a value stays as it is. */
export function worded(template: string, ...values: readonly (string | number)[]): string {
  return template.replace(/\{(\d)\}/g, (placeholder, index: string) =>
    String(values[Number(index)] ?? placeholder),
  );
}

/** For words that may or may not have a place for the name: "Remove {0}" and "Remove" both become "Remove a.ts". */
export function wordedWith(template: string, name: string): string {
  return template.includes('{0}') ? worded(template, name) : `${template} ${name}`;
}

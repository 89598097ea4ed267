// Takes out of a text what looks like a credential; a second line of defence after the engine took out the key itself.

/** An authorisation header, a named key in JSON, and the forms of keys that providers of our lanes give out. */
const credentials: readonly RegExp[] = [
  /\b(?:bearer|basic)\s+[\w.~+/=-]{8,}/gi,
  /(?<=["']?(?:authorization|api[-_]?key|x-portkey-api-key|access[-_]?token|secret)["']?\s*[:=]\s*["']?)[^\s"',}]{8,}/gi,
  /\bark-[0-9a-f]{8}-[0-9a-f-]{27,}[\w-]*/gi,
  /\bsk-[\w-]{16,}/g,
];

export function redacted(text: string): string {
  return credentials.reduce((rest, credential) => rest.replace(credential, '‹redacted›'), text);
}

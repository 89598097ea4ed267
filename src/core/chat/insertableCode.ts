// Code of an answer as it may go into a document: no control characters, no line end that would run it somewhere.

/** Everything of C0 and C1 but tab and line feed: escape sequences have no place in code. */
// eslint-disable-next-line no-control-regex -- these are what is looked for
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

export function insertableCode(code: string): string {
  return code.replace(/\r\n?/g, '\n').replace(controls, '').replace(/\n+$/, '');
}

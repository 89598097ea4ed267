// What becomes of the user's text when the host takes it, gives it back or adds to it: nothing typed is ever lost.

/** The field's text after the host put `incoming` there; what was typed meanwhile stays, below it. */
export function textWithFilled(current: string, incoming: string): string {
  if (incoming === '' || current.startsWith(incoming)) return current;
  if (current.trim() === '') return incoming;
  return `${incoming}\n${current}`;
}

/** The field's text when the host has `taken` over; what was typed behind it meanwhile stays, so does any other text. */
export function textWithout(current: string, taken: string): string {
  return current.startsWith(taken) ? current.slice(taken.length).trimStart() : current;
}

/** Whether the turn that was added is the one that was sent from here; the host may trim. */
export function isSameText(sent: string, added: string): boolean {
  return sent.trim() === added.trim();
}

/** The question so many steps back, 0 being the last; undefined where there is none. */
export function recalled(questions: readonly string[], stepsBack: number): string | undefined {
  return stepsBack < 0 ? undefined : questions.at(-1 - stepsBack);
}

// What can be done with a selection: one row a code task. A new one is a row here and its command in package.json.

export interface CodeTask {
  readonly id: CodeTaskId;
  /** What the model is told to do; absent where the user writes the question. In English, which every model follows. */
  readonly instruction?: string;
  /** What the task is given: the selection, or without one the whole file. */
  readonly given: 'selection';
  /** `answer`: sent at once, answered in the chat · `question`: put beside the composer, the user asks. */
  readonly expects: 'answer' | 'question';
}

export type CodeTaskId = 'ask' | 'explain';

export const codeTasks: readonly CodeTask[] = [
  { id: 'ask', given: 'selection', expects: 'question' },
  {
    id: 'explain',
    given: 'selection',
    expects: 'answer',
    instruction:
      'Explain the code above. Begin with one or two sentences on what it is for. Then explain how it works, ' +
      'in the order in which a reader should understand it, naming the identifiers you speak of. ' +
      'End with what is surprising, fragile or wrong in it; leave that part out if there is nothing. ' +
      'Do not repeat the whole code.',
  },
];

/** undefined for a task that this version does not have, as an old conversation may name one. */
export function codeTask(id: string): CodeTask | undefined {
  return codeTasks.find((task) => task.id === id);
}

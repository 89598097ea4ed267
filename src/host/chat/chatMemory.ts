// What a window remembers of its chat over a reload: the draft and which conversation was shown.
import type * as vscode from 'vscode';

const draftKey = 'codingLane.draft';
const conversationKey = 'codingLane.conversation';

/** A pasted book is kept in the composer, not in the editor's own database. */
const longestDraft = 200_000;

export class ChatMemory {
  readonly #state: vscode.Memento;
  readonly #onFailed: (error: unknown) => void;

  constructor(state: vscode.Memento, onFailed: (error: unknown) => void) {
    this.#state = state;
    this.#onFailed = onFailed;
  }

  get draft(): string {
    return this.#text(draftKey) ?? '';
  }

  set draft(text: string) {
    this.#keep(draftKey, text === '' || text.length > longestDraft ? undefined : text);
  }

  /** undefined: a new chat. */
  get conversationId(): string | undefined {
    return this.#text(conversationKey);
  }

  set conversationId(id: string | undefined) {
    this.#keep(conversationKey, id);
  }

  #text(key: string): string | undefined {
    const value = this.#state.get<unknown>(key);
    return typeof value === 'string' ? value : undefined;
  }

  #keep(key: string, value: string | undefined): void {
    if (this.#text(key) === value) return;
    this.#state.update(key, value).then(undefined, this.#onFailed);
  }
}

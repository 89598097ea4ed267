// The port for keeping conversations: one append-only record each. The adapter is in disk; tests keep them in memory.
export interface StoredConversation {
  readonly id: string;
  /** Epoch milliseconds of the last line. */
  readonly changedAt: number;
  /** The first question's start; what a list shows. */
  readonly title: string;
}

export interface ConversationStore {
  /** Adds complete lines of JSON (without line ends) in order; resolves when they are on disk. */
  append(id: string, lines: readonly string[]): Promise<void>;
  /** All complete lines; a torn last line is left out. Throws when there is no such conversation. */
  read(id: string): Promise<readonly string[]>;
  /** Newest first; rebuilt from the files when the index is missing or broken. */
  list(): Promise<readonly StoredConversation[]>;
}

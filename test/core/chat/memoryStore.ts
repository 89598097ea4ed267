// Conversations kept in memory, by the same rules as on disk; writing can be made to wait or to fail.
import type { ConversationStore, StoredConversation } from '../../../src/core/chat/conversationStore.ts';
import { titleOfLine } from '../../../src/core/chat/conversationTitle.ts';

export class MemoryStore implements ConversationStore {
  readonly files = new Map<string, string[]>();
  /** The size in lines of each append, in order. */
  readonly appends: number[] = [];
  failure: Error | undefined;
  /** While set, appends wait for it. */
  gate: Promise<void> | undefined;

  async append(id: string, lines: readonly string[]): Promise<void> {
    await this.gate;
    if (this.failure) throw this.failure;
    this.appends.push(lines.length);
    this.files.set(id, [...(this.files.get(id) ?? []), ...lines]);
  }

  read(id: string): Promise<readonly string[]> {
    const lines = this.files.get(id);
    return lines ? Promise.resolve(lines) : Promise.reject(new Error(`no conversation ${id}`));
  }

  list(): Promise<readonly StoredConversation[]> {
    const conversations = [...this.files].map(([id, lines], index) => ({
      id,
      changedAt: index,
      title: lines.map(titleOfLine).find((title) => title !== undefined) ?? '',
    }));
    return Promise.resolve(conversations.reverse());
  }

  /** The events of a conversation as they were written. */
  events(id: string): readonly Record<string, unknown>[] {
    return (this.files.get(id) ?? []).map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

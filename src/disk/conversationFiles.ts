// Conversations as files of one folder: `<id>.jsonl`, only ever appended to, and an index that can be made anew.
import { mkdir, open, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { ConversationStore, StoredConversation } from '../core/chat/conversationStore.ts';
import { titleOfLine } from '../core/chat/conversationTitle.ts';
import { parseTitles } from './titleIndex.ts';

const extension = '.jsonl';
const indexName = 'index.json';
const lineEnd = 0x0a;

/** Lower case only, for file systems that do not tell cases apart; long enough never to be a device name. */
const idForm = /^[a-z0-9][a-z0-9-]{7,63}$/;

/** Where a title is looked for; a question with its attachments lies well within. */
const titleSearchBytes = 8 * 1024 * 1024;
const readBytes = 64 * 1024;

/** Conversations are the user's own business, also on a machine that is shared. */
const privateFile = 0o600;
const privateFolder = 0o700;

export interface ConversationFilesOptions {
  /** The index could not be read or written: lists take longer, nothing is lost. */
  readonly onIndexProblem: (error: unknown) => void;
}

/**
 * Several windows may share the folder: each append is one write to the end of a file, whole lines, and the index is
 * only a memory of titles. What is appended is on the disk itself (fdatasync) when `append` resolves.
 */
export class ConversationFiles implements ConversationStore {
  readonly #folder: string;
  readonly #onIndexProblem: (error: unknown) => void;
  /** The last append of each conversation that has one under way. */
  readonly #appends = new Map<string, Promise<void>>();

  constructor(folder: string, options: ConversationFilesOptions) {
    this.#folder = folder;
    this.#onIndexProblem = options.onIndexProblem;
  }

  async append(id: string, lines: readonly string[]): Promise<void> {
    const path = this.#pathOf(id);
    const earlier = this.#appends.get(id);
    const mine = (async () => {
      // Its failure was told to its own caller; this one tries anew.
      await earlier?.catch(() => undefined);
      await this.#appendNow(path, lines);
    })();
    this.#appends.set(id, mine);
    try {
      await mine;
    } finally {
      if (this.#appends.get(id) === mine) this.#appends.delete(id);
    }
  }

  async read(id: string): Promise<readonly string[]> {
    const text = await readFile(this.#pathOf(id), 'utf8');
    const lines = text.split('\n');
    // Behind the last line end is nothing, or a line that was never finished.
    lines.pop();
    return lines.filter((line) => line !== '');
  }

  async list(): Promise<readonly StoredConversation[]> {
    const ids = await this.#ids();
    const known = await this.#readIndex();
    const titles = new Map<string, string>();
    const conversations: StoredConversation[] = [];
    for (const id of ids) {
      const changedAt = await this.#changedAt(id);
      if (changedAt === undefined) continue;
      const title = known.get(id) ?? (await this.#findTitle(id));
      if (title === undefined) continue;
      titles.set(id, title);
      conversations.push({ id, changedAt, title });
    }
    const isNew = titles.size !== known.size || [...titles.keys()].some((id) => !known.has(id));
    if (isNew) await this.#writeIndex(titles);
    return conversations.sort((one, other) => other.changedAt - one.changedAt);
  }

  async #appendNow(path: string, lines: readonly string[]): Promise<void> {
    for (const line of lines) {
      if (line.includes('\n')) throw new TypeError('a line of a conversation holds a line end');
    }
    await mkdir(this.#folder, { recursive: true, mode: privateFolder });
    const file = await open(path, 'a+', privateFile);
    try {
      const text = `${lines.join('\n')}\n`;
      const { size } = await file.stat();
      const isTorn = size > 0 && (await byteAt(file, size - 1)) !== lineEnd;
      await appendWhole(file, Buffer.from(isTorn ? `\n${text}` : text), size);
      await file.datasync();
    } finally {
      await file.close();
    }
  }

  #pathOf(id: string): string {
    if (!idForm.test(id))
      throw new TypeError(`not the id of a conversation: ${JSON.stringify(id.slice(0, 80))}`);
    return join(this.#folder, id + extension);
  }

  async #ids(): Promise<readonly string[]> {
    const names = await orUndefined(readdir(this.#folder), 'ENOENT');
    return (names ?? [])
      .filter((name) => name.endsWith(extension))
      .map((name) => name.slice(0, -extension.length))
      .filter((id) => idForm.test(id));
  }

  /** undefined: deleted since the folder was read. */
  async #changedAt(id: string): Promise<number | undefined> {
    return (await orUndefined(stat(this.#pathOf(id)), 'ENOENT'))?.mtimeMs;
  }

  /** undefined: nothing was asked in it. */
  async #findTitle(id: string): Promise<string | undefined> {
    const file = await orUndefined(open(this.#pathOf(id), 'r'), 'ENOENT');
    if (file === undefined) return undefined;
    try {
      let read = 0;
      for await (const line of file.readLines({ encoding: 'utf8', highWaterMark: readBytes })) {
        const title = titleOfLine(line);
        if (title !== undefined) return title;
        read += line.length;
        if (read > titleSearchBytes) return undefined;
      }
      return undefined;
    } finally {
      await file.close();
    }
  }

  async #readIndex(): Promise<ReadonlyMap<string, string>> {
    try {
      const text = await orUndefined(readFile(join(this.#folder, indexName), 'utf8'), 'ENOENT');
      return text === undefined ? new Map() : parseTitles(text);
    } catch (error) {
      this.#onIndexProblem(error);
      return new Map();
    }
  }

  /** Written beside and moved into place, so that no window ever reads half of it. */
  async #writeIndex(titles: ReadonlyMap<string, string>): Promise<void> {
    const path = join(this.#folder, indexName);
    const beside = `${path}.${String(process.pid)}.${String(Date.now())}`;
    try {
      const index = { version: 1, titles: Object.fromEntries(titles) };
      await writeFile(beside, JSON.stringify(index), { mode: privateFile });
      await rename(beside, path);
    } catch (error) {
      await rm(beside, { force: true });
      this.#onIndexProblem(error);
    }
  }
}

/** All or nothing: what was written of it is taken back, unless another window has written behind it since. */
async function appendWhole(file: FileHandle, bytes: Buffer, sizeBefore: number): Promise<void> {
  let written = 0;
  try {
    while (written < bytes.length) {
      written += (await file.write(bytes, written)).bytesWritten;
    }
  } catch (error) {
    if (written > 0 && (await file.stat()).size === sizeBefore + written) await file.truncate(sizeBefore);
    throw error;
  }
}

async function byteAt(file: FileHandle, position: number): Promise<number | undefined> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(1), 0, 1, position);
  return bytesRead === 1 ? buffer[0] : undefined;
}

async function orUndefined<T>(work: Promise<T>, code: string): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === code) return undefined;
    throw error;
  }
}

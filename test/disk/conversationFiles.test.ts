// Conversations on a real disk: appended in order, readable after a crash, shared by windows, honest when it is full.
import assert from 'node:assert/strict';
import {
  appendFile,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { ConversationFiles } from '../../src/disk/conversationFiles.ts';

const id = 'conversation-one';
const created = JSON.stringify({ type: 'conversation/created', version: 1, id, at: 1 });

function asked(text: string): string {
  return JSON.stringify({ type: 'turn/asked', turnId: 't1', question: { text, attachments: [], at: 1 } });
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'conversations-'));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function filesIn(folder: string, problems: unknown[] = []): ConversationFiles {
  return new ConversationFiles(folder, { onIndexProblem: (error) => problems.push(error) });
}

test('what is appended is read again, line by line', () =>
  inFolder(async (folder) => {
    const files = filesIn(join(folder, 'made', 'when needed'));
    await files.append(id, ['{"a":"你好 🚀"}', '{"b":2}']);
    await files.append(id, ['{"c":3}']);
    assert.deepEqual(await files.read(id), ['{"a":"你好 🚀"}', '{"b":2}', '{"c":3}']);
  }));

test('appends that overlap keep their order', () =>
  inFolder(async (folder) => {
    const files = filesIn(folder);
    const lines = Array.from({ length: 50 }, (_, index) => JSON.stringify({ index }));
    await Promise.all(lines.map((line) => files.append(id, [line])));
    assert.deepEqual(await files.read(id), lines);
  }));

test('two windows on one folder lose no line of each other', () =>
  inFolder(async (folder) => {
    const windows = [filesIn(folder), filesIn(folder)];
    await Promise.all(
      windows.flatMap((files, window) =>
        Array.from({ length: 30 }, (_, index) => files.append(id, [JSON.stringify({ window, index })])),
      ),
    );
    const lines = (await filesIn(folder).read(id)).map(
      (line) => JSON.parse(line) as { window: number; index: number },
    );
    assert.equal(lines.length, 60);
    for (const window of [0, 1]) {
      const own = lines.filter((line) => line.window === window).map((line) => line.index);
      assert.deepEqual(
        own,
        [...own].sort((one, other) => one - other),
      );
    }
  }));

test('a torn last line is left out, and what comes next begins a new line', () =>
  inFolder(async (folder) => {
    const files = filesIn(folder);
    await files.append(id, [created]);
    await appendFile(join(folder, `${id}.jsonl`), '{"type":"answer/gr');
    assert.deepEqual(await files.read(id), [created]);
    await files.append(id, [asked('next')]);
    assert.deepEqual(await files.read(id), [created, '{"type":"answer/gr', asked('next')]);
  }));

test('an id that is a path or a trick is refused', () =>
  inFolder(async (folder) => {
    const files = filesIn(folder);
    for (const trick of [
      '../outside',
      'a/b/c/d/e/f',
      'C:\\windows\\x',
      'short',
      '',
      '.hidden-file',
      'x'.repeat(65),
    ]) {
      await assert.rejects(files.append(trick, [created]), TypeError, trick);
      await assert.rejects(files.read(trick), TypeError, trick);
    }
    assert.deepEqual(await readdir(folder), []);
  }));

test('a line that holds a line end is refused: it would be two', () =>
  inFolder(async (folder) => {
    await assert.rejects(filesIn(folder).append(id, ['{"a":\n1}']), TypeError);
  }));

test('the list is newest first with the first question as title', () =>
  inFolder(async (folder) => {
    const files = filesIn(folder);
    await files.append('conversation-old', [created, asked('The old one')]);
    await files.append('conversation-new', [created, asked('The new one\nwith a second line')]);
    await files.append('conversation-bare', [created]);
    await utimes(join(folder, 'conversation-old.jsonl'), new Date(1_000), new Date(1_000));
    await utimes(join(folder, 'conversation-new.jsonl'), new Date(2_000), new Date(2_000));
    assert.deepEqual(await files.list(), [
      { id: 'conversation-new', changedAt: 2_000, title: 'The new one with a second line' },
      { id: 'conversation-old', changedAt: 1_000, title: 'The old one' },
    ]);
  }));

test('a lost or broken index is made anew from the files', () =>
  inFolder(async (folder) => {
    const problems: unknown[] = [];
    const files = filesIn(folder, problems);
    await files.append(id, [created, asked('Question')]);
    const first = await files.list();
    const index = await readFile(join(folder, 'index.json'), 'utf8');
    for (const broken of ['', '{"version":1', '[]', '{"version":9,"titles":{}}']) {
      await writeFile(join(folder, 'index.json'), broken);
      assert.deepEqual(await files.list(), first);
      assert.equal(await readFile(join(folder, 'index.json'), 'utf8'), index);
    }
    assert.equal(problems.length, 4);
    await rm(join(folder, 'index.json'));
    assert.deepEqual(await files.list(), first);
  }));

test('a deleted conversation leaves the list, and the folder may be gone altogether', () =>
  inFolder(async (folder) => {
    const files = filesIn(folder);
    await files.append(id, [created, asked('Question')]);
    await files.list();
    await rm(join(folder, `${id}.jsonl`));
    assert.deepEqual(await files.list(), []);
    assert.deepEqual(await filesIn(join(folder, 'never made')).list(), []);
  }));

test('files that are not conversations are left alone', () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'notes.txt'), 'mine');
    await writeFile(join(folder, 'UPPER-CASE.jsonl'), `${asked('not ours')}\n`);
    await writeFile(join(folder, 'not-json-at-all.jsonl'), 'hello\nworld\n');
    assert.deepEqual(await filesIn(folder).list(), []);
  }));

test('others on the machine cannot read a conversation', { skip: process.platform === 'win32' }, () =>
  inFolder(async (folder) => {
    await filesIn(folder).append(id, [created]);
    assert.equal((await stat(join(folder, `${id}.jsonl`))).mode & 0o077, 0);
  }),
);

test('a full disk is told to whoever appends', { skip: process.platform !== 'linux' }, () =>
  inFolder(async (folder) => {
    await symlink('/dev/full', join(folder, `${id}.jsonl`));
    const files = filesIn(folder);
    await assert.rejects(files.append(id, [created]), { code: 'ENOSPC' });
    await rm(join(folder, `${id}.jsonl`));
    await files.append(id, [created]);
    assert.deepEqual(await files.read(id), [created]);
  }),
);

test('a folder that cannot be made is told too', () =>
  inFolder(async (folder) => {
    await writeFile(join(folder, 'a file'), '');
    await assert.rejects(filesIn(join(folder, 'a file', 'below')).append(id, [created]), Error);
  }));

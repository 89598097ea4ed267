// `npm start`: the extension in a real editor, on the simulated ModelArk or, with a key in the environment, the real one.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { simulatedKey } from '../ark/keys.ts';
import { entryText } from '../ark/ledger.ts';
import { startArk } from '../ark/startArk.ts';
import { installEditor } from '../editor/installEditor.ts';
import { closeOnSignal } from '../editor/ownedProcesses.ts';
import { removeFolder, repository, temporaryFolder } from '../editor/places.ts';
import { startEditor } from '../editor/startEditor.ts';
import { buildExtension, packageVsix } from './packageVsix.ts';
import { progressPrinter } from './terminal.ts';

const usage = `npm start [-- options]
  --port <number>   where the editor listens (default: any free port)
  --floor           the oldest supported VS Code instead of the newest
  --no-key          start without any key, as a new user
  --pace <ms>       milliseconds between two pieces of a simulated answer (default 25)

With BYTEPLUS_API_KEY in the environment the real coding lane is used, else a simulated ModelArk on this machine.`;

/** Like a real model: quick, but seen to stream. */
const defaultPace = 25;

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    floor: { type: 'boolean', default: false },
    'no-key': { type: 'boolean', default: false },
    pace: { type: 'string', default: String(defaultPace) },
    help: { type: 'boolean', default: false },
  },
});

if (values.help) {
  console.log(usage);
} else {
  await start();
}

async function start(): Promise<void> {
  const port = wholeNumber('--port', values.port ?? '0');
  const pace = wholeNumber('--pace', values.pace);
  const version = values.floor ? 'floor' : 'newest';
  const realKey = values['no-key'] ? undefined : process.env['BYTEPLUS_API_KEY'];

  console.log('Building and packaging the extension …');
  await buildExtension();
  const vsix = await packageVsix();

  const progress = progressPrinter();
  const { vscode } = await installEditor(version, progress.onProgress);
  progress.end();

  const ark = realKey
    ? undefined
    : await startArk({ pace, onFinished: (entry) => console.log(`  ${entryText(entry)}`) });
  const temporary = temporaryFolder('start');
  const workspace = join(temporary, 'sample');
  await cp(join(repository, 'test', 'fixtures', 'sample'), workspace, { recursive: true });

  console.log(`Starting VS Code ${vscode} …`);
  const editor = await startEditor({
    version,
    mode: 'user',
    workspace,
    vsix,
    trust: true,
    hasGallery: true,
    port,
    settings: ark
      ? { 'codingLane.coding.baseUrl': ark.codingBaseUrl, 'codingLane.general.baseUrl': ark.generalBaseUrl }
      : {},
    env: { BYTEPLUS_API_KEY: keyForEditor(realKey) },
  });

  let isClosing = false;
  const close = async (): Promise<void> => {
    isClosing = true;
    await editor.close();
    await ark?.close();
    await removeFolder(temporary);
  };
  closeOnSignal(close);

  console.log(
    [
      '',
      realKey
        ? 'The REAL coding lane, with the key from BYTEPLUS_API_KEY: requests count against your plan.'
        : `A simulated ModelArk on ${ark?.origin ?? ''}${values['no-key'] ? `; its key is ${simulatedKey}` : ', with its key set'}. Its requests are listed below.`,
      '',
      `  Open  ${editor.url}`,
      '',
      'The chat is in the secondary side bar (Coding Lane: Open Chat). Ctrl+C ends everything.',
      '',
    ].join('\n'),
  );

  await editor.exited;
  if (isClosing) return;
  await close();
  throw new Error(`The editor has ended by itself:\n${editor.tail()}`);
}

/** undefined takes the variable out of the editor's environment. */
function keyForEditor(realKey: string | undefined): string | undefined {
  if (values['no-key']) return undefined;
  return realKey ?? simulatedKey;
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new Error(`${option} takes a whole number, not "${text}".\n${usage}`);
  return Number(text);
}

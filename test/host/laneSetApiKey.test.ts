// Set API Key, Clear API Key and Refresh Models: what a person is asked, and what they are told.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { completionError } from '../../src/core/completion/completionError.ts';
import { clearApiKey } from '../../src/host/lane/clearApiKey.ts';
import { refreshModels } from '../../src/host/lane/refreshModels.ts';
import { setApiKey, type SetApiKeyPorts } from '../../src/host/lane/setApiKey.ts';
import { laneRoom, type LaneRoomOptions, someKey } from '../support/lane/laneRoom.ts';

interface Answers {
  /** One after the other; undefined closes the box. */
  readonly entered?: readonly (string | undefined)[];
  /** The button to press, by its label. */
  readonly buttons?: readonly string[];
  readonly lane?: string;
}

function desk(options: LaneRoomOptions, answers: Answers = {}) {
  const room = laneRoom(options);
  const said: string[] = [];
  const boxes: vscode.InputBoxOptions[] = [];
  const entered = [...(answers.entered ?? [])];
  const say = async (sentence: string, ...buttons: readonly string[]) => {
    said.push(sentence);
    return buttons.find((button) => answers.buttons?.includes(button));
  };
  const window = {
    showInputBox: async (box: vscode.InputBoxOptions) => {
      boxes.push(box);
      return entered.shift();
    },
    showQuickPick: async (items: readonly { readonly lane: { readonly id: string } }[]) =>
      items.find(({ lane }) => lane.id === answers.lane),
    showInformationMessage: say,
    showWarningMessage: say,
    showErrorMessage: say,
    withProgress: async (_options: unknown, task: (...parts: unknown[]) => Promise<unknown>) =>
      await task({ report: () => undefined }, new vscode.CancellationTokenSource().token),
  } as unknown as SetApiKeyPorts['window'];
  const ports = { ...room, window, describe: (error: { reason: string }) => `sentence for ${error.reason}` };
  return { ...room, ports, said, boxes };
}

suite('API key commands', () => {
  test('a key that the lane accepts is stored, trimmed, and nothing shows it', async () => {
    const room = desk({}, { entered: [`  "Bearer ${someKey}"\n`], lane: 'coding' });
    assert.equal(await setApiKey(room.ports), true);
    assert.deepEqual([...room.secrets.stored.values()], [someKey]);
    assert.deepEqual(room.said, ['BytePlus Coding accepted the key.']);
    assert.deepEqual(
      room.asked.map(({ key, purpose }) => [key, purpose]),
      [[someKey, 'check key']],
    );
    assert.equal(room.boxes[0]?.password, true);
    assert.equal(room.boxes[0]?.value, undefined);
    assert.match(room.boxes[0]?.prompt ?? '', /https:\/\/ark\.ap-southeast\.bytepluses\.com only/);
  });

  test('the shape is judged while typing', async () => {
    const room = desk({}, { entered: [undefined] });
    assert.equal(await setApiKey(room.ports, 'coding'), false);
    const validate = (text: string) => room.boxes[0]?.validateInput?.(text);
    assert.equal(validate(someKey), undefined);
    assert.equal(validate(''), undefined);
    assert.deepEqual(validate(`${someKey} ${someKey}`), {
      message: 'There is a space inside the key.',
      severity: vscode.InputBoxValidationSeverity.Error,
    });
    assert.deepEqual(validate('sk-something-of-somebody-else'), {
      message: 'This looks like the key of another product. Press Enter to check it anyway.',
      severity: vscode.InputBoxValidationSeverity.Warning,
    });
    assert.deepEqual(validate(` Bearer ${someKey}`), {
      message: 'Removed before storing: spaces and “Bearer”.',
      severity: vscode.InputBoxValidationSeverity.Info,
    });
    assert.equal(room.asked.length, 0);
  });

  test('a refused key is not stored; another one can be entered', async () => {
    const other = someKey.replace('cafe', 'beef');
    const room = desk({}, { entered: [other, someKey], buttons: ['Enter Another Key'] });
    room.server.answer = (_lane, key) =>
      key === someKey
        ? { data: ['a'] }
        : Promise.reject(completionError('auth', 'key-refused', { status: 401 }));
    assert.equal(await setApiKey(room.ports, 'coding'), true);
    assert.deepEqual([...room.secrets.stored.values()], [someKey]);
    assert.deepEqual(room.said, [
      'BytePlus Coding refused this key (401). It was not stored.',
      'BytePlus Coding accepted the key.',
    ]);
  });

  test('a refused key can be kept all the same, or left', async () => {
    const refuse = () => Promise.reject(completionError('auth', 'key-refused', { status: 401 }));
    const kept = desk({}, { entered: [someKey], buttons: ['Keep It Anyway'] });
    kept.server.answer = refuse;
    assert.equal(await setApiKey(kept.ports, 'coding'), true);
    assert.deepEqual([...kept.secrets.stored.values()], [someKey]);
    const left = desk({}, { entered: [someKey] });
    left.server.answer = refuse;
    assert.equal(await setApiKey(left.ports, 'coding'), false);
    assert.equal(left.secrets.stored.size, 0);
  });

  test('a key that could not be checked is kept, and the reason is said', async () => {
    const room = desk({}, { entered: [someKey] });
    room.server.answer = () => Promise.reject(completionError('overloaded', 'busy', { status: 503 }));
    assert.equal(await setApiKey(room.ports, 'coding'), true);
    assert.deepEqual(room.said, [
      'The key for BytePlus Coding could not be checked: 503. It is used anyway.',
    ]);
  });

  test('a storage that does not keep it is said', async () => {
    const room = desk({}, { entered: [someKey] });
    room.secrets.health = 'forgets';
    await setApiKey(room.ports, 'coding');
    assert.match(room.said[0] ?? '', /^BytePlus Coding accepted the key\. .*until this window closes/);
  });

  test('on a lane that bills per token even the check waits for the confirmation', async () => {
    const room = desk({}, { entered: [someKey] });
    room.person.agrees = async () => false;
    await setApiKey(room.ports, 'general');
    assert.deepEqual(room.asked, []);
    assert.deepEqual(room.said, ['The key for BytePlus General was not checked. It is used anyway.']);
  });

  test('a lane whose address is refused takes no key', async () => {
    const room = desk({ values: { codingBaseUrl: 'http://evil.example' } }, { entered: [someKey] });
    assert.equal(await setApiKey(room.ports, 'coding'), false);
    assert.deepEqual(room.said, ['sentence for address-invalid']);
    assert.deepEqual(room.boxes, []);
  });

  test('clearing forgets the key, and says what is used instead', async () => {
    const room = desk({ environment: { ARK_API_KEY: someKey } });
    await clearApiKey(room.ports);
    assert.deepEqual(room.said, ['No lane has a stored key.']);
    await room.keys.store(room.lanes.active.lane, someKey);
    await clearApiKey(room.ports);
    assert.equal(room.secrets.stored.size, 0);
    assert.equal(
      room.said[1],
      'Cleared the stored key of BytePlus Coding. The environment variable ARK_API_KEY is used now.',
    );
  });

  test('refreshing asks each lane that may be asked, and tells each outcome', async () => {
    const room = desk({ environment: { BYTEPLUS_API_KEY: someKey } });
    await refreshModels(room.ports);
    assert.deepEqual(
      room.asked.map(({ lane, purpose }) => [lane, purpose]),
      [['coding', 'refresh models']],
    );
    assert.deepEqual(room.said, ['BytePlus Coding lists 1 chat model.']);
    room.server.answer = () => Promise.reject(completionError('auth', 'key-refused', { status: 401 }));
    await refreshModels(room.ports);
    assert.equal(room.said[1], 'The model list of BytePlus Coding was not refreshed: the key was refused.');
    const keyless = desk({});
    await refreshModels(keyless.ports);
    assert.match(keyless.said[0] ?? '', /^No model list was requested/);
  });

  test('who cancels refreshing is told nothing', async () => {
    const room = desk({ environment: { BYTEPLUS_API_KEY: someKey } });
    const cancel = new vscode.CancellationTokenSource();
    room.server.answer = async () => {
      cancel.cancel();
      return { data: ['a'] };
    };
    const withProgress = async (_options: unknown, task: (...parts: unknown[]) => Promise<unknown>) =>
      await task({ report: () => undefined }, cancel.token);
    const window = { ...room.ports.window, withProgress } as unknown as SetApiKeyPorts['window'];
    await refreshModels({ ...room.ports, window });
    assert.equal(room.asked.length, 1);
    assert.deepEqual(room.said, []);
  });
});

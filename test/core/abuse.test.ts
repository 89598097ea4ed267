// Abuse cases that can be seen in the house itself: what it declares, what it never calls, what its protocol cannot say.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { longestAnswer } from '../../src/core/chat/answerRun.ts';
import { endpointUrl } from '../../src/core/lane/guard.ts';
import { codingAddress } from '../../src/core/lane/builtInAddresses.ts';
import { readLanes } from '../../src/core/lane/laneSettings.ts';
import { parseIntent } from '../../src/core/protocol/intents.ts';
import { root, sourceFiles } from '../support/sourceFiles.ts';
import { SessionBench, turnOver } from './chat/sessionBench.ts';
import { laneValues } from './lane/laneValues.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface LockedPackage {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
}

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly contributes: Readonly<Record<string, unknown>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

const manifest = JSON.parse(read('package.json')) as Manifest;
const lock = JSON.parse(read('package-lock.json')) as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const locked = Object.entries(lock.packages).filter(([path]) => path !== '');

/** Names that a file calls or assigns to, as written: `process.env.X`, `vscode.window.createTerminal`. */
function expressionsOf(file: ts.SourceFile): readonly { name: string; isWritten: boolean }[] {
  const found: { name: string; isWritten: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) found.push({ name: node.expression.getText(file), isWritten: false });
    if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.EqualsToken) {
      found.push({ name: node.left.getText(file), isWritten: true });
    }
    if (ts.isDeleteExpression(node)) found.push({ name: node.expression.getText(file), isWritten: true });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

const sources = sourceFiles('src');
const calls = sources.flatMap(({ path, syntax }) =>
  expressionsOf(syntax).map((expression) => ({ path, ...expression })),
);

test('A06 of the environment only the two key variables are ever read', () => {
  const readers = sources.filter(({ text }) => /process\s*\.\s*env|process\[/.test(text));
  assert.deepEqual(
    readers.map(({ path }) => path),
    ['src/extension.ts'],
  );
  assert.equal([...(readers[0]?.text ?? '').matchAll(/process\.env/g)].length, 1);
  const variables = new Set(readLanes(laneValues).lanes.flatMap(({ lane }) => lane.envKeys));
  assert.deepEqual([...variables].toSorted(), ['ARK_API_KEY', 'BYTEPLUS_API_KEY']);
  const mentioned = sources.filter(({ text }) => /[A-Z]_BASE_URL\b|\b(?:HTTPS?|ALL)_PROXY\b/i.test(text));
  assert.deepEqual(
    mentioned.map(({ path }) => path),
    [],
  );
});

test('A17 keys of the prototype and odd shapes are no message, and change nothing', () => {
  for (const text of [
    '{"__proto__":{"type":"turn/stop"}}',
    '{"type":"turn/send","text":"x","__proto__":{"admin":true}}',
    '{"type":"turn/send","text":"x","constructor":{"prototype":{"admin":true}}}',
    '{"type":["turn/stop"]}',
    '{"type":"hasOwnProperty"}',
  ]) {
    assert.equal(parseIntent(JSON.parse(text)), undefined, text);
  }
  assert.equal(({} as Record<string, unknown>)['admin'], undefined);
});

/** Names of all fields of all `z.strictObject({ … })` in a file. */
function fieldsOfSchemas(path: string): ReadonlySet<string> {
  const file = ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true);
  const fields = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /Object$/i.test(node.expression.getText(file))) {
      assert.equal(
        node.expression.getText(file),
        'z.strictObject',
        'a loose object would let anything through',
      );
      const [shape] = node.arguments;
      assert.ok(shape && ts.isObjectLiteralExpression(shape));
      for (const property of shape.properties) fields.add(property.name?.getText(file) ?? '...');
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return fields;
}

test('A18 no message of the view can carry a command, a path, or text to write', () => {
  const fields = fieldsOfSchemas('src/core/protocol/intents.ts');
  // What is typed, what is named, what is counted; `href` is opened only where the answer itself holds it.
  assert.deepEqual([...fields].toSorted(), [
    'block',
    'href',
    'id',
    'length',
    'remedy',
    'sequence',
    'text',
    'turnId',
    'type',
  ]);
  for (const extra of ['command', 'path', 'uri', 'code', 'content', 'url', 'file', 'language']) {
    for (const intent of [
      { type: 'turn/stop' },
      { type: 'code/insert', turnId: 't', block: 0, length: 1 },
      { type: 'code/copy', turnId: 't', block: 0, length: 1 },
      { type: 'attachment/pick' },
      { type: 'remedy/take', turnId: 't', remedy: 'retry' },
    ]) {
      assert.ok(parseIntent(intent), `${intent.type} itself passes`);
      assert.equal(parseIntent({ ...intent, [extra]: 'x' }), undefined, `${intent.type} with ${extra}`);
    }
  }
});

test('A19 nothing outside the window can reach in: no address of ours is handled, no other door is declared', () => {
  assert.deepEqual(
    calls.filter(({ name }) => /registerUriHandler|registerAuthenticationProvider|createServer/.test(name)),
    [],
  );
  for (const event of manifest.activationEvents) {
    assert.match(event, /^(?:onStartupFinished|onWebviewPanel:codingLane\.\w+)$/);
  }
  assert.deepEqual(
    Object.keys(manifest.contributes).filter((key) => /uri|authentication|terminal|task|debug/i.test(key)),
    [],
  );
  // `activate` gives other extensions nothing to call.
  assert.match(
    read('src/extension.ts'),
    /export (?:async )?function activate\([^)]*\): (?:Promise<void>|void)/,
  );
});

test('A33 the environment is never written, and no process or terminal is ever started', () => {
  assert.deepEqual(
    calls.filter(({ name, isWritten }) => isWritten && /\benv\b/.test(name)),
    [],
  );
  assert.deepEqual(
    calls.filter(({ name }) =>
      /createTerminal|environmentVariableCollection|executeTask|sendText/.test(name),
    ),
    [],
  );
  const imports = sources.flatMap(({ imports }) => imports.map(({ specifier }) => specifier));
  assert.equal(
    imports.some((name) => /child_process|worker_threads|cluster/.test(name)),
    false,
  );
  assert.deepEqual(
    calls.filter(({ name }) => /getConfiguration.*\.update$|\bconfiguration\.update$/.test(name)),
    [],
    'settings are never written',
  );
});

test('A37 an answer without end is cut at its cap, keeps its text, and asks whether to go on', async () => {
  const bench = new SessionBench();
  const stream = await bench.ask('question');
  const piece = 'x'.repeat(250_000);
  for (let sent = 0; sent <= longestAnswer; sent += piece.length) stream.text(piece);
  await turnOver();
  assert.ok(longestAnswer <= 2_000_000);
  assert.equal(stream.isClosed, true);
  assert.equal(bench.answer.state, 'interrupted');
  assert.ok(bench.answer.text.length >= longestAnswer);
  assert.equal(bench.session.continue(bench.turn.id), 'asked');
});

const hostileModels = [
  'general/glm-5.2',
  'https://evil.example/v1',
  '//evil.example/v1',
  '../../api/v3/chat/completions',
  '@evil.example',
  'glm-5.2?baseUrl=https://evil.example',
  '#',
  'glm-5.2\r\nHost: evil.example',
  '__proto__',
];

test('A39 no model id, from the settings or from a server’s list, chooses where a lane leads', () => {
  for (const model of hostileModels) {
    const { lanes } = readLanes({
      ...laneValues,
      codingModel: model,
      codingPreferredModels: [model],
      generalModel: model,
      generalPreferredModels: [model],
    });
    const urls = lanes.map(({ lane }) => endpointUrl(lane, 'chat/completions'));
    const standard = readLanes(laneValues).lanes.map(({ lane }) => endpointUrl(lane, 'chat/completions'));
    assert.deepEqual(urls, standard, model);
    assert.equal(urls[0], `${codingAddress}/chat/completions`);
  }
});

/** Why each of them may have one: `.npmrc` keeps it from running, and everything works without. */
const installScripts: Readonly<Record<string, string>> = {
  'node_modules/esbuild': 'only checks that the platform’s binary package is there',
  'node_modules/@vscode/vsce-sign':
    'only unpacks the tool that signs for the marketplace; packing needs none',
};

test('A40 no dependency needs to run anything when it is installed', () => {
  assert.deepEqual(
    locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => path)
      .toSorted(),
    Object.keys(installScripts).toSorted(),
  );
  assert.match(read('.npmrc'), /^ignore-scripts=true$/m);
  const own = Object.keys(manifest.scripts).filter((name) =>
    /^(?:pre|post)|^(?:install|prepare|prepublish|dependencies)$/.test(name),
  );
  assert.deepEqual(own, [], 'our own installation runs nothing either');
});

test('A40 the lock file pins every byte, and the manifest every version', () => {
  assert.equal(lock.lockfileVersion, 3);
  assert.ok(locked.length > 100);
  for (const [path, { integrity, resolved, version }] of locked) {
    assert.match(integrity ?? '', /^sha512-[A-Za-z0-9+/]{86}==$/, path);
    assert.match(version, /^\d+\.\d+\.\d+/, path);
    // An address in the lock file would decide from where it is fetched.
    assert.equal(resolved, undefined, path);
  }
  for (const [name, range] of Object.entries({
    ...manifest.devDependencies,
    ...manifest.optionalDependencies,
  })) {
    assert.match(range, /^\d+\.\d+\.\d+$/, `${name} is pinned`);
    assert.equal(lock.packages[`node_modules/${name}`]?.version, range, `${name} is locked as it is pinned`);
  }
});

test('A40 packaging starts from nothing and names each thing that goes in', () => {
  const rules = read('.vscodeignore')
    .split(/\r?\n/)
    .filter((line) => line !== '' && !line.startsWith('#'));
  assert.equal(rules[0], '**');
  const allowed = rules.slice(1);
  assert.ok(allowed.length > 5);
  for (const rule of allowed) {
    assert.match(rule, /^![A-Za-z]/, rule);
    assert.doesNotMatch(rule, /\*\*|node_modules|\.env|\.map|^!(?:src|test|out|dist\/\*)/, rule);
  }
});

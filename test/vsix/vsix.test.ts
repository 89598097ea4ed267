// What a user installs: only the files that belong there, within their budgets, with no secret and no trace of a machine.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { before, suite, test } from 'node:test';

import { outputs, packagedVsix, repository } from '../support/editor/places.ts';
import { buildExtension, packageVsix } from '../support/run/packageVsix.ts';
import { readZip } from './readZip.ts';
import { secretPatterns } from './secretPatterns.ts';

const kilobyte = 1024;

/** vsce renames the texts: `README.md` becomes `readme.md`, `LICENSE` becomes `LICENSE.txt`. */
const required = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/package.json',
  'extension/package.nls.json',
  'extension/package.nls.zh-cn.json',
  'extension/l10n/bundle.l10n.json',
  'extension/l10n/bundle.l10n.zh-cn.json',
  'extension/readme.md',
  'extension/changelog.md',
  'extension/LICENSE.txt',
  'extension/NOTICE',
  'extension/media/icon.png',
  'extension/dist/extension.cjs',
  'extension/dist/undiciTransport.cjs',
  'extension/dist/codeBlocks.cjs',
  'extension/dist/chat.js',
  'extension/dist/chat.css',
];
const allowed = [/^extension\/media\/[a-zA-Z-]+\.svg$/];

const binary = /\.png$/;

interface BuildRecord {
  readonly outputs: Readonly<Record<string, { readonly inputs: Readonly<Record<string, unknown>> }>>;
}

let size = 0;
let files: ReadonlyMap<string, Buffer> = new Map();
let build: BuildRecord = { outputs: {} };

before(async () => {
  const given = process.env['CODING_LANE_TEST_VSIX'];
  if (!given || !existsSync(given)) {
    await buildExtension();
    await packageVsix();
  }
  const zip = readFileSync(given ?? packagedVsix());
  size = zip.length;
  files = readZip(zip);
  build = JSON.parse(readFileSync(join(outputs, 'meta.json'), 'utf8')) as BuildRecord;
});

function textFiles(): readonly (readonly [string, string])[] {
  return [...files]
    .filter(([path]) => !binary.test(path))
    .map(([path, content]) => [path, content.toString('utf8')]);
}

function sizeOf(path: string): number {
  const content = files.get(path);
  assert.ok(content, `${path} is missing`);
  return content.length;
}

function packagesIn(output: string): Set<string> {
  const inputs = Object.keys(build.outputs[output]?.inputs ?? {});
  assert.notEqual(inputs.length, 0, `the build recorded nothing about ${output}`);
  return new Set(
    inputs.flatMap((path) => /(?:^|\/)node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
}

suite('the VSIX', () => {
  test('holds what is needed and nothing else', () => {
    const paths = [...files.keys()];
    assert.deepEqual(
      required.filter((path) => !paths.includes(path)),
      [],
      'missing',
    );
    assert.deepEqual(
      paths.filter((path) => !required.includes(path) && !allowed.some((pattern) => pattern.test(path))),
      [],
      'not allowed',
    );
  });

  test('stays within its budgets', () => {
    assert.ok(size <= 600 * kilobyte, `the VSIX has ${size} bytes`);
    const budgets = { 'extension/dist/extension.cjs': 200, 'extension/dist/chat.js': 260 };
    for (const [path, budget] of Object.entries(budgets)) {
      assert.ok(
        sizeOf(path) <= budget * kilobyte,
        `${path} has ${sizeOf(path)} bytes, its budget is ${budget} KB`,
      );
    }
  });

  test('keeps undici out of what is loaded at activation, and zod out of the chat panel', () => {
    assert.equal(packagesIn('dist/extension.cjs').has('undici'), false);
    assert.equal(packagesIn('dist/undiciTransport.cjs').has('undici'), true);
    assert.equal(packagesIn('dist/chat.js').has('zod'), false);
    assert.equal(packagesIn('dist/chat.js').has('preact'), true);
  });

  test('names every bundled package in NOTICE', () => {
    const notice = files.get('extension/NOTICE')?.toString('utf8') ?? '';
    const bundled = new Set(Object.keys(build.outputs).flatMap((output) => [...packagesOrNone(output)]));
    assert.deepEqual(
      [...bundled].filter((name) => !notice.includes(name)),
      [],
    );
  });

  test('carries no source map', () => {
    assert.deepEqual(
      [...files.keys()].filter((path) => path.endsWith('.map')),
      [],
    );
    for (const [path, text] of textFiles()) {
      assert.equal(/sourceMappingURL=|"sourcesContent"/.test(text), false, path);
    }
  });

  test('carries no path of the machine that built it', () => {
    const own = [repository, homedir()].filter((path) => path.length > 5);
    for (const [path, text] of textFiles()) {
      for (const folder of own) assert.equal(text.includes(folder), false, `${path} holds ${folder}`);
      const trace = /\/(?:home|Users)\/[a-z][\w.-]*\/|[A-Z]:\\\\?Users\\|\/root\/|\/tmp\/[\w.-]+\//.exec(
        text,
      );
      assert.equal(trace?.[0], undefined, path);
    }
  });

  test('proposes no API that a published extension may not use, and points at files that exist', () => {
    const manifest = JSON.parse(files.get('extension/package.json')?.toString('utf8') ?? '{}') as {
      main: string;
      icon?: string;
      enabledApiProposals?: unknown;
    };
    assert.equal(manifest.enabledApiProposals, undefined);
    for (const path of [manifest.main, manifest.icon ?? 'media/icon.png']) {
      assert.ok(files.has(`extension/${path.replace(/^\.\//, '')}`), path);
    }
  });

  for (const { name, pattern, example } of secretPatterns) {
    test(`carries no ${name}`, () => {
      assert.match(example, pattern, 'the pattern does not find its own example');
      for (const [path, text] of textFiles()) assert.equal(pattern.exec(text)?.[0], undefined, path);
    });
  }
});

function packagesOrNone(output: string): Set<string> {
  return /\.(c?js|css)$/.test(output) ? packagesIn(output) : new Set();
}

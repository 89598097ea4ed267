// Folders are permissions: what a file may import follows from where it lies (ARCHITECTURE.md).
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sourceFiles } from '../support/sourceFiles.ts';
import type { ImportEdge, SourceFile } from '../support/sourceFiles.ts';

interface Permission {
  readonly folder: string;
  /** Folders of ours that may be imported. */
  readonly own: readonly string[];
  /** Packages that may be imported; a trailing `:` allows the whole scheme. */
  readonly packages: readonly string[];
}

const permissions: readonly Permission[] = [
  {
    folder: 'src/core/',
    own: ['src/core/'],
    packages: ['zod/mini', 'eventsource-parser', 'tokenx', 'marked'],
  },
  { folder: 'src/net/', own: ['src/core/', 'src/net/'], packages: ['undici', 'node:'] },
  {
    folder: 'src/disk/',
    own: ['src/core/', 'src/disk/'],
    packages: ['node:fs', 'node:fs/promises', 'node:path'],
  },
  { folder: 'src/host/', own: ['src/core/', 'src/host/'], packages: ['vscode', 'node:path', 'node:crypto'] },
  { folder: 'media/', own: ['media/'], packages: ['preact', '@preact/signals', 'marked', 'highlight.js'] },
  { folder: 'src/extension.ts', own: ['src/'], packages: ['vscode', 'node:crypto'] },
];

const files = sourceFiles('src', 'media');

test('every source file lies in a folder that has permissions', () => {
  assert.ok(files.length > 40, 'the tree was not read');
  const strays = files.filter((file) => permissionOf(file) === undefined).map((file) => file.path);
  assert.deepEqual(strays, []);
});

test('no file imports what its folder may not', () => {
  const breaches = files.flatMap((file) =>
    file.imports
      .filter((edge) => !isAllowed(file, edge))
      .map((edge) => `${file.path} may not import ${edge.specifier}`),
  );
  assert.deepEqual(breaches, []);
});

test('at most 40 % of the files load vscode at run time', () => {
  const loading = files.filter((file) =>
    file.imports.some((edge) => edge.specifier === 'vscode' && !edge.typeOnly),
  );
  const share = loading.length / files.length;
  assert.ok(share <= 0.4, `${loading.length} of ${files.length} files load vscode`);
});

test('every file begins by saying what it is for', () => {
  const silent = files.filter((file) => !/^(\/\/|\/\*\*)/.test(file.text)).map((file) => file.path);
  assert.deepEqual(silent, []);
});

test('there are no barrels, default exports or leftovers rooms', () => {
  const leftovers = files.filter((file) =>
    /\/(index|utils|helpers|types|common|misc|\w*[mM]anager)\.tsx?$/.test(file.path),
  );
  const defaults = files.filter((file) => /^export default /m.test(file.text));
  assert.deepEqual(
    [...leftovers, ...defaults].map((file) => file.path),
    [],
  );
});

function permissionOf(file: SourceFile): Permission | undefined {
  return permissions.find((permission) => file.path.startsWith(permission.folder));
}

function isAllowed(file: SourceFile, edge: ImportEdge): boolean {
  const permission = permissionOf(file);
  if (permission === undefined) return false;
  if (edge.target !== undefined) {
    // The view knows the protocol's types and nothing else of ours: a value would pull core into the page.
    const protocol = file.path.startsWith('media/') && edge.target === 'src/core/protocol/protocol.ts';
    return (protocol && edge.typeOnly) || permission.own.some((folder) => edge.target?.startsWith(folder));
  }
  return permission.packages.some(
    (name) =>
      edge.specifier === name ||
      (name.endsWith(':') && edge.specifier.startsWith(name)) ||
      (['highlight.js', 'preact'].includes(name) && edge.specifier.startsWith(`${name}/`)),
  );
}

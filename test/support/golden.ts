// Compares a text with its checked-in copy under test/golden; UPDATE_GOLDEN=1 writes the copy anew.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './sourceFiles.ts';

/** `name` is a path below test/golden. A missing copy fails, so that none appears without being looked at. */
export function matchesGolden(name: string, actual: string): void {
  const path = join(root, 'test/golden', name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, actual);
  }
  assert.ok(existsSync(path), `test/golden/${name} is missing; UPDATE_GOLDEN=1 writes it`);
  assert.equal(actual, readFileSync(path, 'utf8'), `differs from test/golden/${name}`);
}

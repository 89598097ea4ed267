// package.json and the tables in the code say the same, in both directions.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { commandIds } from '../../src/host/command/commandIds.ts';
import { settingNames, settingRows } from '../../src/host/settingRows.ts';
import { root, sourceFiles } from '../support/sourceFiles.ts';

interface Setting {
  readonly scope: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly markdownDescription: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { command: string; title: string; category: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; submenu?: string }[]>>;
    readonly submenus: readonly { id: string }[];
    readonly views: Readonly<Record<string, readonly { id: string }[]>>;
    readonly viewsContainers: Readonly<Record<string, readonly { id: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
  };
  readonly capabilities: {
    readonly untrustedWorkspaces: { supported: string; restrictedConfigurations: readonly string[] };
  };
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly engines: { readonly vscode: string };
}

const text = readFileSync(join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const words = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as Record<string, string>;
const { contributes, capabilities } = manifest;
const properties = contributes.configuration.properties;

test('the manifest contributes exactly the commands that are registered', () => {
  const contributed = contributes.commands.map(({ command }) => command);
  assert.deepEqual(contributed.toSorted(), commandIds.map((id) => `codingLane.${id}`).toSorted());
  assert.deepEqual(new Set(contributes.commands.map(({ category }) => category)), new Set(['Coding Lane']));
});

test('menus name only commands and submenus that exist', () => {
  const commands = new Set(contributes.commands.map(({ command }) => command));
  const submenus = new Set(contributes.submenus.map(({ id }) => id));
  const strays = Object.values(contributes.menus)
    .flat()
    .filter(({ command, submenu }) => !commands.has(command ?? '') && !submenus.has(submenu ?? ''));
  assert.deepEqual(strays, []);
});

test('the settings are those of the table, with its defaults and scopes', () => {
  const table = settingNames.map((name) => {
    const { key, scope, default: standard } = settingRows[name];
    return [`codingLane.${key}`, { scope, default: standard }] as const;
  });
  const contributed = Object.entries(properties).map(
    ([key, setting]) => [key, { scope: setting.scope, default: setting.default }] as const,
  );
  assert.deepEqual(Object.fromEntries(contributed), Object.fromEntries(table));
});

test('a setting takes exactly the values that the table takes', () => {
  for (const name of settingNames) {
    const row = settingRows[name];
    for (const value of properties[`codingLane.${row.key}`]?.enum ?? []) {
      assert.deepEqual(row.read(value).problems, [], `${row.key}: ${value}`);
    }
    if (properties[`codingLane.${row.key}`]?.enum !== undefined) {
      assert.notDeepEqual(row.read('something else').problems, [], row.key);
    }
  }
});

test('every application setting is restricted, so that an untrusted folder cannot set it', () => {
  const application = Object.keys(properties).filter((key) => properties[key]?.scope === 'application');
  assert.deepEqual(
    capabilities.untrustedWorkspaces.restrictedConfigurations.toSorted(),
    application.toSorted(),
  );
  assert.equal(capabilities.untrustedWorkspaces.supported, 'limited');
});

test('every placeholder of the manifest is worded, and every word is used', () => {
  const placeholders = new Set([...text.matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key));
  assert.deepEqual([...placeholders].toSorted(), Object.keys(words).toSorted());
});

test('everything is bundled: the manifest has no run-time dependency, and the API is the floor', () => {
  assert.equal(manifest.dependencies, undefined);
  const floor = /^\^(\d+\.\d+)\.0$/.exec(manifest.engines.vscode)?.[1];
  assert.ok(floor && manifest.devDependencies['@types/vscode']?.startsWith(`${floor}.`));
});

test('settings are read in one place only', () => {
  const readers = sourceFiles('src')
    .filter((file) => /getConfiguration\s*\(/.test(file.text))
    .map((file) => file.path);
  // settings.ts for those of `window` scope, which a folder may set.
  assert.deepEqual(readers.toSorted(), ['src/host/settings.ts', 'src/host/userValue.ts']);
});

test('nothing but the guard joins a path to an address', () => {
  const joiners = sourceFiles('src').filter((file) => /["'}]\/(chat\/completions|models)\b/.test(file.text));
  assert.deepEqual(
    joiners.map((file) => file.path).filter((path) => path !== 'src/core/lane/guard.ts'),
    [],
  );
});

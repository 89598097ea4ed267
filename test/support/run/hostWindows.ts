// Which windows the host tests need: one for each folder, editor version and trust, and the files that run in it.
import { existsSync, globSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { EditorVersion } from '../editor/editorVersions.ts';
import type { HostWindow } from '../editor/hostWindow.ts';
import { repository } from '../editor/places.ts';

export interface PlannedWindow {
  /** For example `host/hostileWorkspace, floor, restricted`. */
  readonly title: string;
  readonly version: EditorVersion;
  readonly trust: boolean;
  readonly window: HostWindow;
  readonly files: readonly string[];
}

const hostTests = join(repository, 'test', 'host');

/**
 * Tags stand between a file's name and `.test.ts`. Every file runs on the newest editor; `floor` runs it at the floor
 * as well, and `restricted` runs it in Restricted Mode instead of a trusted window.
 */
export async function plannedWindows(): Promise<readonly PlannedWindow[]> {
  const files = globSync(join(hostTests, '**', '*.test.ts')).sort();
  const planned: PlannedWindow[] = [];
  for (const folder of new Set(files.map((file) => dirname(file)))) {
    const window = await windowOf(folder);
    for (const version of ['newest', 'floor'] as const) {
      for (const trust of [true, false]) {
        const chosen = files.filter(
          (file) =>
            dirname(file) === folder &&
            hasTag(file, 'restricted') === !trust &&
            (version === 'newest' || hasTag(file, 'floor')),
        );
        if (chosen.length === 0) continue;
        const place = join('host', relative(hostTests, folder)).replaceAll('\\', '/');
        planned.push({
          title: `${place}, ${version}${trust ? '' : ', restricted'}`,
          version,
          trust,
          window,
          files: chosen,
        });
      }
    }
  }
  return planned;
}

function hasTag(file: string, tag: string): boolean {
  return basename(file).split('.').slice(1, -2).includes(tag);
}

async function windowOf(folder: string): Promise<HostWindow> {
  const path = join(folder, 'window.ts');
  if (!existsSync(path)) return {};
  const { window } = (await import(pathToFileURL(path).href)) as { window?: HostWindow };
  if (!window) throw new Error(`${relative(repository, path)} exports no \`window\`.`);
  return window;
}

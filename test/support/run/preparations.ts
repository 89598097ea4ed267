// What suites find ready: the build, the packaged VSIX, both editors and a browser, each made once and only when needed.
import { findBrowser } from '../editor/findBrowser.ts';
import { installEditor } from '../editor/installEditor.ts';
import { packagedVsix } from '../editor/places.ts';
import { buildExtension, packageVsix } from './packageVsix.ts';
import type { Suite } from './suites.ts';
import { progressPrinter } from './terminal.ts';

/** A failure is remembered and is everyone's who needs the same. */
export class Preparations {
  readonly #made = new Map<string, Promise<unknown>>();

  async make({ needs, needsEditor }: Suite): Promise<void> {
    if (needs !== 'nothing') await this.#once('build', buildExtension);
    if (needs === 'vsix') {
      process.env['CODING_LANE_TEST_VSIX'] = packagedVsix();
      await this.#once('vsix', packageVsix);
    }
    if (!needsEditor) return;
    const progress = progressPrinter();
    await this.#once('newest', async () => installEditor('newest', progress.onProgress));
    await this.#once('floor', async () => installEditor('floor', progress.onProgress));
    const browser = await this.#once('browser', async () => findBrowser(progress.onProgress));
    progress.end();
    console.log(`browser: ${browser.executable} (${browser.source})`);
  }

  async #once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(name) as Promise<T> | undefined;
    if (known) return known;
    const making = make();
    this.#made.set(name, making);
    return making;
  }
}

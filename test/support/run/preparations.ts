// What suites find ready: the build, the packaged VSIX, both editors and a browser, each made once and only when needed.
import { findBrowser } from '../editor/findBrowser.ts';
import { installEditor } from '../editor/installEditor.ts';
import { buildExtension, packageVsix } from './packageVsix.ts';
import type { Suite } from './suites.ts';
import { progressPrinter } from './terminal.ts';

/** A failure is remembered and is everyone's who needs the same. */
export class Preparations {
  readonly #made = new Map<string, Promise<unknown>>();

  async make({ needs }: Suite): Promise<void> {
    const progress = progressPrinter();
    if (needs.includes('build') || needs.includes('vsix')) await this.#once('build', buildExtension);
    if (needs.includes('vsix')) process.env['CODING_LANE_TEST_VSIX'] = await this.#once('vsix', packageVsix);
    if (needs.includes('editors')) {
      await this.#once('newest', async () => installEditor('newest', progress.onProgress));
      await this.#once('floor', async () => installEditor('floor', progress.onProgress));
    }
    if (needs.includes('browser')) {
      const browser = await this.#once('browser', async () => findBrowser(progress.onProgress));
      progress.end();
      console.log(`browser: ${browser.executable} (${browser.source})`);
    }
  }

  async #once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const known = this.#made.get(name) as Promise<T> | undefined;
    if (known) return known;
    const making = make();
    this.#made.set(name, making);
    return making;
  }
}

// What loading and activating the extension costs, as the editor itself reports it for the packaged extension.
import { openWorkbench } from '../support/editor/workbench.ts';
import { type BenchTable, median } from './table.ts';

const windows = 5;
/** Milliseconds for loading the file and running `activate` together. */
const goal = 20;

export async function measure(): Promise<readonly BenchTable[]> {
  const times: number[] = [];
  for (let window = 0; window < windows; window += 1) times.push(await activationOfNewWindow());
  const middle = median(times);
  return [
    {
      title: `Loading and activating in the extension host, ${String(windows)} windows`,
      columns: ['median', 'best', 'worst'],
      rows: [
        {
          name: 'extension',
          cells: [middle, Math.min(...times), Math.max(...times)].map((time) => `${String(time)} ms`),
          goal: { figure: middle, most: goal, unit: 'ms' },
        },
      ],
    },
  ];
}

/** Milliseconds, in an editor that was just started. */
async function activationOfNewWindow(): Promise<number> {
  const workbench = await openWorkbench({ hasKey: true });
  try {
    await workbench.command('Developer: Show Running Extensions');
    const row = workbench.page.locator('.runtime-extensions-editor .monaco-list-row', {
      hasText: 'Coding Lane',
    });
    return activationTime(await row.first().innerText());
  } finally {
    await workbench.close();
  }
}

/** From "Activated by onStartupFinished: 12ms" and the like. */
function activationTime(text: string): number {
  const time = /(\d+)\s*ms/.exec(text)?.[1];
  if (time === undefined) throw new Error(`no activation time in ${JSON.stringify(text)}`);
  return Number(time);
}

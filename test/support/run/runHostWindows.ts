// Runs every planned window of host tests, one after the other, each with its own simulated ModelArk.
import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { simulatedKey } from '../ark/keys.ts';
import { startArk } from '../ark/startArk.ts';
import { editorReleases } from '../editor/editorVersions.ts';
import { openHostDesk } from '../editor/hostDesk.ts';
import type { HostEvent } from '../editor/hostEvents.ts';
import type { HostSurroundings } from '../editor/hostWindow.ts';
import { removeFolder, repository, temporaryFolder } from '../editor/places.ts';
import { runHostSuite } from '../editor/runHostSuite.ts';
import { startStranger } from '../editor/startStranger.ts';
import { plannedWindows } from './hostWindows.ts';
import type { PlannedWindow } from './hostWindows.ts';
import type { SuiteResult } from './suiteResult.ts';
import { sum } from './suiteResult.ts';

/** The extension must have been built. `only` keeps the windows whose title holds it. */
export async function runHostWindows(only?: string): Promise<SuiteResult> {
  const windows = (await plannedWindows()).filter(({ title }) => only === undefined || title.includes(only));
  const results: SuiteResult[] = [];
  for (const planned of windows) {
    console.log(`\n▶ ${planned.title}`);
    try {
      results.push(await runWindow(planned));
    } catch (error) {
      console.log(`✖ ${error instanceof Error ? error.message : String(error)}`);
      results.push({ passed: 0, failed: 1, skipped: 0 });
    }
  }
  return sum(results);
}

async function runWindow(planned: PlannedWindow): Promise<SuiteResult> {
  const { window } = planned;
  const undo: (() => Promise<void>)[] = [];
  try {
    const ark = await startArk();
    undo.push(async () => ark.close());
    const stranger = await startStranger();
    undo.push(stranger.close);
    const desk = await openHostDesk(ark, stranger);
    undo.push(desk.close);
    const surroundings: HostSurroundings = {
      ark: ark.origin,
      codingBaseUrl: ark.codingBaseUrl,
      generalBaseUrl: ark.generalBaseUrl,
      stranger: stranger.origin,
    };
    const temporary = temporaryFolder('workspace');
    undo.push(async () => removeFolder(temporary));
    const workspace = await makeWorkspace(planned, temporary, surroundings);
    const result = await runHostSuite({
      name: planned.title.replaceAll(/[^A-Za-z0-9]+/g, '-'),
      version: planned.version,
      trust: planned.trust,
      files: planned.files,
      workspace,
      settings: {
        'codingLane.coding.baseUrl': ark.codingBaseUrl,
        'codingLane.general.baseUrl': ark.generalBaseUrl,
        ...window.settings?.(surroundings),
      },
      env: {
        CODING_LANE_TEST_VSCODE: editorReleases[planned.version].vscode,
        CODING_LANE_TEST_ARK: ark.origin,
        CODING_LANE_TEST_STRANGER: stranger.origin,
        CODING_LANE_TEST_DESK: desk.origin,
        ...(window.hasKey ? { BYTEPLUS_API_KEY: simulatedKey } : {}),
        ...window.env?.(surroundings),
      },
      onEvent: printEvent,
    });
    // In whatever window, nothing may ever reach the address that only an attacker names.
    for (const { method, url } of stranger.seen) console.log(`  ✖ the stranger was asked ${method} ${url}`);
    return {
      passed: result.passed,
      failed: result.failed + (stranger.seen.length > 0 ? 1 : 0),
      skipped: result.pending,
    };
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function makeWorkspace(
  { window }: PlannedWindow,
  temporary: string,
  surroundings: HostSurroundings,
): Promise<string | undefined> {
  if (window.workspace === null) return undefined;
  const name = window.workspace ?? 'sample';
  const folder = join(temporary, name);
  await cp(join(repository, 'test', 'fixtures', name), folder, { recursive: true });
  return (await window.prepare?.(folder, surroundings)) ?? folder;
}

function printEvent(event: HostEvent): void {
  switch (event.type) {
    case 'pass':
      console.log(`  ✔ ${event.title} (${event.milliseconds} ms)`);
      break;
    case 'pending':
      console.log(`  ﹣ ${event.title} # SKIP`);
      break;
    case 'fail':
      console.log(`  ✖ ${event.title}\n${event.error.replaceAll(/^/gm, '      ')}`);
      break;
    case 'started':
    case 'broken':
    case 'ended':
      break;
  }
}

// Clear API Key: forgets the stored key of one lane, and says what is used from then on.
import * as vscode from 'vscode';
import type { Catalogs } from '../../core/lane/catalogs.ts';
import type { Lane } from '../../core/lane/lane.ts';
import type { Keys } from './keys.ts';
import type { Lanes } from './lanes.ts';
import { pickLane } from './pickLane.ts';

export interface ClearApiKeyPorts {
  readonly lanes: Lanes;
  readonly keys: Keys;
  readonly catalogs: Catalogs;
  readonly window: Pick<typeof vscode.window, 'showQuickPick' | 'showInformationMessage'>;
}

export async function clearApiKey({ lanes, keys, catalogs, window }: ClearApiKeyPorts): Promise<void> {
  const holding: Lane[] = [];
  for (const { lane, problem } of lanes.configured) {
    if (problem !== undefined) continue;
    const search = await keys.find(lane);
    // A lost key counts: clearing is how to stop being reminded of it.
    const isOwn = search.type === 'found' && search.source.type !== 'environment';
    if (isOwn || search.type === 'lost') holding.push(lane);
  }
  if (holding.length === 0) {
    void window.showInformationMessage(vscode.l10n.t('No lane has a stored key.'));
    return;
  }
  const title = vscode.l10n.t('Clear API Key: which lane?');
  const lane = await pickLane(holding, title, window);
  if (lane === undefined) return;
  await keys.clear(lane);
  catalogs.forget(lane);
  const left = await keys.find(lane);
  void window.showInformationMessage(
    left.type === 'found' && left.source.type === 'environment'
      ? vscode.l10n.t('Cleared the stored key of {lane}. The environment variable {variable} is used now.', {
          lane: lane.label,
          variable: left.source.variable,
        })
      : vscode.l10n.t('Cleared the stored key of {lane}.', { lane: lane.label }),
  );
}

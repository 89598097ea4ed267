// Lets the user say which lane a command is about.
import * as vscode from 'vscode';
import type { Lane } from '../../core/lane/lane.ts';
import { billWords } from '../billWords.ts';
import { withoutIcons } from '../withoutIcons.ts';

/** The only lane without asking; undefined when the question was closed. The first one is preselected. */
export async function pickLane(
  lanes: readonly Lane[],
  title: string,
  window: Pick<typeof vscode.window, 'showQuickPick'>,
): Promise<Lane | undefined> {
  if (lanes.length <= 1) return lanes[0];
  const items = lanes.map((lane) => ({
    label: withoutIcons(lane.label),
    description: billWords(lane.billing, vscode.l10n),
    detail: lane.baseUrl,
    lane,
  }));
  const picked = await window.showQuickPick(items, { title, matchOnDescription: true, matchOnDetail: true });
  return picked?.lane;
}

// The question before a lane that bills per token is used for the first time.
import * as vscode from 'vscode';
import { originOf } from '../../core/lane/guard.ts';
import type { Lane } from '../../core/lane/lane.ts';

/** Modal: a request waits for it, and closing it means no. */
export async function askBillingConsent(
  lane: Lane,
  window: Pick<typeof vscode.window, 'showWarningMessage'> = vscode.window,
): Promise<boolean> {
  const use = vscode.l10n.t('Use This Lane');
  const answer = await window.showWarningMessage(
    vscode.l10n.t('{lane} bills per token.', { lane: lane.label }),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Requests go to {address} and are charged to your account, not to the Coding Plan. You are asked once for this lane and address.',
        { address: originOf(lane) },
      ),
    },
    use,
  );
  return answer === use;
}

// Refresh Models: asks every lane that may be asked for its list anew, and says what came of each.
import * as vscode from 'vscode';
import { CompletionError } from '../../core/completion/completionError.ts';
import type { Clock } from '../../core/completion/clock.ts';
import type { Lane } from '../../core/lane/lane.ts';
import { listingWords, whyWords } from './laneWords.ts';
import type { Lanes } from './lanes.ts';

export interface RefreshModelsPorts {
  readonly lanes: Lanes;
  readonly clock: Pick<Clock, 'now'>;
  readonly window: Pick<
    typeof vscode.window,
    'showInformationMessage' | 'showWarningMessage' | 'withProgress'
  >;
}

export async function refreshModels(ports: RefreshModelsPorts): Promise<void> {
  const { lanes, window } = ports;
  const title = vscode.l10n.t('Asking for the lists of models');
  const location = vscode.ProgressLocation.Notification;
  const outcomes = await window.withProgress(
    { location, title, cancellable: true },
    async (_progress, token) => {
      const controller = new AbortController();
      const cancelling = token.onCancellationRequested(() => {
        controller.abort();
      });
      try {
        const all = lanes.configured.map(async ({ lane }) => await refresh(ports, lane, controller.signal));
        return (await Promise.all(all)).filter((outcome) => outcome !== undefined);
      } finally {
        cancelling.dispose();
      }
    },
  );
  if (outcomes.length === 0) {
    void window.showWarningMessage(
      vscode.l10n.t('No list was asked for: no lane with a key may be asked yet.'),
    );
    return;
  }
  const sentence = outcomes.map(({ words }) => words).join(' ');
  if (outcomes.every(({ isFresh }) => isFresh)) void window.showInformationMessage(sentence);
  else void window.showWarningMessage(sentence);
}

interface Outcome {
  readonly words: string;
  readonly isFresh: boolean;
}

/** Undefined when the lane may not be asked, or the user cancelled. */
async function refresh(
  ports: RefreshModelsPorts,
  lane: Lane,
  signal: AbortSignal,
): Promise<Outcome | undefined> {
  try {
    const listing = await ports.lanes.listing(lane, 'refresh models', signal, { anew: true });
    if (listing === undefined) return undefined;
    if (listing.type !== 'listed') {
      const state = listingWords(listing, ports.clock.now());
      return { words: vscode.l10n.t('{lane}: {state}.', { lane: lane.label, state }), isFresh: false };
    }
    const count = listing.models.filter(({ status }) => status !== 'shutdown').length;
    const names = { lane: lane.label, count };
    const words =
      count === 1
        ? vscode.l10n.t('{lane} lists 1 chat model.', names)
        : vscode.l10n.t('{lane} lists {count} chat models.', names);
    return { words, isFresh: true };
  } catch (error) {
    if (signal.aborted) return undefined;
    if (!(error instanceof CompletionError)) throw error;
    return {
      words: vscode.l10n.t('{lane}: {state}.', { lane: lane.label, state: whyWords(error) }),
      isFresh: false,
    };
  }
}

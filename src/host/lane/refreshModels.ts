// Refresh Models: asks every lane that may be asked for its list anew, and says what came of each.
import * as vscode from 'vscode';
import { CompletionError } from '../../core/completion/completionError.ts';
import type { Lane } from '../../core/lane/lane.ts';
import { wordedSentences } from '../l10n.ts';
import { whyWords } from './laneWords.ts';
import type { Lanes } from './lanes.ts';

export interface RefreshModelsPorts {
  readonly lanes: Lanes;
  readonly window: Pick<
    typeof vscode.window,
    'showInformationMessage' | 'showWarningMessage' | 'withProgress'
  >;
}

export async function refreshModels(ports: RefreshModelsPorts): Promise<void> {
  const { lanes, window } = ports;
  const title = vscode.l10n.t('Refreshing model lists');
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
        const ended = await Promise.all(all);
        return controller.signal.aborted ? undefined : ended.filter((outcome) => outcome !== undefined);
      } finally {
        cancelling.dispose();
      }
    },
  );
  // Who cancels needs no telling.
  if (outcomes === undefined) return;
  if (outcomes.length === 0) {
    void window.showWarningMessage(
      vscode.l10n.t('No model list was requested: no lane has both a key and your permission yet.'),
    );
    return;
  }
  const sentence = wordedSentences(
    vscode.l10n,
    outcomes.map(({ words }) => words),
  );
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
    if (listing.type !== 'listed') return notRefreshed(lane, listing.because);
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
    return notRefreshed(lane, error);
  }
}

function notRefreshed(lane: Lane, because: CompletionError): Outcome {
  const words = vscode.l10n.t('The model list of {lane} was not refreshed: {why}.', {
    lane: lane.label,
    why: whyWords(because),
  });
  return { words, isFresh: false };
}

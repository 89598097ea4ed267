// Set API Key: which lane, the key with its shape checked while typing, then what the lane itself says of the key.
import * as vscode from 'vscode';
import { CompletionError } from '../../core/completion/completionError.ts';
import type { Catalogs } from '../../core/lane/catalogs.ts';
import { originOf } from '../../core/lane/guard.ts';
import { keyShape } from '../../core/lane/keyShape.ts';
import type { Lane } from '../../core/lane/lane.ts';
import type { ConfiguredLane } from '../../core/lane/laneSettings.ts';
import type { BillingConsent } from './billingConsent.ts';
import type { Keys } from './keys.ts';
import { keyDoubtWords, keyFaultWords, keyTrimWords } from './keyWords.ts';
import { whyWords } from './laneWords.ts';
import type { Lanes } from './lanes.ts';
import { pickLane } from './pickLane.ts';

export interface SetApiKeyPorts {
  readonly lanes: Lanes;
  readonly keys: Keys;
  readonly catalogs: Catalogs;
  readonly consent: BillingConsent;
  readonly describe: (error: CompletionError) => string;
  readonly window: Pick<
    typeof vscode.window,
    | 'showInputBox'
    | 'showQuickPick'
    | 'showInformationMessage'
    | 'showWarningMessage'
    | 'showErrorMessage'
    | 'withProgress'
  >;
}

/** What the lane said of a key; `unchecked` when it was not asked. */
type Verdict =
  | { readonly type: 'works' }
  | { readonly type: 'refused'; readonly because: CompletionError }
  | { readonly type: 'unknown'; readonly because: CompletionError }
  | { readonly type: 'unchecked' };

/** Without a lane id the user is asked. True when a key was kept; false when the user left half-way. */
export async function setApiKey(ports: SetApiKeyPorts, laneId?: string): Promise<boolean> {
  const configured = await chooseLane(ports, laneId);
  if (configured === undefined) return false;
  if (configured.problem !== undefined) {
    void ports.window.showErrorMessage(ports.describe(configured.problem));
    return false;
  }
  const { lane } = configured;
  for (;;) {
    const key = await askKey(ports, lane);
    if (key === undefined) return false;
    const verdict = await checkKey(ports, lane, key);
    const next = verdict.type === 'refused' ? await afterRefusal(ports, lane, verdict.because) : 'keep';
    if (next === 'keep') await keep(ports, lane, key, verdict);
    if (next !== 'again') return next === 'keep';
  }
}

async function afterRefusal(
  { catalogs, window }: SetApiKeyPorts,
  lane: Lane,
  refusal: CompletionError,
): Promise<'again' | 'keep' | 'leave'> {
  // What the refused key was told is nothing that the stored one should be judged by.
  catalogs.forget(lane);
  const again = vscode.l10n.t('Enter Another Key');
  const anyway = vscode.l10n.t('Keep It Anyway');
  const answer = await window.showErrorMessage(
    vscode.l10n.t('{lane} refused this key ({status}). It was not stored.', {
      lane: lane.label,
      status: refusal.details.status ?? refusal.kind,
    }),
    again,
    anyway,
  );
  if (answer === again) return 'again';
  return answer === anyway ? 'keep' : 'leave';
}

async function chooseLane(
  { lanes, window }: SetApiKeyPorts,
  laneId: string | undefined,
): Promise<ConfiguredLane | undefined> {
  if (laneId !== undefined) return lanes.find(laneId);
  const active = lanes.active.lane;
  const others = lanes.configured.map(({ lane }) => lane).filter(({ id }) => id !== active.id);
  const lane = await pickLane([active, ...others], vscode.l10n.t('Set API Key: which lane?'), window);
  return lane && lanes.find(lane.id);
}

async function askKey({ window }: SetApiKeyPorts, lane: Lane): Promise<string | undefined> {
  const entered = await window.showInputBox({
    title: vscode.l10n.t('API Key for {lane}', { lane: lane.label }),
    prompt: vscode.l10n.t('Kept in the secret storage for {address} only.', { address: originOf(lane) }),
    password: true,
    ignoreFocusOut: true,
    validateInput(value) {
      // An empty box needs no reproach; accepting it is leaving.
      if (value === '') return undefined;
      const shape = keyShape(value, lane.kind);
      if (!shape.usable) {
        return { message: keyFaultWords(shape.fault), severity: vscode.InputBoxValidationSeverity.Error };
      }
      if (shape.doubt !== undefined) {
        return { message: keyDoubtWords(shape.doubt), severity: vscode.InputBoxValidationSeverity.Warning };
      }
      const trimmed = keyTrimWords(shape.trimmed);
      return trimmed === undefined
        ? undefined
        : { message: trimmed, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  if (entered === undefined) return undefined;
  const shape = keyShape(entered, lane.kind);
  return shape.usable ? shape.key : undefined;
}

/** Asks the lane for its models with this key; that costs nothing, and a refusal is the only sure verdict. */
async function checkKey(ports: SetApiKeyPorts, lane: Lane, key: string): Promise<Verdict> {
  const { catalogs, consent, window } = ports;
  if (!(await consent.obtain(lane))) return { type: 'unchecked' };
  const title = vscode.l10n.t('Checking the key with {lane}', { lane: lane.label });
  const location = vscode.ProgressLocation.Notification;
  return await window.withProgress({ location, title, cancellable: true }, async (_progress, token) => {
    const controller = new AbortController();
    const cancelling = token.onCancellationRequested(() => {
      controller.abort();
    });
    try {
      const listing = await catalogs.listing(lane, key, 'check key', controller.signal, { anew: true });
      return listing.type === 'listed' ? { type: 'works' } : { type: 'unknown', because: listing.because };
    } catch (error) {
      if (controller.signal.aborted) return { type: 'unchecked' };
      if (!(error instanceof CompletionError)) throw error;
      return { type: error.reason === 'key-refused' ? 'refused' : 'unknown', because: error };
    } finally {
      cancelling.dispose();
    }
  });
}

async function keep(ports: SetApiKeyPorts, lane: Lane, key: string, verdict: Verdict): Promise<void> {
  const { keys, window } = ports;
  const where = await keys.store(lane, key);
  const sentence = verdictWords(lane, verdict);
  // Nobody waits for a notice to be closed.
  if (where === 'memory') {
    void window.showWarningMessage(
      vscode.l10n.t(
        '{verdict} The editor could not store it, so it lasts until this window closes. A keyring may be missing.',
        { verdict: sentence },
      ),
    );
  } else if (verdict.type === 'works') {
    void window.showInformationMessage(sentence);
  } else {
    void window.showWarningMessage(sentence);
  }
}

function verdictWords(lane: Lane, verdict: Verdict): string {
  switch (verdict.type) {
    case 'works':
      return vscode.l10n.t('{lane} accepted the key.', { lane: lane.label });
    case 'refused':
      return vscode.l10n.t('{lane} refused the key. It is used anyway.', { lane: lane.label });
    case 'unknown':
      return vscode.l10n.t('The key for {lane} could not be checked: {why}. It is used anyway.', {
        lane: lane.label,
        why: whyWords(verdict.because),
      });
    case 'unchecked':
      return vscode.l10n.t('The key for {lane} was not checked. It is used anyway.', { lane: lane.label });
  }
}

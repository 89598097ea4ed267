// Says once what a user should know without having asked: settings that are ignored, a lost key, a lane that is gone.
import * as vscode from 'vscode';
import type { CompletionError } from '../../core/completion/completionError.ts';
import { wordedList, wordedSentences } from '../l10n.ts';
import type { Settings } from '../settings.ts';
import { settingProblemWords } from '../settingWords.ts';
import type { Lanes } from './lanes.ts';

export interface NoticePorts {
  readonly settings: Pick<Settings, 'trespass' | 'onDidChange'>;
  readonly lanes: Lanes;
  /** The folder's own state: a folder's attempt is told once there, not at every start. */
  readonly folderState: vscode.Memento;
  readonly describe: (error: CompletionError) => string;
  readonly setApiKey: (laneId: string) => unknown;
  readonly window: Pick<typeof vscode.window, 'showWarningMessage'>;
}

const trespassKey = 'codingLane.trespassTold';

export class LaneNotices implements vscode.Disposable {
  readonly #ports: NoticePorts;
  readonly #told = new Set<string>();
  readonly #subscriptions: readonly vscode.Disposable[];

  constructor(ports: NoticePorts) {
    this.#ports = ports;
    const tell = (): void => {
      this.#tellTrespass();
      this.#tellProblems();
      this.#tellMissingLane();
      this.#tellLostKey();
    };
    this.#subscriptions = [ports.settings.onDidChange(tell), ports.lanes.onDidChange(tell)];
    tell();
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #tellTrespass(): void {
    const { trespass } = this.#ports.settings;
    const settings = trespass.join(', ');
    if (trespass.length === 0 || this.#ports.folderState.get(trespassKey) === settings) return;
    void this.#ports.folderState.update(trespassKey, settings);
    this.#say(
      `trespass ${settings}`,
      vscode.l10n.t(
        'This folder tries to change {settings}. That is ignored: only your own user settings count there.',
        { settings: wordedList(vscode.env.language, trespass) },
      ),
    );
  }

  #tellProblems(): void {
    const { lanes, describe } = this.#ports;
    const sentences = lanes.problems.map((problem) => settingProblemWords(problem, describe));
    if (sentences.length === 0) return;
    this.#say(
      `problems ${sentences.join('\n')}`,
      vscode.l10n.t('Coding Lane ignores what it cannot use in your settings. {problems}', {
        problems: wordedSentences(vscode.l10n, sentences.slice(0, 3)),
      }),
      {
        label: vscode.l10n.t('Open Settings'),
        run: () => vscode.commands.executeCommand('workbench.action.openSettingsJson'),
      },
    );
  }

  #tellMissingLane(): void {
    const { missingLane, active } = this.#ports.lanes;
    if (missingLane === undefined) return;
    this.#say(
      `missing ${missingLane}`,
      vscode.l10n.t(
        'This window used the lane “{id}”, which the settings no longer have. It uses {lane} now.',
        {
          id: missingLane,
          lane: active.lane.label,
        },
      ),
    );
  }

  #tellLostKey(): void {
    const { lanes, setApiKey } = this.#ports;
    if (!lanes.isKeyLost) return;
    const { lane } = lanes.active;
    this.#say(
      `lost ${lane.id} ${lane.baseUrl}`,
      vscode.l10n.t('The key of {lane} is no longer in the secret storage.', { lane: lane.label }),
      { label: vscode.l10n.t('Set API Key'), run: () => setApiKey(lane.id) },
    );
  }

  #say(
    what: string,
    sentence: string,
    button?: { readonly label: string; readonly run: () => unknown },
  ): void {
    if (this.#told.has(what)) return;
    this.#told.add(what);
    const labels = button === undefined ? [] : [button.label];
    void this.#ports.window.showWarningMessage(sentence, ...labels).then((chosen) => {
      if (button !== undefined && chosen === button.label) button.run();
    });
  }
}

// The status bar item: the window's model and lane, whether it works, and a click away from changing it.
import * as vscode from 'vscode';
import type { Clock } from '../../core/completion/clock.ts';
import type { CompletionError } from '../../core/completion/completionError.ts';
import type { ActiveLane } from '../../core/lane/activeLane.ts';
import { isAuto } from '../../core/lane/candidates.ts';
import { billWords } from '../billWords.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { keySourceWords, listingWords } from './laneWords.ts';
import type { Lanes } from './lanes.ts';

export interface StatusBarPorts {
  readonly lanes: Lanes;
  readonly clock: Pick<Clock, 'now'>;
  /** The sentence for what keeps a lane from working. */
  readonly describe: (error: CompletionError) => string;
}

export class StatusBar implements vscode.Disposable {
  readonly #ports: StatusBarPorts;
  readonly #item: vscode.StatusBarItem;
  readonly #subscription: vscode.Disposable;
  #working = 0;

  constructor(ports: StatusBarPorts) {
    this.#ports = ports;
    this.#item = vscode.window.createStatusBarItem('codingLane.status', vscode.StatusBarAlignment.Right, 100);
    this.#item.name = 'Coding Lane';
    this.#subscription = ports.lanes.onDidChange(() => {
      this.#draw();
    });
    // Before the key was looked up, "Set API key" would be a guess.
    void ports.lanes.settled().then(() => {
      this.#draw();
      this.#item.show();
    });
  }

  /** The item as it stands; for tests and for whoever says the same elsewhere. */
  get item(): Readonly<vscode.StatusBarItem> {
    return this.#item;
  }

  /** Shows the spinner until disposed; several pieces of work may overlap. */
  begin(): vscode.Disposable {
    this.#working += 1;
    this.#draw();
    let isOver = false;
    return new vscode.Disposable(() => {
      if (isOver) return;
      isOver = true;
      this.#working -= 1;
      this.#draw();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #draw(): void {
    const { active } = this.#ports.lanes;
    const needsKey = !active.hasKey && active.problem === undefined;
    this.#item.text = this.#text(active, needsKey);
    this.#item.command = needsKey
      ? {
          command: 'codingLane.setApiKey',
          title: vscode.l10n.t('Set API Key'),
          // Somebody who clicks here means this lane; the command alone asks which one.
          arguments: [active.lane.id],
        }
      : 'codingLane.switchModel';
    this.#item.backgroundColor =
      active.problem === undefined ? undefined : new vscode.ThemeColor('statusBarItem.warningBackground');
    this.#item.tooltip = this.#tooltip(active);
    this.#item.accessibilityInformation = { label: this.#spoken(active, needsKey), role: 'button' };
  }

  #text(active: ActiveLane, needsKey: boolean): string {
    if (needsKey) return `$(key) ${vscode.l10n.t('Set API key')}`;
    const names = `${withoutIcons(active.shownModel)} · ${withoutIcons(active.lane.label)}`;
    if (active.problem !== undefined) return `$(warning) ${names}`;
    return this.#working > 0 ? `$(sync~spin) ${names}` : names;
  }

  #spoken(active: ActiveLane, needsKey: boolean): string {
    const names = { model: active.shownModel, lane: active.lane.label };
    if (needsKey) return vscode.l10n.t('Coding Lane: Set API key for {lane}', names);
    if (active.problem !== undefined)
      return vscode.l10n.t('Coding Lane: {model} · {lane}, cannot be used', names);
    return this.#working > 0
      ? vscode.l10n.t('Coding Lane: {model} · {lane}, answering', names)
      : vscode.l10n.t('Coding Lane: {model} · {lane}, switch lane or model', names);
  }

  /** Everything in it may come from settings or a server, so no text of it is markup. */
  #tooltip(active: ActiveLane): vscode.MarkdownString {
    const { lanes, clock, describe } = this.#ports;
    const { lane } = active;
    const tooltip = new vscode.MarkdownString();
    const line = (name: string, value: string): void => {
      tooltip.appendMarkdown(`\n\n**${plainMarkdown(name)}** ${plainMarkdown(value)}`);
    };
    line(lane.label, lane.baseUrl);
    if (active.problem !== undefined) {
      tooltip.appendMarkdown(`\n\n${plainMarkdown(describe(active.problem))}`);
      return tooltip;
    }
    line(vscode.l10n.t('Bill'), billWords(lane.billing, vscode.l10n));
    line(
      vscode.l10n.t('Model'),
      isAuto(active.model)
        ? vscode.l10n.t('auto, now {model}', { model: active.shownModel })
        : active.shownModel,
    );
    const source = lanes.activeKeySource;
    line(
      vscode.l10n.t('Key'),
      source !== undefined
        ? keySourceWords(source)
        : lanes.isKeyLost
          ? vscode.l10n.t('no longer in the secret storage')
          : vscode.l10n.t('none'),
    );
    const listing = lanes.knownListing(lane);
    line(
      vscode.l10n.t('Model list'),
      listing === undefined ? vscode.l10n.t('not asked yet') : listingWords(listing, clock.now()),
    );
    return tooltip;
  }
}

/** `appendText` would make every space unbreakable; this keeps lines that wrap. */
function plainMarkdown(text: string): string {
  return text.replace(/[\r\n]+/g, ' ').replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

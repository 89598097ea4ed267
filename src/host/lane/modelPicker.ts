// The picker of the window's lane and model: all lanes with their bills, their models, and what stands in the way.
import * as vscode from 'vscode';
import type { Clock } from '../../core/completion/clock.ts';
import { CompletionError } from '../../core/completion/completionError.ts';
import { autoModel } from '../../core/lane/candidates.ts';
import { type LaneGroup, type PickerRow, pickerRows } from '../../core/lane/pickerRows.ts';
import type { RequestPurpose } from '../../core/usage/requestRecord.ts';
import { billWords } from '../billWords.ts';
import { withoutIcons } from '../withoutIcons.ts';
import { listingWords, modelWords } from './laneWords.ts';
import type { Lanes } from './lanes.ts';

export interface ModelPickerPorts {
  readonly lanes: Lanes;
  readonly clock: Pick<Clock, 'now'>;
  readonly describe: (error: CompletionError) => string;
  readonly setApiKey: (laneId?: string) => unknown;
  /** A defect or an error that no row can show. */
  readonly tell: (error: unknown) => void;
  readonly window: Pick<typeof vscode.window, 'createQuickPick'>;
}

export interface PickerItem extends vscode.QuickPickItem {
  /** Undefined for headings. */
  readonly row?: PickerRow;
}

/** Resolves when the picker has closed and what was chosen is done. */
export async function switchModel(ports: ModelPickerPorts): Promise<void> {
  const picker = new OpenPicker(ports);
  await picker.show();
}

class OpenPicker {
  readonly #ports: ModelPickerPorts;
  readonly #quickPick: vscode.QuickPick<PickerItem>;
  readonly #closing = new AbortController();
  readonly #setKey: vscode.QuickInputButton;
  readonly #refresh: vscode.QuickInputButton;
  #groups: readonly LaneGroup[] = [];
  /** What to do once the picker is gone: another input must not open above it. */
  #afterwards: (() => unknown) | undefined;

  constructor(ports: ModelPickerPorts) {
    this.#ports = ports;
    this.#setKey = { iconPath: new vscode.ThemeIcon('key'), tooltip: vscode.l10n.t('Set API Key') };
    this.#refresh = { iconPath: new vscode.ThemeIcon('refresh'), tooltip: vscode.l10n.t('Refresh Models') };
    this.#quickPick = ports.window.createQuickPick<PickerItem>();
    this.#quickPick.title = vscode.l10n.t('Switch Lane or Model');
    this.#quickPick.placeholder = vscode.l10n.t('Pick a model, or type a model id');
    this.#quickPick.matchOnDescription = true;
    this.#quickPick.buttons = [this.#setKey, this.#refresh];
  }

  async show(): Promise<void> {
    const quickPick = this.#quickPick;
    const closed = new Promise<void>((resolve) => quickPick.onDidHide(resolve));
    quickPick.onDidChangeValue(() => {
      this.#draw();
    });
    quickPick.onDidAccept(() => {
      this.#accept(quickPick.selectedItems[0]?.row ?? quickPick.activeItems[0]?.row);
    });
    quickPick.onDidTriggerButton((button) => {
      if (button === this.#setKey) this.#leave(() => this.#ports.setApiKey());
      if (button === this.#refresh) this.#list('refresh models', true);
    });
    quickPick.show();
    try {
      this.#groups = await this.#ports.lanes.groups();
      this.#draw(true);
      this.#list('list models', false);
      await closed;
    } finally {
      this.#closing.abort();
      quickPick.dispose();
    }
    await this.#afterwards?.();
  }

  /** Asks all lanes that may be asked; each list is shown when it comes. */
  #list(purpose: RequestPurpose, anew: boolean): void {
    const { lanes, tell } = this.#ports;
    const { signal } = this.#closing;
    this.#quickPick.busy = true;
    const asked = lanes.configured.map(async ({ lane }) => {
      try {
        await lanes.listing(lane, purpose, signal, { anew });
      } catch (error) {
        // What a lane answered is in its rows; only what no row can show is told.
        if (!signal.aborted && !(error instanceof CompletionError)) tell(error);
      }
      if (signal.aborted) return;
      this.#groups = await lanes.groups();
      this.#draw();
    });
    void Promise.all(asked).then(() => {
      if (!signal.aborted) this.#quickPick.busy = false;
    });
  }

  #draw(first = false): void {
    if (this.#closing.signal.aborted) return;
    const { lanes } = this.#ports;
    const quickPick = this.#quickPick;
    const { active } = lanes;
    const chosen = { laneId: active.lane.id, model: active.model };
    const before = quickPick.activeItems[0]?.row;
    const items = pickerRows(this.#groups, chosen, quickPick.value).map((row) => this.#item(row));
    quickPick.keepScrollPosition = !first;
    quickPick.items = items;
    const stay = first
      ? items.find(({ row }) => (row?.type === 'auto' || row?.type === 'model') && row.isChosen)
      : before && items.find(({ row }) => row !== undefined && identity(row) === identity(before));
    if (stay !== undefined) quickPick.activeItems = [stay];
  }

  #item(row: PickerRow): PickerItem {
    const { clock, describe } = this.#ports;
    switch (row.type) {
      case 'lane':
        return {
          label: `${withoutIcons(row.lane.label)} · ${billWords(row.lane.billing, vscode.l10n)}`,
          kind: vscode.QuickPickItemKind.Separator,
        };
      case 'problem':
        return {
          row,
          label: vscode.l10n.t('This lane cannot be used'),
          iconPath: new vscode.ThemeIcon('warning'),
          detail: describe(row.problem),
        };
      case 'set-key':
        return {
          row,
          label: vscode.l10n.t('Set API Key for {lane}', { lane: withoutIcons(row.lane.label) }),
          iconPath: new vscode.ThemeIcon('key'),
        };
      case 'listing':
        return {
          row,
          label: vscode.l10n.t('Model list is not up to date'),
          iconPath: new vscode.ThemeIcon('info'),
          description: listingWords(row.listing, clock.now()),
        };
      case 'auto':
        return {
          row,
          label: autoModel,
          ...markOf(row.isChosen),
          description: this.#withLane(
            row,
            row.first === autoModel
              ? vscode.l10n.t('the first model that can be used')
              : vscode.l10n.t('now {model}', { model: row.first }),
          ),
        };
      case 'model': {
        const abilities = modelWords(row.model);
        return {
          row,
          label: withoutIcons(row.model.id),
          ...markOf(row.isChosen),
          description: this.#withLane(
            row,
            row.isRetiring ? vscode.l10n.t('{abilities} · retiring', { abilities }) : abilities,
          ),
        };
      }
      case 'typed':
        return {
          row,
          label: vscode.l10n.t('Use “{model}” on {lane}', {
            model: withoutIcons(row.model),
            lane: withoutIcons(row.lane.label),
          }),
          iconPath: new vscode.ThemeIcon('edit'),
          alwaysShow: true,
        };
    }
  }

  /** While something is typed the editor hides the headings; whose bill a row is must not be hidden with them. */
  #withLane(row: PickerRow, words: string): string {
    return this.#quickPick.value.trim() === '' ? words : `${words} · ${withoutIcons(row.lane.label)}`;
  }

  #accept(row: PickerRow | undefined): void {
    const { lanes, setApiKey } = this.#ports;
    switch (row?.type) {
      case undefined:
      case 'lane':
        return;
      case 'problem':
        this.#leave(() => vscode.commands.executeCommand('workbench.action.openSettings', 'codingLane'));
        return;
      case 'set-key':
        this.#leave(() => setApiKey(row.lane.id));
        return;
      case 'listing':
        this.#list('refresh models', true);
        return;
      case 'auto':
        this.#leave(() => lanes.select(row.lane.id, autoModel));
        return;
      case 'model':
        this.#leave(() => lanes.select(row.lane.id, row.model.id));
        return;
      case 'typed':
        this.#leave(() => lanes.select(row.lane.id, row.model));
        return;
    }
  }

  #leave(afterwards: () => unknown): void {
    this.#afterwards = afterwards;
    this.#quickPick.hide();
  }
}

function markOf(isChosen: boolean): Pick<PickerItem, 'iconPath'> {
  return { iconPath: new vscode.ThemeIcon(isChosen ? 'check' : 'blank') };
}

/** Which row is the same after the list was drawn anew. */
function identity(row: PickerRow): string {
  const model = row.type === 'model' ? row.model.id : '';
  return `${row.type} ${row.lane.id} ${model}`;
}

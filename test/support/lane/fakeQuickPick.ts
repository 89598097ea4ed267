// A Quick Pick without a screen: what it shows can be read, and a test can type, choose, press its buttons and leave.
import * as vscode from 'vscode';

export class FakeQuickPick<T extends vscode.QuickPickItem> {
  title: string | undefined;
  placeholder: string | undefined;
  step: number | undefined;
  totalSteps: number | undefined;
  enabled = true;
  ignoreFocusOut = false;
  canSelectMany = false;
  matchOnDescription = false;
  matchOnDetail = false;
  keepScrollPosition = false;
  prompt: string | undefined;
  busy = false;
  value = '';
  buttons: readonly vscode.QuickInputButton[] = [];
  items: readonly T[] = [];
  activeItems: readonly T[] = [];
  selectedItems: readonly T[] = [];
  isShown = false;
  isDisposed = false;
  readonly #value = new vscode.EventEmitter<string>();
  readonly #accept = new vscode.EventEmitter<void>();
  readonly #hide = new vscode.EventEmitter<void>();
  readonly #button = new vscode.EventEmitter<vscode.QuickInputButton>();
  readonly onDidChangeValue = this.#value.event;
  readonly onDidAccept = this.#accept.event;
  readonly onDidHide = this.#hide.event;
  readonly onDidTriggerButton = this.#button.event;
  readonly onDidTriggerItemButton = new vscode.EventEmitter<vscode.QuickPickItemButtonEvent<T>>().event;
  readonly onDidChangeActive = new vscode.EventEmitter<readonly T[]>().event;
  readonly onDidChangeSelection = new vscode.EventEmitter<readonly T[]>().event;

  show(): void {
    this.isShown = true;
  }

  hide(): void {
    if (!this.isShown) return;
    this.isShown = false;
    this.#hide.fire();
  }

  dispose(): void {
    this.hide();
    this.isDisposed = true;
  }

  type(text: string): void {
    this.value = text;
    this.#value.fire(text);
  }

  choose(item: T): void {
    this.selectedItems = [item];
    this.#accept.fire();
  }

  press(tooltip: string): void {
    const button = this.buttons.find((each) => each.tooltip === tooltip);
    if (button === undefined) throw new Error(`no button ${tooltip}`);
    this.#button.fire(button);
  }
}

// A webview whose page is played by the test: it keeps what the host posts and says what the test says.
import * as vscode from 'vscode';
import type { Fact, ViewState } from '../../../src/core/protocol/protocol.ts';

export class ViewWebview implements vscode.Webview {
  options: vscode.WebviewOptions = {};
  html = '';
  readonly cspSource = 'https://view.example';
  readonly facts: Fact[] = [];
  readonly #received = new vscode.EventEmitter<unknown>();
  readonly onDidReceiveMessage = this.#received.event;

  postMessage(message: unknown): Thenable<boolean> {
    this.facts.push(message as Fact);
    // What a hidden webview's promise does in the worst case.
    return new Promise(() => undefined);
  }

  asWebviewUri(uri: vscode.Uri): vscode.Uri {
    return uri.with({ scheme: 'https', authority: 'view.example' });
  }

  /** The page says something. */
  say(message: unknown): void {
    this.#received.fire(message);
  }

  /** The page says that it has drawn all it was given. */
  catchUp(): void {
    this.say({ type: 'view/caughtUp', sequence: this.facts.at(-1)?.sequence ?? 0 });
  }

  /** The state that the page was opened with last. */
  get state(): ViewState {
    const opened = this.facts.findLast((fact) => fact.type === 'view/opened');
    if (opened === undefined) throw new Error('the page was never opened');
    return opened.state;
  }

  /** Everything that was said after that. */
  get changes(): readonly string[] {
    return this.facts.flatMap((fact) =>
      fact.type === 'view/changed' ? fact.changes.map((change) => change.type) : [],
    );
  }
}

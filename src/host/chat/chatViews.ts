// The places where the chat is shown: the panel in the side bar and tabs in the editor, all of one session.
import * as vscode from 'vscode';
import type { Change } from '../../core/protocol/protocol.ts';
import { ChatView } from './chatView.ts';
import type { ChatViewParts } from './chatView.ts';

export const chatViewId = 'codingLane.chat';
const chatEditorType = 'codingLane.chatEditor';

/** What the panel's frame offers and a tab's frame too. */
interface Frame {
  readonly webview: vscode.Webview;
  readonly visible: boolean;
  readonly onDidDispose: vscode.Event<void>;
}

export class ChatViews
  implements vscode.WebviewViewProvider, vscode.WebviewPanelSerializer, vscode.Disposable
{
  readonly #parts: ChatViewParts;
  readonly #onDidShow: () => void;
  readonly #shown = new Set<ChatView>();
  #panel: vscode.WebviewPanel | undefined;

  /** `onDidShow` is called whenever a page is made: the time to warm up what the first question needs. */
  constructor(parts: ChatViewParts, onDidShow: () => void) {
    this.#parts = parts;
    this.#onDidShow = onDidShow;
  }

  /** Registers panel and tab; disposing of the result takes them back. */
  register(): vscode.Disposable {
    return vscode.Disposable.from(
      // Without retainContextWhenHidden: the page holds no truth, and hidden it costs nothing.
      vscode.window.registerWebviewViewProvider(chatViewId, this),
      vscode.window.registerWebviewPanelSerializer(chatEditorType, this),
    );
  }

  dispose(): void {
    this.#panel?.dispose();
    for (const view of this.#shown) view.dispose();
    this.#shown.clear();
  }

  add(change: Change): void {
    for (const view of this.#shown) view.add(change);
  }

  resolveWebviewView(frame: vscode.WebviewView): void {
    const view = this.#show(frame);
    frame.onDidChangeVisibility(() => view.setVisible(frame.visible));
  }

  deserializeWebviewPanel(panel: vscode.WebviewPanel): Promise<void> {
    this.#adopt(panel);
    return Promise.resolve();
  }

  /** Shows the tab; there is at most one, since all show the same. */
  openTab(): void {
    if (this.#panel) {
      this.#panel.reveal();
      return;
    }
    this.#adopt(
      vscode.window.createWebviewPanel(chatEditorType, this.#parts.title, vscode.ViewColumn.Active, {
        enableScripts: true,
        enableFindWidget: true,
      }),
    );
  }

  #adopt(panel: vscode.WebviewPanel): void {
    panel.title = this.#parts.title;
    this.#panel = panel;
    const view = this.#show(panel);
    panel.onDidChangeViewState(() => view.setVisible(panel.visible));
    panel.onDidDispose(() => {
      if (this.#panel === panel) this.#panel = undefined;
    });
  }

  #show(frame: Frame): ChatView {
    const view = new ChatView(frame.webview, this.#parts);
    this.#shown.add(view);
    frame.onDidDispose(() => {
      this.#shown.delete(view);
      view.dispose();
    });
    this.#onDidShow();
    return view;
  }
}

// One page that shows the chat: its HTML, its checked messages, its outbox.
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Clock } from '../../core/completion/clock.ts';
import { parseIntent } from '../../core/protocol/intents.ts';
import { Outbox } from '../../core/protocol/outbox.ts';
import type { Change, ViewState } from '../../core/protocol/protocol.ts';
import { chatHtml } from './chatHtml.ts';
import type { ChatIntent } from './intentHandler.ts';

export interface ChatViewParts {
  readonly extensionUri: vscode.Uri;
  readonly clock: Clock;
  readonly title: string;
  readonly language: string;
  readonly viewState: () => ViewState;
  readonly onIntent: (intent: ChatIntent) => Promise<void>;
  /** A wish that failed. */
  readonly onFailed: (error: unknown) => void;
  /** `count`: messages so far that were no intents, and were dropped. */
  readonly onDropped: (count: number) => void;
}

export class ChatView implements vscode.Disposable {
  readonly #parts: ChatViewParts;
  readonly #outbox: Outbox;
  readonly #subscription: vscode.Disposable;
  #dropped = 0;
  #isVisible = true;

  constructor(webview: vscode.Webview, parts: ChatViewParts) {
    this.#parts = parts;
    this.#outbox = new Outbox({
      clock: parts.clock,
      // Never awaited: it can stay pending for ever, and the view acknowledges what it has drawn.
      post: (fact) => void webview.postMessage(fact),
      viewState: parts.viewState,
    });
    this.#subscription = webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    const files = vscode.Uri.joinPath(parts.extensionUri, 'dist');
    webview.options = {
      enableScripts: true,
      enableForms: false,
      enableCommandUris: false,
      localResourceRoots: [files],
    };
    webview.html = chatHtml({
      cspSource: webview.cspSource,
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(files, 'chat.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(files, 'chat.css')).toString(),
      nonce: randomBytes(16).toString('base64'),
      language: parts.language,
      title: parts.title,
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#outbox.closed();
  }

  add(change: Change): void {
    this.#outbox.add(change);
  }

  /**
   * A hidden page is thrown away and says `view/ready` when it is loaded again. One that was only covered for a moment
   * is still there and says nothing, so it is told everything in either case.
   */
  setVisible(isVisible: boolean): void {
    if (isVisible === this.#isVisible) return;
    this.#isVisible = isVisible;
    if (isVisible) this.#outbox.opened();
    else this.#outbox.closed();
  }

  #receive(message: unknown): void {
    const intent = parseIntent(message);
    if (intent === undefined) {
      this.#dropped += 1;
      this.#parts.onDropped(this.#dropped);
    } else if (intent.type === 'view/ready') {
      this.#outbox.opened();
    } else if (intent.type === 'view/caughtUp') {
      this.#outbox.caughtUp(intent.sequence);
    } else {
      this.#parts.onIntent(intent).catch(this.#parts.onFailed);
    }
  }
}

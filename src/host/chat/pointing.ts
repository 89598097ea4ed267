// Code on its way into the chat: the selection, the files that were picked, and why something cannot be taken along.
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { ChatSession } from '../../core/chat/chatSession.ts';
import { pickAttachments } from '../editor/attachmentPick.ts';
import type { LastTextEditor } from '../editor/lastTextEditor.ts';
import type { Captured, CaptureParts } from '../editor/selection.ts';
import { captureProblem, captureSelection } from '../editor/selection.ts';
import type { L10n } from '../l10n.ts';

export interface PointingParts {
  readonly session: ChatSession;
  readonly l10n: L10n;
  readonly lastEditor: LastTextEditor;
}

const captureParts: CaptureParts = {
  newId: randomUUID,
  pathOf: (uri) =>
    vscode.workspace.getWorkspaceFolder(uri) ? vscode.workspace.asRelativePath(uri) : undefined,
};

export class Pointing {
  readonly #parts: PointingParts;

  constructor(parts: PointingParts) {
    this.#parts = parts;
  }

  addSelection(): void {
    this.#attach([captureSelection(this.#parts.lastEditor.editor, captureParts)]);
  }

  async pickAttachments(): Promise<void> {
    this.#attach(await pickAttachments(this.#parts.lastEditor.editor, captureParts));
  }

  /** Asks about the selection at once. Returns whether there is something to see in the chat. */
  explain(): boolean {
    const { session, lastEditor, l10n } = this.#parts;
    const captured = captureSelection(lastEditor.editor, captureParts);
    if (!('attachment' in captured)) {
      say(captureProblem(l10n, captured));
      return false;
    }
    const { attachment } = captured;
    const text = vscode.l10n.t('Explain {file}', { file: attachment.label });
    const asked = session.ask({ text, attachments: [attachment], task: 'explain' }, 'explain');
    if (asked === 'busy') {
      say(vscode.l10n.t('An answer is still being written. Stop it first, or wait for its end.'));
    }
    return true;
  }

  #attach(captures: readonly Captured[]): void {
    const { session, l10n } = this.#parts;
    const attachments = captures.flatMap((captured) =>
      'attachment' in captured ? [captured.attachment] : [],
    );
    const leftOut = attachments.length === 0 ? 0 : session.attach(attachments);
    for (const captured of captures) {
      if ('problem' in captured) say(captureProblem(l10n, captured));
    }
    if (leftOut > 0) {
      say(vscode.l10n.t('There is no room for more attachments; {count} left out.', { count: leftOut }));
    }
  }
}

function say(sentence: string): void {
  void vscode.window.showWarningMessage(sentence);
}

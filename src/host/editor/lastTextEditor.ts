// The text editor that the user was last in: while the chat has the focus there may be no active one.
import * as vscode from 'vscode';

export class LastTextEditor implements vscode.Disposable {
  #editor: vscode.TextEditor | undefined = inGroup(vscode.window.activeTextEditor);
  readonly #subscription: vscode.Disposable;

  constructor() {
    this.#subscription = vscode.window.onDidChangeActiveTextEditor((editor) => {
      this.#editor = inGroup(editor) ?? this.#editor;
    });
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** undefined: none is open, or the last one is not to be seen any more. */
  get editor(): vscode.TextEditor | undefined {
    const visible = vscode.window.visibleTextEditors.filter((editor) => inGroup(editor));
    const last = this.#editor;
    if (last && visible.includes(last)) return last;
    // The editor hands out a new object when a tab is shown again.
    return (
      visible.find((editor) => editor.document === last?.document) ?? inGroup(vscode.window.activeTextEditor)
    );
  }
}

/** The output panel and input boxes are text editors too, but stand in no group. */
function inGroup(editor: vscode.TextEditor | undefined): vscode.TextEditor | undefined {
  return editor?.viewColumn === undefined ? undefined : editor;
}

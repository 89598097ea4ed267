// Keeps the context key `codingLane.hasKey` true to the active lane, for menus and the view's welcome.
import * as vscode from 'vscode';
import type { Lanes } from './lanes.ts';

export function keepHasKeyContext(lanes: Lanes): vscode.Disposable {
  let told: boolean | undefined;
  const tell = (): void => {
    const { hasKey } = lanes.active;
    if (hasKey === told) return;
    told = hasKey;
    void vscode.commands.executeCommand('setContext', 'codingLane.hasKey', hasKey);
  };
  // Before the first look-up the key counts as there: a welcome that flashes and vanishes asks for what is not missing.
  void lanes.settled().then(tell);
  return lanes.onDidChange(tell);
}

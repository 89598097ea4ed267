// Keeps the context key `codingLane.hasKey` true to the active lane, for menus and the view's welcome.
import * as vscode from 'vscode';
import type { Lanes } from './lanes.ts';

export function keepHasKeyContext(lanes: Lanes): vscode.Disposable {
  let told: boolean | undefined;
  let isSettled = false;
  const tell = (): void => {
    const { hasKey } = lanes.active;
    if (!isSettled || hasKey === told) return;
    told = hasKey;
    void vscode.commands.executeCommand('setContext', 'codingLane.hasKey', hasKey);
  };
  // A welcome that flashes and vanishes would ask for a key that is not missing.
  void lanes.settled().then(() => {
    isSettled = true;
    tell();
  });
  return lanes.onDidChange(tell);
}

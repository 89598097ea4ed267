// A file that was picked, as an attachment: looked at before it is opened, so that a huge or binary one costs nothing.
import * as vscode from 'vscode';
import type { Captured, CaptureParts } from './selection.ts';
import { captureDocument, labelOf, mostBytes } from './selection.ts';

/** A text file has no zero byte; a binary one nearly always has one early on. */
const looksAt = 8_000;

export async function readAttachment(uri: vscode.Uri, parts: CaptureParts): Promise<Captured> {
  const label = labelOf({ uri });
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  // What is open is taken as it stands there, unsaved changes and all.
  if (open) return captureDocument(open, parts);
  const { size } = await vscode.workspace.fs.stat(uri);
  if (size > mostBytes) return { problem: 'too-long', label, size };
  const bytes = await vscode.workspace.fs.readFile(uri);
  if (bytes.subarray(0, looksAt).includes(0)) return { problem: 'binary', label };
  try {
    return captureDocument(await vscode.workspace.openTextDocument(uri), parts);
  } catch (error) {
    // The editor has its own idea of what is text; its error says no more than that.
    if (error instanceof Error) return { problem: 'not-text', label };
    throw error;
  }
}

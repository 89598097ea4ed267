// What the user points at in an editor, as an attachment; or why it cannot be one.
import type * as vscode from 'vscode';
import type { Attachment } from '../../core/chat/conversation.ts';
import type { L10n } from '../l10n.ts';
import { wordedSize } from '../l10n.ts';

/** A quarter of a million tokens and more: beyond the window of nearly every model of the plan. */
export const longestAttachment = 1_000_000;

/** A file with more bytes is not even read: no encoding makes them an attachment. */
export const mostBytes = 4 * longestAttachment;

export type Captured =
  | { readonly attachment: Attachment }
  | { readonly problem: 'no-editor' | 'empty' | 'binary' | 'not-text'; readonly label: string }
  | { readonly problem: 'too-long'; readonly label: string; readonly size: number };

export interface CaptureParts {
  readonly newId: () => string;
  /** Path inside the workspace with forward slashes, or undefined for what lies outside or nowhere. */
  readonly pathOf: (uri: vscode.Uri) => string | undefined;
}

/** The selection, or without one the whole document. */
export function captureSelection(editor: vscode.TextEditor | undefined, parts: CaptureParts): Captured {
  if (editor === undefined) return { problem: 'no-editor', label: '' };
  const { document, selection } = editor;
  if (selection.isEmpty) return captureDocument(document, parts);
  // A selection that ends at the beginning of a line does not mean that line.
  const endsBefore = selection.end.character === 0 && selection.end.line > selection.start.line;
  const lines = {
    first: selection.start.line + 1,
    last: selection.end.line + (endsBefore ? 0 : 1),
  };
  return capture(document, document.getText(selection), parts, lines);
}

export function captureDocument(document: vscode.TextDocument, parts: CaptureParts): Captured {
  return capture(document, document.getText(), parts);
}

function capture(
  document: vscode.TextDocument,
  text: string,
  { newId, pathOf }: CaptureParts,
  lines?: Attachment['lines'],
): Captured {
  const label = labelOf(document);
  if (text.trim() === '') return { problem: 'empty', label };
  if (text.length > longestAttachment) return { problem: 'too-long', label, size: text.length };
  if (text.includes('\0')) return { problem: 'binary', label };
  const path = document.isUntitled ? '' : (pathOf(document.uri) ?? label);
  return {
    attachment: { id: newId(), label, path, languageId: document.languageId, ...(lines && { lines }), text },
  };
}

/** The last segment of the path; an untitled document's name is all of it. */
export function labelOf({ uri }: Pick<vscode.TextDocument, 'uri'>): string {
  return uri.path.split('/').findLast((segment) => segment !== '') ?? uri.path;
}

/** Why nothing was attached, and what to do. */
export function captureProblem(l10n: L10n, captured: Exclude<Captured, { attachment: Attachment }>): string {
  const { label } = captured;
  switch (captured.problem) {
    case 'no-editor':
      return l10n.t('Open a file in an editor first, or select code in one.');
    case 'empty':
      return l10n.t('{file} is empty; there is nothing to attach.', { file: label });
    case 'binary':
      return l10n.t('{file} is a binary file; only text can be attached.', { file: label });
    case 'not-text':
      return l10n.t('{file} cannot be opened as text.', { file: label });
    case 'too-long':
      return l10n.t('{file} has {size}; at most {limit} can be attached. Select the part that matters.', {
        file: label,
        size: wordedSize(l10n, captured.size),
        limit: wordedSize(l10n, longestAttachment),
      });
  }
}

// The words for lanes, keys, models and their lists, as the status bar, the picker and the dialogs share them.
import * as vscode from 'vscode';
import type { CompletionError } from '../../core/completion/completionError.ts';
import type { Listing } from '../../core/lane/candidates.ts';
import type { ModelFacts } from '../../core/lane/modelFacts.ts';
import type { KeySource } from './keys.ts';

export function keySourceWords(source: KeySource): string {
  switch (source.type) {
    case 'stored':
      return vscode.l10n.t('from the secret storage');
    case 'memory':
      return vscode.l10n.t('in memory, until this window closes');
    case 'environment':
      return vscode.l10n.t('from the environment, {variable}', { variable: source.variable });
  }
}

/** `262144` → `256K`, `200000` → `200K`: each as its maker counts; to compare, not to compute with. */
function tokenWords(tokens: number): string {
  const thousands = tokens % 1024 === 0 ? tokens / 1024 : tokens / 1000;
  return thousands >= 1000
    ? `${String(Math.round(thousands / 100) / 10)}M`
    : `${String(Math.round(thousands))}K`;
}

/** Limits and abilities in one line. */
export function modelWords(model: ModelFacts): string {
  const words = [
    vscode.l10n.t('{tokens} context', { tokens: tokenWords(model.contextWindow) }),
    vscode.l10n.t('{tokens} output', { tokens: tokenWords(model.maxOutputTokens) }),
  ];
  if (model.tools) words.push(vscode.l10n.t('tools'));
  if (model.vision) words.push(vscode.l10n.t('images'));
  if (model.thinking.length > 0 || model.efforts.length > 0) words.push(vscode.l10n.t('thinking'));
  if (model.source === 'assumed') words.push(vscode.l10n.t('limits estimated'));
  return words.join(' · ');
}

/** Where the models shown come from. `now` in epoch milliseconds. */
export function listingWords(listing: Listing, now: number): string {
  switch (listing.type) {
    case 'listed':
      return vscode.l10n.t('listed {age}', { age: ageWords(now - listing.listedAt) });
    case 'stale':
      return vscode.l10n.t('listed {age}; last refresh failed: {why}', {
        age: ageWords(now - listing.listedAt),
        why: whyWords(listing.because),
      });
    case 'failed':
      return vscode.l10n.t('listing failed: {why}', { why: whyWords(listing.because) });
  }
}

function ageWords(milliseconds: number): string {
  const minutes = Math.floor(Math.max(0, milliseconds) / 60_000);
  if (minutes < 1) return vscode.l10n.t('just now');
  if (minutes < 60) return vscode.l10n.t('{minutes} min ago', { minutes });
  return vscode.l10n.t('{hours} h ago', { hours: Math.floor(minutes / 60) });
}

/** A failed listing in two or three words; the whole sentence is the remedies' affair. */
export function whyWords(error: CompletionError): string {
  const { status, systemCode } = error.details;
  switch (error.reason) {
    case 'key-refused':
      return vscode.l10n.t('the key was refused');
    case 'web-page':
      return vscode.l10n.t('a web page came instead');
    case 'empty-answer':
      return vscode.l10n.t('the list is empty');
    case 'not-an-answer':
    case 'broken-events':
      return vscode.l10n.t('the answer was not a model list');
    case 'host-not-found':
      return vscode.l10n.t('the host was not found');
    case 'connection-refused':
      return vscode.l10n.t('the connection was refused');
    case 'connect':
    case 'first-byte':
    case 'idle':
    case 'no-content':
      return vscode.l10n.t('no answer in time');
    case 'redirected':
      return vscode.l10n.t('a redirect to another host');
    default:
      return status !== undefined ? String(status) : (systemCode ?? error.message);
  }
}

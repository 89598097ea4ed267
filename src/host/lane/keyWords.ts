// What is said of a key while it is typed.
import * as vscode from 'vscode';
import type { KeyDoubt, KeyFault, KeyTrim } from '../../core/lane/keyShape.ts';
import { wordedList } from '../l10n.ts';

export function keyFaultWords(fault: KeyFault): string {
  switch (fault) {
    case 'empty':
      return vscode.l10n.t('There is no key in this text.');
    case 'several-lines':
      return vscode.l10n.t('This is more than one line. Paste the key alone.');
    case 'several-keys':
      return vscode.l10n.t('This looks like several keys. Paste one.');
    case 'space-inside':
      return vscode.l10n.t('There is a space inside the key.');
    case 'unsendable':
      return vscode.l10n.t('The key holds characters that cannot be sent.');
    case 'too-long':
      return vscode.l10n.t('This is too long for a key.');
  }
}

export function keyDoubtWords(doubt: KeyDoubt): string {
  switch (doubt) {
    case 'access-key':
      return vscode.l10n.t('This looks like an access key (AK/SK). ModelArk wants an API key here.');
    case 'other-product':
      return vscode.l10n.t('This looks like the key of another product. Press Enter to check it anyway.');
    case 'address':
      return vscode.l10n.t('This is an address, not a key.');
    case 'too-short':
      return vscode.l10n.t('This is shorter than ModelArk’s keys. Press Enter to check it anyway.');
  }
}

/** Undefined when nothing was taken off. */
export function keyTrimWords(trimmed: readonly KeyTrim[]): string | undefined {
  const words = trimmed.map((trim) => {
    switch (trim) {
      case 'spaces':
        return vscode.l10n.t('spaces');
      case 'assignment':
        return vscode.l10n.t('the variable’s name');
      case 'quotes':
        return vscode.l10n.t('quotes');
      case 'bearer':
        return vscode.l10n.t('“Bearer”');
    }
  });
  return words.length === 0
    ? undefined
    : vscode.l10n.t('Removed before storing: {parts}.', { parts: wordedList(vscode.env.language, words) });
}

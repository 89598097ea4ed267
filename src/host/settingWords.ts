// The sentence for a setting that was named and ignored.
import * as vscode from 'vscode';
import type { SettingFault, SettingProblem } from '../core/lane/settingProblem.ts';

/** `codingLane.lanes[2].baseUrl: …`, without an end mark. */
export function settingProblemWords(
  problem: SettingProblem,
  describe: (fault: Extract<SettingFault, { type: 'address' }>['error']) => string,
): string {
  return `${problem.place}: ${faultWords(problem.fault, describe)}`;
}

function faultWords(
  fault: SettingFault,
  describe: (error: Extract<SettingFault, { type: 'address' }>['error']) => string,
): string {
  switch (fault.type) {
    case 'wrong-type':
      return typeWords(fault.expected);
    case 'not-one-of':
      return vscode.l10n.t('must be one of {allowed}', { allowed: fault.allowed.join(', ') });
    case 'out-of-range':
      return vscode.l10n.t('must be a whole number from {least} to {most}', {
        least: fault.least,
        most: fault.most,
      });
    case 'unusable-text':
      return vscode.l10n.t('must be one line of text');
    case 'missing':
      return vscode.l10n.t('is missing');
    case 'unknown-field':
      return vscode.l10n.t('is not a field of a lane');
    case 'unknown-kind':
      return vscode.l10n.t('“{kind}” is not a kind of lane', { kind: fault.value });
    case 'later-release':
      return vscode.l10n.t('lanes of kind “{kind}” come with a later release', { kind: fault.value });
    case 'bad-id':
      return vscode.l10n.t(
        'must begin with a lower-case letter and hold only lower-case letters, digits and hyphens',
      );
    case 'id-taken':
      return vscode.l10n.t('another lane is called “{id}” already', { id: fault.value });
    case 'unknown-lane':
      return vscode.l10n.t('there is no lane “{id}”', { id: fault.value });
    case 'address':
      return describe(fault.error);
  }
}

function typeWords(expected: Extract<SettingFault, { type: 'wrong-type' }>['expected']): string {
  switch (expected) {
    case 'text':
      return vscode.l10n.t('must be text');
    case 'number':
      return vscode.l10n.t('must be a number');
    case 'list':
      return vscode.l10n.t('must be a list');
    case 'object':
      return vscode.l10n.t('must be an object');
  }
}

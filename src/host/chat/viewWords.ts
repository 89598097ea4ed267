// Every word that the chat view itself shows, in the editor's language.
import type { ViewWords } from '../../core/protocol/protocol.ts';
import type { L10n } from '../l10n.ts';

/** Numbered blanks are filled by the view. */
export function viewWords(l10n: L10n): ViewWords {
  return {
    conversation: l10n.t('Conversation'),
    you: l10n.t('You'),
    assistant: l10n.t('Assistant'),
    message: l10n.t('Message'),
    placeholder: l10n.t('Ask about your code'),
    send: l10n.t('Send'),
    stop: l10n.t('Stop'),
    newChat: l10n.t('New chat'),
    history: l10n.t('History'),
    attach: l10n.t('Attach'),
    removeAttachment: l10n.t('Remove {0}'),
    retry: l10n.t('Retry'),
    continue: l10n.t('Continue'),
    editMessage: l10n.t('Edit message'),
    copyMessage: l10n.t('Copy message'),
    copyCode: l10n.t('Copy code'),
    insertAtCursor: l10n.t('Insert at cursor'),
    copied: l10n.t('Copied'),
    reasoning: l10n.t('Reasoning'),
    thinking: l10n.t('Thinking'),
    details: l10n.t('Details'),
    interrupted: l10n.t('Interrupted'),
    stopped: l10n.t('Stopped'),
    cancel: l10n.t('Cancel'),
    setApiKey: l10n.t('Set API Key'),
    welcome: l10n.t('Ask a question, or select code and choose Explain. Nothing is sent before you ask.'),
    welcomeNoKey: l10n.t('An API key is needed before the first question.'),
    retryIn: l10n.t('Retrying in {0} s'),
    noDataFor: l10n.t('No data for {0} s'),
    modelOnLane: l10n.t('Model: {0} on {1}'),
    codeLanguage: l10n.t('Code, {0}'),
    imageNotLoaded: l10n.t('Image not loaded: {0}'),
    jumpToLatest: l10n.t('Jump to latest'),
  };
}

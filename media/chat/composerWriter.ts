// The text field's own life between drawings: what was sent, what is recalled, when a composition ended.
import { isInputMethodKey, keyMeaning } from './composerKeys.ts';
import { isSameText, recalled, textWithFilled, textWithout } from './composerText.ts';
import { createDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import type { Panel } from './panel.ts';
import type { ComposerNote } from './store.ts';

/** Milliseconds in which the same text is not sent a second time: a bouncing key, an impatient click. */
const resendGuard = 1_000;

export class ComposerWriter {
  readonly #panel: Panel;
  readonly #setIsEmpty: (isEmpty: boolean) => void;
  readonly #draft: Draft;
  #field: HTMLTextAreaElement | undefined;
  #compositionEndedAt: number | undefined;
  /** Sent, and not yet seen as a turn. */
  #sent: { readonly text: string; readonly at: number } | undefined;
  #recalled: { readonly stepsBack: number; readonly text: string } | undefined;

  constructor(panel: Panel, setIsEmpty: (isEmpty: boolean) => void) {
    this.#panel = panel;
    this.#setIsEmpty = setIsEmpty;
    this.#draft = createDraft((text) => panel.post({ type: 'draft/changed', text }));
  }

  readonly attach = (field: HTMLTextAreaElement): (() => void) => {
    this.#field = field;
    this.#panel.onComposerNote((note) => this.#take(note));
    const focusText = (): void => {
      if (document.activeElement === null || document.activeElement === document.body) field.focus();
    };
    const onHidden = (): void => this.#draft.flush();
    // A panel that was opened from the keyboard may have the focus before there was anything to give it to.
    if (document.hasFocus()) focusText();
    // The panel may have been given the focus while it was still empty.
    if (document.hasFocus()) focusText();
    window.addEventListener('focus', focusText);
    window.addEventListener('pagehide', onHidden);
    document.addEventListener('visibilitychange', onHidden);
    return () => {
      window.removeEventListener('focus', focusText);
      window.removeEventListener('pagehide', onHidden);
      document.removeEventListener('visibilitychange', onHidden);
    };
  };

  readonly onInput = (): void => {
    const text = this.#field?.value ?? '';
    this.#setIsEmpty(text.trim() === '');
    this.#draft.change(text);
  };

  readonly onBlur = (): void => this.#draft.flush();

  readonly onCompositionEnd = (event: CompositionEvent): void => {
    this.#compositionEndedAt = event.timeStamp;
  };

  readonly onKeyDown = (event: KeyboardEvent): void => {
    // Escape belongs to the input method while it composes, and to the panel otherwise.
    if (isInputMethodKey(event)) {
      if (event.key === 'Escape') event.stopPropagation();
      return;
    }
    const meaning = keyMeaning(event, {
      sendWith: this.#panel.store.sendWith.value,
      compositionEndedAt: this.#compositionEndedAt,
      canRecall: this.#canRecall(),
    });
    if (meaning === 'default' || meaning === 'newline') return;
    if (meaning === 'recallEarlier' || meaning === 'recallLater') {
      if (this.#recall(meaning === 'recallEarlier' ? 1 : -1)) event.preventDefault();
      return;
    }
    event.preventDefault();
    if (meaning === 'send') this.#send(event.timeStamp);
  };

  readonly sendAndStay = (): void => {
    this.#send(performance.now());
    this.#field?.focus();
  };

  readonly stop = (): void => {
    this.#panel.post({ type: 'turn/stop' });
    this.#field?.focus();
  };

  #send(now: number): void {
    const text = this.#field?.value ?? '';
    if (text.trim() === '' || this.#panel.store.status.value.busy) return;
    if (this.#sent?.text === text && now - this.#sent.at < resendGuard) return;
    this.#sent = { text, at: now };
    this.#draft.flush();
    this.#panel.post({ type: 'turn/send', text });
  }

  #take(note: ComposerNote): void {
    const current = this.#field?.value ?? '';
    switch (note.type) {
      case 'opened':
        if (current === '') this.#replace(note.draft);
        return;
      case 'filled':
        this.#sent = undefined;
        this.#replace(textWithFilled(current, note.text));
        if (note.focus) this.#field?.focus();
        return;
      case 'added':
        if (this.#sent && isSameText(this.#sent.text, note.text)) {
          this.#replace(textWithout(current, this.#sent.text));
          this.#sent = undefined;
        }
        return;
      case 'taken':
        this.#replace(textWithout(current, note.text));
    }
  }

  #canRecall(): boolean {
    const text = this.#field?.value ?? '';
    return text === '' || text === this.#recalled?.text;
  }

  #recall(step: 1 | -1): boolean {
    const isUnchanged = this.#field?.value !== '' && this.#recalled !== undefined;
    const stepsBack = (isUnchanged ? (this.#recalled?.stepsBack ?? -1) : -1) + step;
    const questions = this.#panel.store.turns.value.map(({ question }) => question.text);
    const text = stepsBack === -1 ? '' : recalled(questions, stepsBack);
    if (text === undefined || (text === '' && !isUnchanged)) return false;
    this.#replace(text);
    this.#recalled = text === '' ? undefined : { stepsBack, text };
    return true;
  }

  /** Through the editing command where the field has the focus, so that undo brings the former text back. */
  #replace(text: string): void {
    const field = this.#field;
    if (!field || field.value === text) return;
    if (document.activeElement === field) {
      field.select();
      document.execCommand(text === '' ? 'delete' : 'insertText', false, text);
    }
    if (field.value !== text) field.value = text;
    this.onInput();
  }
}

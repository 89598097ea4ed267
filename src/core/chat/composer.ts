// What lies in the composer: the text as the host last heard it, the attachments, and an edit under way.
import type { Attachment, Question } from './conversation.ts';

/** More would not be read by anybody before sending; the window's limit is checked in tokens. */
const mostAttachments = 20;

/** An earlier question taken back to be asked anew. What lay in the composer before waits aside. */
interface Edit {
  readonly turnId: string;
  readonly aside: { readonly text: string; readonly attachments: readonly Attachment[] };
}

export class Composer {
  text = '';
  #attachments: readonly Attachment[] = [];
  #edit: Edit | undefined;
  /** The failed turn whose question was put back; asking again takes its place. */
  #returnedTurnId: string | undefined;

  get attachments(): readonly Attachment[] {
    return this.#attachments;
  }

  /** The turn that sending would replace, with all after it. */
  get replaces(): string | undefined {
    return this.#edit?.turnId ?? this.#returnedTurnId;
  }

  /** What was attached already is not attached twice. Returns how many found no place. */
  attach(attachments: readonly Attachment[]): number {
    const added = attachments.filter((next) => !this.#attachments.some((one) => isSame(one, next)));
    const room = Math.max(0, mostAttachments - this.#attachments.length);
    this.#attachments = [...this.#attachments, ...added.slice(0, room)];
    return Math.max(0, added.length - room);
  }

  remove(attachmentId: string): void {
    this.#attachments = this.#attachments.filter((one) => one.id !== attachmentId);
  }

  edit(turnId: string, question: Question): void {
    const aside = this.#edit?.aside ?? { text: this.text, attachments: this.#attachments };
    this.#edit = { turnId, aside };
    this.#returnedTurnId = undefined;
    this.text = question.text;
    this.#attachments = question.attachments;
  }

  /** Emptying the composer by hand, or another conversation, gives the edit up. */
  endEdit(): void {
    this.#edit = undefined;
    this.#returnedTurnId = undefined;
  }

  /** After a send: what had been put aside comes back. */
  clear(): void {
    this.text = this.#edit?.aside.text ?? '';
    this.#attachments = this.#edit?.aside.attachments ?? [];
    this.endEdit();
  }

  /** Puts a failed question back, unless something else was written meanwhile. Returns whether it did. */
  takeBack(turnId: string, question: Question): boolean {
    if (this.text !== '') return false;
    const attachedMeanwhile = this.#attachments;
    this.text = question.text;
    this.#attachments = question.attachments;
    this.attach(attachedMeanwhile);
    this.#returnedTurnId = turnId;
    return true;
  }

  /** The failed turn is asked again from where it stands: its text leaves the composer if nobody changed it. */
  giveBack(turnId: string, question: Question): boolean {
    if (this.#returnedTurnId !== turnId) return false;
    this.#returnedTurnId = undefined;
    if (this.text !== question.text) return false;
    this.text = '';
    this.#attachments = [];
    return true;
  }
}

function isSame(one: Attachment, other: Attachment): boolean {
  return (
    one.path === other.path &&
    one.label === other.label &&
    one.text === other.text &&
    one.lines?.first === other.lines?.first &&
    one.lines?.last === other.lines?.last
  );
}

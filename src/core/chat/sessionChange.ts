// What a chat session tells of itself, as data; the host turns it into what views, memory and log are told.
import type { ConversationEvent } from './conversationEvent.ts';

/** What others are told; events are applied already when they are told. */
export type SessionChange =
  | { readonly type: 'conversation/opened' }
  | { readonly type: 'conversation/event'; readonly event: ConversationEvent }
  | { readonly type: 'activity/changed' }
  | { readonly type: 'attachments/changed' }
  /** An empty text only moves the focus. */
  | { readonly type: 'composer/filled'; readonly text: string; readonly focus: boolean }
  /** This text is not to stand in the composer any more. */
  | { readonly type: 'composer/taken'; readonly text: string }
  | { readonly type: 'draft/changed' }
  /** The conversation could not be written; told once until it works again. The chat goes on. */
  | { readonly type: 'storage/failed'; readonly error: unknown }
  /** A mistake in this program, for the log. */
  | { readonly type: 'unexpected'; readonly error: unknown };

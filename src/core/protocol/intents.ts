// The check of everything the chat panel sends: its own schemas, apart from the types, so that the view has no zod.
import * as z from 'zod/mini';
import type { Intent, RemedyId } from './protocol.ts';

/** More than the largest window holds; a longer message is no message of a person. */
const longestText = 4_000_000;
const longestId = 100;
const longestHref = 8_000;
const mostBlocks = 100_000;

const id = z.string().check(z.minLength(1), z.maxLength(longestId));
const text = z.string().check(z.maxLength(longestText));
const count = z.int().check(z.nonnegative());

const remedies = {
  retry: true,
  continue: true,
  'set-key': true,
  'switch-model': true,
  'open-settings': true,
  'open-network-settings': true,
  'open-proxy-settings': true,
  'open-console': true,
  'open-page': true,
  'drop-attachments': true,
  'new-chat': true,
  'show-log': true,
  'confirm-lane': true,
} satisfies Record<RemedyId, true>;

const bare = <T extends string>(type: T) => z.strictObject({ type: z.literal(type) });
const ofTurn = <T extends string>(type: T) => z.strictObject({ type: z.literal(type), turnId: id });
const ofBlock = <T extends string>(type: T) =>
  z.strictObject({
    type: z.literal(type),
    turnId: id,
    block: count.check(z.maximum(mostBlocks)),
    length: count.check(z.maximum(longestText)),
  });

/** One row an intent; a missing one does not compile. */
const schemas: { readonly [T in Intent['type']]: z.ZodMiniType<Extract<Intent, { type: T }>> } = {
  'view/ready': bare('view/ready'),
  'view/caughtUp': z.strictObject({ type: z.literal('view/caughtUp'), sequence: count }),
  'turn/send': z.strictObject({ type: z.literal('turn/send'), text }),
  'turn/stop': bare('turn/stop'),
  'turn/retry': ofTurn('turn/retry'),
  'turn/continue': ofTurn('turn/continue'),
  'turn/edit': ofTurn('turn/edit'),
  'turn/copy': ofTurn('turn/copy'),
  'code/copy': ofBlock('code/copy'),
  'code/insert': ofBlock('code/insert'),
  'link/open': z.strictObject({
    type: z.literal('link/open'),
    turnId: id,
    href: z.string().check(z.maxLength(longestHref)),
  }),
  'draft/changed': z.strictObject({ type: z.literal('draft/changed'), text }),
  'attachment/pick': bare('attachment/pick'),
  'attachment/remove': z.strictObject({ type: z.literal('attachment/remove'), id }),
  'chat/new': bare('chat/new'),
  'chat/history': bare('chat/history'),
  'model/switch': bare('model/switch'),
  'remedy/take': z.strictObject({
    type: z.literal('remedy/take'),
    turnId: id,
    remedy: z.enum(Object.keys(remedies) as RemedyId[]),
  }),
  'key/set': bare('key/set'),
};

/** undefined: not an intent; whoever receives drops and counts it. */
export function parseIntent(message: unknown): Intent | undefined {
  const type =
    typeof message === 'object' && message !== null && 'type' in message ? message.type : undefined;
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) return undefined;
  const parsed = schemas[type as Intent['type']].safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

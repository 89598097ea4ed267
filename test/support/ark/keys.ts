// The keys that the simulated ModelArk knows, and what each of them may do.

/** The key with which everything works. Its shape is the newer one: `ark-<uuid>-<5 characters>`. */
export const simulatedKey = 'ark-00000000-0000-4000-8000-000000000000-abcde';

/** A real key whose account has no Coding Plan: 403 InvalidSubscription on the coding lane, fine on the general one. */
export const keyWithoutPlan = 'ark-00000000-0000-4000-8000-000000000001-abcde';

/** A real key whose account has not paid: 403 AccountOverdueError on both lanes. */
export const overdueKey = 'ark-00000000-0000-4000-8000-000000000002-abcde';

/** A key of another region: 401 here, as for every key that this region does not know. */
export const foreignRegionKey = 'ark-00000000-0000-4000-8000-000000000003-abcde';

export type KeyStanding = 'good' | 'without-plan' | 'overdue' | 'foreign' | 'unknown' | 'malformed' | 'none';

const keyShape = /^(ark-)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[0-9a-z]{5})?$/i;

/** `authorization` is the raw header; `keys` are those that are good. */
export function keyStanding(authorization: string | undefined, keys: readonly string[]): KeyStanding {
  const key = bearerKey(authorization);
  if (key === undefined) return 'none';
  if (keys.includes(key)) return 'good';
  if (key === keyWithoutPlan) return 'without-plan';
  if (key === overdueKey) return 'overdue';
  if (key === foreignRegionKey) return 'foreign';
  return keyShape.test(key) ? 'unknown' : 'malformed';
}

/** The text after `Bearer `, or undefined without a bearer header. */
export function bearerKey(authorization: string | undefined): string | undefined {
  return /^Bearer +(.+)$/i.exec(authorization ?? '')?.[1];
}

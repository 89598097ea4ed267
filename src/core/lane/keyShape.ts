// What can be said of an API key by looking at it: what a paste brought along, and what no server would take.
import type { LaneKindId } from './lane.ts';
import { laneKind } from './laneKinds.ts';

/** What was taken off a pasted text. */
export type KeyTrim = 'spaces' | 'assignment' | 'quotes' | 'bearer';

/** Why it cannot be sent as a key. */
export type KeyFault =
  | 'empty'
  | 'several-lines'
  | 'several-keys'
  | 'space-inside'
  /** Outside of printable ASCII; no header can carry it. */
  | 'unsendable'
  | 'too-long';

/** It can be sent, but it looks like something else. */
export type KeyDoubt =
  /** An access key id or its secret: they sign control-plane calls and are no bearer key (api-facts 2.1). */
  'access-key' | 'other-product' | 'address' | 'too-short';

export type KeyShape =
  | {
      readonly usable: true;
      readonly key: string;
      readonly trimmed: readonly KeyTrim[];
      readonly doubt?: KeyDoubt;
    }
  | { readonly usable: false; readonly fault: KeyFault };

/** Doubts are raised only where the shape of a right key is known: on the provider's own lane kinds. */
export function keyShape(pasted: string, kind: LaneKindId): KeyShape {
  const { key, trimmed } = unwrap(pasted);
  const fault = faultOf(key);
  if (fault !== undefined) return { usable: false, fault };
  const doubt = laneKind(kind).path === 'any' ? undefined : doubtOf(key);
  return { usable: true, key, trimmed, ...(doubt === undefined ? {} : { doubt }) };
}

function unwrap(pasted: string): { key: string; trimmed: readonly KeyTrim[] } {
  const steps: readonly (readonly [KeyTrim, RegExp])[] = [
    ['assignment', /^(?:export\s+|set\s+)?[A-Z][A-Z0-9_]*\s*=\s*/],
    ['bearer', /^["'`]?(?:Authorization:\s*)?Bearer\s+/i],
    ['quotes', /^["'`“”‘’]+|["'`“”‘’;,]+$/g],
  ];
  const trimmed = new Set<KeyTrim>();
  // Editors and terminals put these around a copied text: no-break and zero-width spaces, the byte order mark.
  const invisible = /^[\s\u00a0\u200b\u2060\ufeff]+|[\s\u00a0\u200b\u2060\ufeff]+$/g;
  let key = pasted.replace(invisible, '');
  if (key !== pasted) trimmed.add('spaces');
  for (let before = ''; before !== key;) {
    before = key;
    for (const [what, pattern] of steps) {
      const rest = key.replace(pattern, '').replace(invisible, '');
      if (rest !== key) trimmed.add(what);
      key = rest;
    }
  }
  return { key, trimmed: [...trimmed] };
}

function faultOf(key: string): KeyFault | undefined {
  if (key === '') return 'empty';
  if (/[\r\n\u2028\u2029]/.test(key)) return 'several-lines';
  if (/[,;]/.test(key)) return 'several-keys';
  if (/[\t ]/.test(key)) return 'space-inside';
  if (!/^[\x21-\x7e]+$/.test(key)) return 'unsendable';
  return key.length > 4096 ? 'too-long' : undefined;
}

/** Real ones are a UUID, or `ark-<UUID>-<5 characters>` (api-facts 2.1); others get a doubt, never a refusal. */
function doubtOf(key: string): KeyDoubt | undefined {
  if (/^https?:\/\//i.test(key)) return 'address';
  if (/^AK(?:LT|AP|TP)/.test(key) || (/^[A-Za-z0-9+/]{40,}={1,2}$/.test(key) && !key.includes('-'))) {
    return 'access-key';
  }
  if (/^(?:sk-|sk_|pk-|gsk_|xai-|AIza|ghp_|github_pat_|hf_|pplx-|eyJ)/.test(key)) return 'other-product';
  return key.length < 20 ? 'too-short' : undefined;
}

// Takes the host's facts in their order, asks for everything again when one is missing, and says what is drawn.
import type { Fact, Intent } from '../../src/core/protocol/protocol.ts';
import type { Store } from './store.ts';

export interface Feed {
  readonly take: (fact: Fact) => void;
  /** To be called when everything taken so far is on the screen. */
  readonly drawn: () => void;
}

export function createFeed(store: Pick<Store, 'open' | 'apply'>, post: (intent: Intent) => void): Feed {
  /** Undefined: waiting for `view/opened`, changes mean nothing until then. */
  let taken: number | undefined;
  let told: number | undefined;

  return {
    take(fact) {
      if (fact.type === 'view/opened') {
        taken = fact.sequence;
        told = undefined;
        store.open(fact.state);
        return;
      }
      if (taken === undefined || fact.sequence <= taken) return;
      if (fact.sequence > taken + 1) {
        taken = undefined;
        post({ type: 'view/ready' });
        return;
      }
      taken = fact.sequence;
      store.apply(fact.changes);
    },
    drawn() {
      if (taken === undefined || taken === told) return;
      told = taken;
      post({ type: 'view/caughtUp', sequence: taken });
    },
  };
}

// The clock of this machine: monotonic for waits, wall time for people.
import type { Clock } from '../core/completion/clock.ts';

export const systemClock: Clock = {
  monotonic: () => performance.now(),
  now: () => Date.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  random: () => Math.random(),
};

// Placeholder.
import type { Scenario } from './scenario.ts';

export const wireFaults: readonly Scenario[] = [];

// Placeholder.
import type { Scenario } from './scenario.ts';

export const streamFaults: readonly Scenario[] = [];

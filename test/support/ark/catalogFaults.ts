// Placeholder.
import type { Scenario } from './scenario.ts';

export const catalogFaults: readonly Scenario[] = [];

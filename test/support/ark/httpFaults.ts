// Placeholder.
import type { Scenario } from './scenario.ts';

export const httpFaults: readonly Scenario[] = [];

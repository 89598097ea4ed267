// Placeholder.
import type { Scenario } from './scenario.ts';

export const connectionFaults: readonly Scenario[] = [];

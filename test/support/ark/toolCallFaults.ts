// Placeholder.
import type { Scenario } from './scenario.ts';

export const toolCallFaults: readonly Scenario[] = [];

// Placeholder.
import type { Scenario } from './scenario.ts';

export const hostileAnswers: readonly Scenario[] = [];

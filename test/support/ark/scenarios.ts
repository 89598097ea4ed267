// Every way in which the simulated ModelArk can misbehave: one table, gathered from one file for each subject.
import { catalogFaults } from './catalogFaults.ts';
import { connectionFaults } from './connectionFaults.ts';
import { hostileAnswers } from './hostileAnswers.ts';
import { httpFaults } from './httpFaults.ts';
import { limitFaults } from './limitFaults.ts';
import { refusalFaults } from './refusalFaults.ts';
import type { Scenario } from './scenario.ts';
import { streamFaults } from './streamFaults.ts';
import { toolCallFaults } from './toolCallFaults.ts';
import { wireFaults } from './wireFaults.ts';

export const scenarios: readonly Scenario[] = [
  ...refusalFaults,
  ...limitFaults,
  ...httpFaults,
  ...connectionFaults,
  ...streamFaults,
  ...wireFaults,
  ...toolCallFaults,
  ...hostileAnswers,
  ...catalogFaults,
];

/** Throws for a name that is not in the table. */
export function scenarioNamed(name: string): Scenario {
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario === undefined) throw new Error(`no scenario is called ${name}`);
  return scenario;
}

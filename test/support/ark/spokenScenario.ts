// Scenarios chosen by hand, with `/scenario <name>` in the chat.
import { lastUserText } from './conversation.ts';
import type { Exchange } from './exchange.ts';
import { plannedAnswer } from './plannedAnswer.ts';
import type { Scenario } from './scenario.ts';
import { scenarios } from './scenarios.ts';

interface Spoken {
  /** Requests seen so far with each message. */
  readonly counts: Map<string, number>;
  /** Puts a scenario of `/models` before the next so many requests of the list. */
  readonly enqueue: (scenario: Scenario, times: number) => void;
}

/**
 * `/scenario <name>` in the last user message; `xN` limits it to the first N requests with that message. A scenario of
 * `/models` waits instead, for the next N requests of the list (one without `xN`).
 */
export function spokenScenario(exchange: Exchange, { counts, enqueue }: Spoken): Scenario | undefined {
  const text = lastUserText(exchange.body);
  const [, name, times] = /(?:^|\s)\/scenario\s+([a-z0-9-]+)(?:[ \t]+x(\d+))?/.exec(text) ?? [];
  if (name === undefined) return undefined;
  const scenario = scenarios.find((each) => each.name === name);
  if (scenario === undefined) return plannedAnswer({ content: scenarioList(name) });
  if (scenario.endpoint === 'models') {
    enqueue(scenario, Number(times ?? 1));
    return plannedAnswer({
      content: `The next request for the list of models gets \`${name}\`: ${scenario.title}.`,
    });
  }
  const count = (counts.get(text) ?? 0) + 1;
  counts.set(text, count);
  return times !== undefined && count > Number(times) ? undefined : scenario;
}

function scenarioList(name: string): string {
  const rows = scenarios.map(
    (each) => `| \`${each.name}\` | ${each.rows.join(' ')} | ${each.title.replaceAll('|', '\\|')} |`,
  );
  const start = name === 'list' ? '' : `There is no scenario \`${name}\`. `;
  return `${start}These can be had:\n\n| name | rows | what happens |\n| --- | --- | --- |\n${rows.join('\n')}\n`;
}

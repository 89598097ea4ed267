// What a scenario is: a named way for the server to misbehave, and what a right client makes of it.
import type { Exchange } from './exchange.ts';

/** Fine tuning, all optional; each scenario says in its title what it looks at. */
export interface ScenarioOptions {
  /** Origin or URL of another server: redirect target, host of hostile pictures and links. */
  readonly to?: string;
  /** Seconds, for reset instants and Retry-After dates. */
  readonly seconds?: number;
  /** Number of deltas before the fault. */
  readonly after?: number;
  /** Bytes, for the scenarios that send much. */
  readonly bytes?: number;
}

export interface Scenario {
  /** kebab-case; what `setScenario` and `/scenario` take. */
  readonly name: string;
  readonly title: string;
  /** Rows of the fault and abuse matrices that it serves: `F19`, `A07`. */
  readonly rows: readonly string[];
  readonly endpoint: 'chat' | 'models';
  /** The answer text that a right client has at the end, whole or partial; undefined where there is none to keep. */
  readonly text?: string;
  /** The reasoning that a right client has at the end. */
  readonly reasoning?: string;
  /** The tool calls that a right client has at the end. */
  readonly toolCalls?: readonly { readonly id: string; readonly name: string; readonly arguments: string }[];
  readonly run: (exchange: Exchange) => Promise<void>;
}

// A lane: one route to a provider with its own endpoint, key, models and bill, as immutable data.

export type LaneKindId = 'byteplus_coding' | 'byteplus' | 'portkey' | 'openai_compatible';

/** Who is charged: the flat plan, the account per token, or whoever runs the gateway. */
export type Billing = 'plan' | 'per-token' | 'gateway';

/** Named differences of an endpoint. A new one is a field here with its default, one use and one fixture. */
export interface Quirks {
  /** The one token limit that is sent; Ark refuses both together (api-facts 0.6). */
  readonly tokenLimitField: 'max_tokens' | 'max_completion_tokens';
  /** `stream_options: { include_usage }` is understood. */
  readonly streamUsage: boolean;
  /** Ark's `thinking: { type }` is understood. */
  readonly thinking: boolean;
  /** `reasoning_effort` is understood. */
  readonly reasoningEffort: boolean;
  readonly tools: boolean;
  /** Which model ids are sent: the preferred names as they are written, or those that the lane's list has. */
  readonly modelIds: 'as-written' | 'dated';
  /** The gateway retries by itself, so only what was never sent is retried here (rule R1). */
  readonly retriesItself: boolean;
}

export interface Lane {
  /** Unique among the lanes; part of secret names, log lines and `languageModel` ids. */
  readonly id: string;
  readonly kind: LaneKindId;
  readonly label: string;
  /** Final: nothing but an endpoint's path is appended. No trailing slash. Checked by the guard at load and at use. */
  readonly baseUrl: string;
  readonly api: 'chat_completions';
  /** `bearer`: no request without a key. `optional`: the key is sent when there is one. */
  readonly auth: 'bearer' | 'optional';
  /** Environment variables that may hold the key, in order; built-in hosts and loopback only. */
  readonly envKeys: readonly string[];
  readonly billing: Billing;
  /** A model id, or `auto`. */
  readonly model: string;
  readonly preferredModels: readonly string[];
  readonly quirks: Quirks;
}

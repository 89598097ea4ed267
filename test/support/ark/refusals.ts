// Everything that the simulated ModelArk refuses, one row each, with the section of the fact sheet that says so.
// Long because it is one table: the order of its rows is the order in which a request is judged.
import type { ModelAnswer, ServedModel } from './catalog.ts';
import { isRecord, messagesOf, promptTokens, records } from './conversation.ts';
import type { ErrorType } from './errorBody.ts';
import type { KeyStanding } from './keys.ts';
import type { ChatBody, LaneName } from './ledger.ts';

/** What a chat request looks like at the moment of judging it. */
export interface Asked {
  readonly lane: LaneName;
  readonly key: KeyStanding;
  /** undefined: the body was not a JSON object. */
  readonly body: ChatBody | undefined;
  readonly model: ModelAnswer | undefined;
}

export interface Refusal {
  readonly name: string;
  /** Section of the fact sheet (`ref/api-facts.md`) that this behaviour is taken from. */
  readonly source: string;
  readonly status: number;
  readonly code: string;
  readonly type: ErrorType;
  readonly param?: string;
  /** The sentence to refuse with, or undefined when this row has nothing to say. */
  readonly message: (asked: Asked) => string | undefined;
}

/** Checked on every path, before it is even looked whether the path exists (api-facts 2.8). */
export const keyRefusals: readonly Refusal[] = [
  {
    name: 'no-key',
    source: 'api-facts 2.8',
    status: 401,
    code: 'AuthenticationError',
    type: 'Unauthorized',
    message: ({ key }) =>
      key === 'none' ? 'The API key or AK/SK in the request is missing or invalid.' : undefined,
  },
  {
    name: 'malformed-key',
    source: 'api-facts 2.6',
    status: 401,
    code: 'AuthenticationError',
    type: 'Unauthorized',
    message: ({ key }) => (key === 'malformed' ? 'The API key format is incorrect.' : undefined),
  },
  {
    name: 'foreign-region-key',
    source: 'api-facts 2.1',
    status: 401,
    code: 'AuthenticationError',
    type: 'Unauthorized',
    message: ({ key }) => (key === 'foreign' || key === 'unknown' ? "The API key doesn't exist." : undefined),
  },
];

const bad = { status: 400, type: 'BadRequest' } as const;

/** Checked on chat completions, in this order. */
export const chatRefusals: readonly Refusal[] = [
  {
    name: 'plan-missing',
    source: 'api-facts 2.6',
    status: 403,
    code: 'InvalidSubscription',
    type: 'Forbidden',
    message: ({ lane, key }) =>
      lane === 'coding' && key === 'without-plan'
        ? 'Your account does not have a valid Coding Plan subscription, or it has expired.'
        : undefined,
  },
  {
    name: 'account-overdue',
    source: 'api-facts 2.6',
    status: 403,
    code: 'AccountOverdueError',
    type: 'Forbidden',
    message: ({ key }) =>
      key === 'overdue' ? 'The request failed because your account has an overdue balance.' : undefined,
  },
  {
    ...bad,
    name: 'body-not-json',
    source: 'api-facts 2.6',
    code: 'InvalidParameter',
    message: ({ body }) => (body === undefined ? 'The request body is not a valid JSON object.' : undefined),
  },
  {
    ...bad,
    name: 'model-missing',
    source: 'api-facts 2.6',
    code: 'MissingParameter',
    param: 'model',
    message: ({ body }) =>
      typeof body?.['model'] === 'string' && body['model'] !== '' ? undefined : missing('model'),
  },
  {
    ...bad,
    name: 'messages-missing',
    source: 'api-facts 2.6',
    code: 'MissingParameter',
    param: 'messages',
    message: ({ body }) =>
      body !== undefined && messagesOf(body).length > 0 ? undefined : missing('messages'),
  },
  {
    name: 'model-unknown',
    source: 'api-facts 2.6',
    status: 404,
    code: 'InvalidEndpointOrModel.NotFound',
    type: 'NotFound',
    message: ({ lane, body, model }) =>
      model === 'unknown' && !(lane === 'general' && isShortAlias(body)) ? notFound(body) : undefined,
  },
  {
    name: 'short-alias-on-general-lane',
    source: 'api-facts 2.9',
    status: 404,
    code: 'InvalidEndpointOrModel.NotFound',
    type: 'NotFound',
    message: ({ lane, body, model }) =>
      model === 'unknown' && lane === 'general' && isShortAlias(body) ? notFound(body) : undefined,
  },
  {
    name: 'model-not-in-plan',
    source: 'api-facts 2.6',
    status: 404,
    code: 'UnsupportedModel',
    type: 'NotFound',
    message: ({ body, model }) =>
      model === 'not-in-plan'
        ? `The model ${String(body?.['model'])} does not support the coding plan feature.`
        : undefined,
  },
  {
    name: 'model-not-open',
    source: 'api-facts 2.6',
    status: 404,
    code: 'ModelNotOpen',
    type: 'NotFound',
    message: ({ body, model }) =>
      model === 'not-open'
        ? `Your account 3000000000 has not activated the model ${String(body?.['model'])}. Please activate the model service in the Ark Console.`
        : undefined,
  },
  {
    name: 'model-needs-endpoint',
    source: 'api-facts 2.6',
    status: 404,
    code: 'InvalidEndpointOrModel.ModelIDAccessDisabled',
    type: 'NotFound',
    message: ({ body, model }) =>
      model === 'endpoint-only'
        ? `Direct access to the model ${String(body?.['model'])} by its model ID is disabled. Use an endpoint ID instead.`
        : undefined,
  },
  {
    ...bad,
    name: 'model-does-not-chat',
    source: 'api-facts 2.6',
    code: 'InvalidParameter.UnsupportedModel',
    param: 'model',
    message: ({ body, model }) =>
      model === 'does-not-chat'
        ? `The model ${String(body?.['model'])} does not support this api.`
        : undefined,
  },
  {
    ...bad,
    name: 'both-token-limits',
    source: 'api-facts 0.6',
    code: 'InvalidParameter',
    param: 'max_completion_tokens',
    message: ({ body }) =>
      body?.['max_tokens'] != null && body['max_completion_tokens'] != null
        ? 'max_tokens and max_completion_tokens cannot be set at the same time.'
        : undefined,
  },
  {
    ...bad,
    name: 'max-tokens-above-ceiling',
    source: 'api-facts 2.9',
    code: 'InvalidParameter',
    param: 'max_tokens',
    message: withModel((body, { maxOutput }) => {
      const asked = body['max_tokens'];
      if (asked == null || (Number.isInteger(asked) && Number(asked) > 0 && Number(asked) <= maxOutput))
        return undefined;
      return `The parameter max_tokens specified in the request is not valid: integer above maximum value, expected a value <= ${maxOutput}, but got ${JSON.stringify(asked)} instead.`;
    }),
  },
  {
    ...bad,
    name: 'max-completion-tokens-out-of-range',
    source: 'api-facts 2.2',
    code: 'InvalidParameter',
    param: 'max_completion_tokens',
    message: ({ body }) => outOfRange(body, 'max_completion_tokens', 0, 65_536),
  },
  {
    ...bad,
    name: 'unknown-role',
    source: 'api-facts 0.7',
    code: 'InvalidArgumentError.UnknownRole',
    param: 'messages.role',
    message: ({ body }) => {
      const roles = ['system', 'user', 'assistant', 'tool'];
      const message = messagesOf(body ?? {}).find(({ role }) => !roles.includes(String(role)));
      return message && `Unknown role ${JSON.stringify(message.role)}, expected one of ${roles.join(', ')}.`;
    },
  },
  {
    ...bad,
    name: 'empty-text-part-in-assistant-history',
    source: 'api-facts 0.8',
    code: 'InvalidParameter',
    param: 'messages.content',
    message: ({ body }) =>
      messagesOf(body ?? {}).some(
        ({ role, content }) => role === 'assistant' && records(content).some((part) => part['text'] === ''),
      )
        ? 'The parameter messages.content specified in the request is not valid: text content is empty.'
        : undefined,
  },
  {
    ...bad,
    name: 'unknown-content-part',
    source: 'api-facts 2.2',
    code: 'InvalidParameter',
    param: 'messages.content.type',
    message: ({ body }) => {
      const known = ['text', 'image_url', 'video_url', 'input_audio'];
      const part = contentParts(body).find(({ type }) => !known.includes(String(type)));
      return (
        part && `Unknown content type ${JSON.stringify(part['type'])}, expected one of ${known.join(', ')}.`
      );
    },
  },
  {
    ...bad,
    name: 'image-to-text-model',
    source: 'api-facts 2.9',
    code: 'InvalidParameter.UnsupportedParameter',
    param: 'messages.content.image_url',
    message: withModel((body, { vision }) =>
      !vision && contentParts(body).some(({ type }) => type !== 'text')
        ? `The model ${String(body['model'])} only supports text input.`
        : undefined,
    ),
  },
  {
    ...bad,
    name: 'thinking-type-unknown',
    source: 'api-facts 2.3',
    code: 'InvalidParameter',
    param: 'thinking.type',
    message: ({ body }) => {
      const type = thinkingType(body);
      const known =
        body?.['thinking'] == null || type === 'enabled' || type === 'disabled' || type === 'auto';
      return known ? undefined : `Invalid thinking type ${JSON.stringify(type)}.`;
    },
  },
  {
    ...bad,
    name: 'thinking-auto',
    source: 'api-facts 2.3',
    code: 'InvalidParameter',
    param: 'thinking.type',
    message: withModel((body, { model }) =>
      thinkingType(body) === 'auto' && model.takesAutoThinking !== true
        ? `The parameter thinking.type specified in the request is not valid: auto is not supported by model ${String(body['model'])}.`
        : undefined,
    ),
  },
  {
    ...bad,
    name: 'thinking-cannot-be-disabled',
    source: 'api-facts 2.3',
    code: 'InvalidParameter',
    param: 'thinking.type',
    message: withModel((body, { model }) =>
      thinkingType(body) === 'disabled' && model.thinking === 'always'
        ? `The parameter thinking.type specified in the request is not valid: disabled is not supported by model ${String(body['model'])}.`
        : undefined,
    ),
  },
  {
    ...bad,
    name: 'effort-not-of-this-model',
    source: 'api-facts 2.3',
    code: 'InvalidParameter',
    param: 'reasoning_effort',
    message: withModel((body, { model }) => {
      const effort = body['reasoning_effort'];
      const legal = legalEfforts(model);
      return effort == null || legal.some((known) => known === effort)
        ? undefined
        : `The parameter reasoning_effort specified in the request is not valid: expected one of ${legal.join(', ')}, but got ${JSON.stringify(effort)} instead.`;
    }),
  },
  {
    ...bad,
    name: 'thinking-and-effort-do-not-match',
    source: 'api-facts 0.5',
    code: 'InvalidParameter',
    param: 'reasoning_effort',
    message: ({ body }) => {
      const effort = body?.['reasoning_effort'];
      return thinkingType(body) === 'disabled' && effort != null && effort !== 'minimal'
        ? 'Invalid combination of reasoning_effort and thinking type.'
        : undefined;
    },
  },
  {
    ...bad,
    name: 'too-many-tools',
    source: 'api-facts 2.2',
    code: 'InvalidParameter',
    param: 'tools',
    message: ({ body }) =>
      Array.isArray(body?.['tools']) && body['tools'].length > 128
        ? `The parameter tools specified in the request is not valid: array too long, expected at most 128, but got ${body['tools'].length} instead.`
        : undefined,
  },
  {
    ...bad,
    name: 'tool-without-type',
    source: 'api-facts 2.2',
    code: 'InvalidParameter',
    param: 'tools',
    message: ({ body }) =>
      Array.isArray(body?.['tools']) &&
      body['tools'].some(
        (tool: unknown) => !isRecord(tool) || tool['type'] !== 'function' || !isRecord(tool['function']),
      )
        ? "Invalid function format: 'type'."
        : undefined,
  },
  {
    ...bad,
    name: 'response-format-json-object',
    source: 'api-facts 2.2',
    code: 'InvalidParameter',
    param: 'response_format.type',
    message: ({ body }) =>
      responseFormat(body) === 'json_object'
        ? 'The parameter response_format.type specified in the request is not valid: json_object is not supported by this model.'
        : undefined,
  },
  {
    ...bad,
    name: 'response-format-json-schema',
    source: 'api-facts 2.2',
    code: 'InvalidParameter',
    param: 'response_format.type',
    message: withModel((body, { model }) =>
      responseFormat(body) === 'json_schema' && model.withoutJsonSchema === true
        ? 'The parameter response_format.type specified in the request is not valid: json_schema is not supported by this model.'
        : undefined,
    ),
  },
  {
    ...bad,
    name: 'temperature-out-of-range',
    source: 'api-facts 2.2',
    code: 'InvalidParameter',
    param: 'temperature',
    message: ({ body }) => outOfRange(body, 'temperature', 0, 2),
  },
  {
    ...bad,
    name: 'too-many-stop-words',
    source: 'api-facts 2.2',
    code: 'InvalidParameter',
    param: 'stop',
    message: ({ body }) =>
      Array.isArray(body?.['stop']) && body['stop'].length > 4
        ? 'stop takes at most 4 sequences.'
        : undefined,
  },
  {
    ...bad,
    name: 'context-too-long',
    source: 'api-facts 2.6',
    code: 'OutofContextError',
    message: withModel((body, { maxInput }) => {
      const tokens = promptTokens(body);
      return tokens > maxInput
        ? `Total tokens of the request exceed the max message tokens: ${tokens} > ${maxInput}.`
        : undefined;
    }),
  },
];

/** The values of reasoning_effort that a model takes (api-facts 2.3). */
function legalEfforts(model: ServedModel['model']): readonly string[] {
  const usual =
    model.thinking === 'always' ? ['low', 'medium', 'high'] : ['minimal', 'low', 'medium', 'high'];
  return [...usual, ...(model.extraEfforts ?? [])];
}

export function thinkingType(body: ChatBody | undefined): unknown {
  return isRecord(body?.['thinking']) ? body['thinking']['type'] : undefined;
}

function withModel(judge: (body: ChatBody, model: ServedModel) => string | undefined): Refusal['message'] {
  return ({ body, model }) =>
    body !== undefined && typeof model === 'object' ? judge(body, model) : undefined;
}

function missing(parameter: string): string {
  return `The request failed because it is missing ${parameter} parameter.`;
}

function notFound(body: ChatBody | undefined): string {
  return `The model or endpoint ${String(body?.['model'])} does not exist or you do not have access to it.`;
}

/** Plan aliases have a dot in their version or are the router's name; dated ids have neither. */
function isShortAlias(body: ChatBody | undefined): boolean {
  return !/-\d{6}$|^ep-/.test(String(body?.['model']));
}

function contentParts(body: ChatBody | undefined): readonly Readonly<Record<string, unknown>>[] {
  return messagesOf(body ?? {}).flatMap(({ content }) => records(content));
}

function responseFormat(body: ChatBody | undefined): unknown {
  return isRecord(body?.['response_format']) ? body['response_format']['type'] : undefined;
}

function outOfRange(
  body: ChatBody | undefined,
  name: string,
  least: number,
  most: number,
): string | undefined {
  const value = body?.[name];
  if (value == null || (typeof value === 'number' && value >= least && value <= most)) return undefined;
  return `The parameter ${name} specified in the request is not valid: expected a value between ${least} and ${most}, but got ${JSON.stringify(value)} instead.`;
}

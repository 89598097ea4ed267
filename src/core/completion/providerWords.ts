// Finds what a provider or gateway said in the many shapes that error bodies have.
import { isJsonObject, type JsonObject } from './jsonObject.ts';

/** The parts of an error body, as they were; nothing here is safe to show yet. */
export interface ProviderWords {
  readonly code?: string;
  readonly type?: string;
  readonly message?: string;
  readonly parameter?: string;
  readonly requestId?: string;
}

/**
 * What a JSON value says went wrong; undefined when it is no error at all. An object without any of the known error
 * fields is an error only where the HTTP status has said so: then pass `known`.
 */
export function providerWords(
  payload: unknown,
  known: 'maybe-an-error' | 'known',
): ProviderWords | undefined {
  if (typeof payload === 'string') return known === 'known' ? { message: payload } : undefined;
  if (!isJsonObject(payload)) return undefined;

  const metadata = payload['ResponseMetadata'];
  const error =
    payload['error'] ?? payload['Error'] ?? (isJsonObject(metadata) ? metadata['Error'] : undefined);
  if (typeof error === 'string' && error !== '') return { ...partsOf(payload), message: error };
  if (isJsonObject(error)) {
    const requestId = isJsonObject(metadata) ? word(metadata['RequestId']) : undefined;
    return { ...(requestId === undefined ? {} : { requestId }), ...partsOf(error) };
  }
  if (known === 'known' || payload['status'] === 'failure' || payload['ok'] === false)
    return partsOf(payload);
  // FastAPI's shape, and the one of a gateway whose upstream cannot be reached.
  return 'detail' in payload || 'html-message' in payload ? partsOf(payload) : undefined;
}

function partsOf(error: JsonObject): ProviderWords {
  const code = word(error['code'] ?? error['Code'] ?? error['CodeN']);
  const type = word(error['type'] ?? error['Type']);
  const message = sentence(
    error['message'] ?? error['Message'] ?? error['html-message'] ?? error['detail'] ?? error['msg'],
  );
  const parameter = word(error['param'] ?? error['Param']);
  const requestId = word(error['request_id'] ?? error['RequestId']) ?? requestIdIn(message);
  return {
    ...(code === undefined ? {} : { code }),
    ...(type === undefined ? {} : { type }),
    ...(message === undefined ? {} : { message: withoutNoise(message) }),
    ...(parameter === undefined ? {} : { parameter }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

const requestIdPattern = /\s*\(?request[ _]id:\s*([0-9A-Za-z-]+)\)?\.?/i;

function requestIdIn(message: string | undefined): string | undefined {
  return message === undefined ? undefined : requestIdPattern.exec(message)?.[1];
}

/** The request id has a place of its own, and the name of a gateway's upstream is not the provider's sentence. */
function withoutNoise(message: string): string {
  return message.replace(requestIdPattern, '').replace(/^openai error:\s*/i, '');
}

function word(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' && value !== 'null' ? value : undefined;
}

function sentence(value: unknown): string | undefined {
  // FastAPI lists what did not validate.
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (!isJsonObject(first)) return typeof first === 'string' ? first : undefined;
  const inner = first['message'] ?? first['msg'];
  return typeof inner === 'string' ? inner : undefined;
}

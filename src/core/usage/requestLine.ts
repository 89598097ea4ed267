// One request as one line of the log: names and figures in a fixed order, nothing that could be a key or a body.
import { plainLine } from '../prompt/plainLine.ts';
import type { RequestRecord } from './requestRecord.ts';

/** What a stranger's server may put into one field of a line. */
const longestField = 200;

export function requestLine(record: RequestRecord): string {
  const { modelAsked, modelEchoed, usage } = record;
  const model = [modelAsked, modelEchoed === modelAsked ? undefined : modelEchoed]
    .filter(isDefined)
    .map(field);
  return [
    `[${field(record.lane)}]`,
    field(record.purpose),
    field(record.host),
    model.join(' → '),
    `via ${field(record.transport)}`,
    record.attempt > 1 ? `request ${String(record.attempt)}` : '',
    record.status === undefined ? 'no status' : String(record.status),
    field(record.outcome),
    record.providerCode === undefined ? '' : `code ${field(record.providerCode)}`,
    record.firstByteMs === undefined ? '' : `first byte ${seconds(record.firstByteMs)}`,
    `total ${seconds(record.totalMs)}`,
    usage === undefined ? '' : tokens(usage),
    record.requestId === undefined ? '' : `id ${field(record.requestId)}`,
    record.note === undefined ? '' : field(record.note),
  ]
    .filter((part) => part !== '')
    .join(' · ');
}

function tokens({
  promptTokens,
  completionTokens,
  cachedTokens,
  reasoningTokens,
}: NonNullable<RequestRecord['usage']>): string {
  const cached = cachedTokens ? ` (${String(cachedTokens)} cached)` : '';
  const thinking = reasoningTokens ? ` (${String(reasoningTokens)} thinking)` : '';
  return `tokens ${String(promptTokens)} in${cached}, ${String(completionTokens)} out${thinking}`;
}

/** Milliseconds where they matter, seconds where they do not. */
function seconds(milliseconds: number): string {
  const rounded = Math.round(milliseconds);
  return rounded < 1_000 ? `${String(rounded)} ms` : `${(rounded / 1_000).toFixed(1)} s`;
}

/** Models, codes and ids come from servers: a line end or an escape among them would forge the log (A08). */
function field(text: string): string {
  const line = plainLine(text.slice(0, longestField * 2));
  return line.length <= longestField ? line : `${line.slice(0, longestField - 1)}…`;
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}

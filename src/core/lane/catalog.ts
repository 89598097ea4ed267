// What `/models` answers, read loosely: the chat models of every known shape, with whatever is said of their limits.
import { completionError } from '../completion/completionError.ts';
import { isDated, modelStem } from './modelNames.ts';

/** `retiring` still answers; `shutdown` is remembered, so that it can be struck from a list of one's own. */
export type CatalogStatus = 'live' | 'retiring' | 'shutdown';

export interface CatalogModel {
  readonly id: string;
  readonly status: CatalogStatus;
  /** Seconds since the epoch; 0 when not said. */
  readonly created: number;
  readonly contextWindow?: number;
  readonly maxInputTokens?: number;
  readonly maxOutputTokens?: number;
  readonly vision?: boolean;
  readonly tools?: boolean;
}

/**
 * The chat models in an answer's body.
 * @throws CompletionError `malformed`: no list in it, or an empty one
 */
export function parseCatalog(body: unknown): readonly CatalogModel[] {
  const rows = listIn(body);
  if (rows === undefined) throw completionError('malformed', 'not-an-answer');
  if (rows.length === 0) throw completionError('malformed', 'empty-answer');
  const models = new Map<string, CatalogModel>();
  for (const row of rows) {
    const model = readRow(row);
    if (model !== undefined && !models.has(model.id)) models.set(model.id, model);
  }
  return [...models.values()];
}

/** The row of a model: by its exact id, else whatever its case, else as alias or dated id; live and newest first. */
export function findInCatalog(models: readonly CatalogModel[], id: string): CatalogModel | undefined {
  const exact = models.find((model) => model.id === id);
  if (exact !== undefined) return exact;
  const lower = id.toLowerCase();
  const anyCase = models.find((model) => model.id.toLowerCase() === lower);
  if (anyCase !== undefined) return anyCase;
  const stem = modelStem(id);
  return models
    .filter((model) => modelStem(model.id) === stem && !(isDated(id) && isDated(model.id)))
    .toSorted(bestFirst)[0];
}

/** Live before retiring before shut down, then the newest, then by id so that the order is the same every time. */
export function bestFirst(left: CatalogModel, right: CatalogModel): number {
  return (
    statusOrder.indexOf(left.status) - statusOrder.indexOf(right.status) ||
    right.created - left.created ||
    (left.id < right.id ? -1 : 1)
  );
}

const statusOrder: readonly CatalogStatus[] = ['live', 'retiring', 'shutdown'];

/** Where the known shapes keep their list (api-facts 1.5). */
function listIn(body: unknown): readonly unknown[] | undefined {
  if (Array.isArray(body)) return body as readonly unknown[];
  const record = asRecord(body);
  return [
    record['data'],
    record['models'],
    record['modelSummaries'],
    asRecord(record['Result'])['Items'],
    asRecord(record['result'])['models'],
  ].find((list): list is readonly unknown[] => Array.isArray(list));
}

function readRow(row: unknown): CatalogModel | undefined {
  const fields = asRecord(row);
  const id = readId(
    typeof row === 'string' ? row : (fields['id'] ?? fields['modelId'] ?? fields['model'] ?? fields['name']),
  );
  if (id === undefined || !chats(fields)) return undefined;
  const limits = asRecord(fields['token_limits']);
  const contextWindow = tokens(
    limits['context_window'] ??
      fields['context_window'] ??
      fields['context_length'] ??
      fields['max_model_len'],
  );
  const maxInputTokens = tokens(limits['max_input_token_length'] ?? fields['max_input_tokens']);
  const maxOutputTokens = tokens(limits['max_output_token_length'] ?? fields['max_output_tokens']);
  const inputs = asRecord(fields['modalities'])['input_modalities'];
  const tools = asRecord(asRecord(fields['features'])['tools'])['function_calling'];
  return {
    id,
    status: readStatus(fields),
    created: typeof fields['created'] === 'number' ? fields['created'] : 0,
    ...(contextWindow === undefined ? {} : { contextWindow }),
    ...(maxInputTokens === undefined ? {} : { maxInputTokens }),
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(Array.isArray(inputs) ? { vision: inputs.includes('image') } : {}),
    ...(typeof tools === 'boolean' ? { tools } : {}),
  };
}

/** Ids are shown and sent, so one with control characters is nobody's id. */
function readId(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const id = value.trim();
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  return id === '' || id.length > 200 || /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(id) ? undefined : id;
}

function readStatus(fields: Fields): CatalogStatus {
  const status = text(fields['status']);
  if (status === 'shutdown' || status === 'archived' || fields['archived'] === true) return 'shutdown';
  return status === 'retiring' || status === 'deprecated' || fields['deprecated'] === true
    ? 'retiring'
    : 'live';
}

const otherWork = /embed|image|video|3d|audio|speech|voice|music|translat|rerank|ocr/;

/** A row that says nothing of what it does counts as a chat model: most lists say nothing. */
function chats(fields: Fields): boolean {
  if (otherWork.test(text(fields['domain']))) return false;
  const tasks = fields['task_type'];
  if (Array.isArray(tasks) && tasks.length > 0 && !tasks.some((task) => !otherWork.test(text(task)))) {
    return false;
  }
  const outputs = asRecord(fields['modalities'])['output_modalities'];
  return !Array.isArray(outputs) || outputs.length === 0 || outputs.includes('text');
}

function tokens(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.toLowerCase() : '';
}

type Fields = Readonly<Record<string, unknown>>;

function asRecord(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

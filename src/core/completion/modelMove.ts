// Tells whether a refusal is about the model alone, so that `auto` may ask the next one of the same lane.
import type { CompletionError } from './completionError.ts';

const statuses: ReadonlySet<number> = new Set([400, 404, 410, 422]);

const codes: ReadonlySet<string> = new Set([
  'InvalidEndpointOrModel.NotFound',
  'InvalidEndpointOrModel.ModelIDAccessDisabled',
  'ModelNotOpen',
  'UnsupportedModel',
  'model_not_found',
  'unsupported_model',
]);

/** Exactly these codes, or the parameter `model`. An error within an HTTP 200 counts by its code alone (F34). */
export function isModelMismatch(error: CompletionError): boolean {
  const { status, code, parameter } = error.details;
  if (status === undefined || (status !== 200 && !statuses.has(status))) return false;
  return (code !== undefined && codes.has(code)) || parameter === 'model';
}

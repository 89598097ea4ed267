// Remembers for the life of a window which optional parameters a model on a lane has refused.
import type { DroppableField, LearnedRefusals } from './connection.ts';

const none: ReadonlySet<DroppableField> = new Set();

export function createLearnedRefusals(): LearnedRefusals {
  const refused = new Map<string, Set<DroppableField>>();
  const tokenLimits = new Map<string, number>();
  // A lane's id holds no line end.
  const keyOf = (laneId: string, model: string): string => `${laneId}\n${model}`;
  return {
    get: (laneId, model) => refused.get(keyOf(laneId, model)) ?? none,
    tokenLimit: (laneId, model) => tokenLimits.get(keyOf(laneId, model)),
    add: (laneId, model, field, tokenLimit) => {
      const key = keyOf(laneId, model);
      refused.set(key, new Set([...(refused.get(key) ?? none), field]));
      if (field !== 'max_tokens') return;
      if (tokenLimit === undefined) tokenLimits.delete(key);
      else tokenLimits.set(key, tokenLimit);
    },
  };
}

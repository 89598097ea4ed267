// The rows of the picker: every lane with its bill, what stands in its way, and its models in the order of `auto`.
import { autoModel, isAuto, type Listing, shownModel } from './candidates.ts';
import { bestFirst, type CatalogModel, findInCatalog } from './catalog.ts';
import { factsOf } from './factsOf.ts';
import type { Lane } from './lane.ts';
import type { ConfiguredLane } from './laneSettings.ts';
import type { ModelFacts } from './modelFacts.ts';
import { planModels } from './planModels.ts';

export interface LaneGroup extends ConfiguredLane {
  /** A key was found, or the lane can do without. */
  readonly hasKey: boolean;
  /** What is known of its list; undefined: never asked. */
  readonly listing: Listing | undefined;
}

export interface Choice {
  readonly laneId: string;
  readonly model: string;
}

export type PickerRow =
  /** The heading of a lane. */
  | { readonly type: 'lane'; readonly lane: Lane }
  | {
      readonly type: 'problem';
      readonly lane: Lane;
      readonly problem: NonNullable<ConfiguredLane['problem']>;
    }
  | { readonly type: 'set-key'; readonly lane: Lane }
  /** Where the models come from, when that is not a fresh list. */
  | { readonly type: 'listing'; readonly lane: Lane; readonly listing: Exclude<Listing, { type: 'listed' }> }
  | { readonly type: 'auto'; readonly lane: Lane; readonly first: string; readonly isChosen: boolean }
  | {
      readonly type: 'model';
      readonly lane: Lane;
      readonly model: ModelFacts;
      readonly isRetiring: boolean;
      readonly isChosen: boolean;
    }
  /** An id as it was typed, on a lane that does not show it. */
  | { readonly type: 'typed'; readonly lane: Lane; readonly model: string };

/** Lanes in their order; only a lane that can work offers models. `typed` is what stands in the picker's input. */
export function pickerRows(
  groups: readonly LaneGroup[],
  chosen: Choice,
  typed: string,
): readonly PickerRow[] {
  return groups.flatMap((group) => rowsOf(group, chosen, typed.trim()));
}

function rowsOf(group: LaneGroup, chosen: Choice, typed: string): readonly PickerRow[] {
  const { lane, problem, listing } = group;
  const rows: PickerRow[] = [{ type: 'lane', lane }];
  if (problem !== undefined) return [...rows, { type: 'problem', lane, problem }];
  if (!group.hasKey) rows.push({ type: 'set-key', lane });
  if (listing !== undefined && listing.type !== 'listed') rows.push({ type: 'listing', lane, listing });

  const chosenHere = chosen.laneId === lane.id ? chosen.model : undefined;
  const models = offeredModels(lane, listing, chosenHere);
  rows.push({
    type: 'auto',
    lane,
    first: shownModel(lane, autoModel, listing),
    isChosen: chosenHere !== undefined && isAuto(chosenHere),
  });
  const catalog = catalogOf(listing);
  for (const id of models) {
    const row = findInCatalog(catalog, id);
    rows.push({
      type: 'model',
      lane,
      model: factsOf(lane, id, row),
      isRetiring: row?.status === 'retiring',
      isChosen: id === chosenHere,
    });
  }
  const isShown = isAuto(typed) || models.some((id) => id.toLowerCase() === typed.toLowerCase());
  if (!isShown && isModelId(typed)) rows.push({ type: 'typed', lane, model: typed });
  return rows;
}

/** The chosen model, the lane's own, the preferred ones, then the plan's or the list's; each once, none shut down. */
function offeredModels(
  lane: Lane,
  listing: Listing | undefined,
  chosen: string | undefined,
): readonly string[] {
  const catalog = catalogOf(listing);
  const pinned = [lane.model, chosen ?? autoModel].filter((model) => !isAuto(model));
  const preferred =
    lane.quirks.modelIds === 'as-written' || catalog.length === 0
      ? lane.preferredModels
      : lane.preferredModels.flatMap((id) => findInCatalog(catalog, id)?.id ?? []);
  const further =
    lane.kind === 'byteplus_coding'
      ? planModels.filter(({ standing }) => standing !== 'older').map(({ id }) => id)
      : shownOfList(lane, catalog);
  const usable = [...preferred, ...further].filter((id) => findInCatalog(catalog, id)?.status !== 'shutdown');
  return [...new Set([...usable, ...pinned])];
}

function shownOfList(lane: Lane, catalog: readonly CatalogModel[]): readonly string[] {
  return lane.quirks.modelIds === 'as-written' ? [] : catalog.toSorted(bestFirst).map(({ id }) => id);
}

function catalogOf(listing: Listing | undefined): readonly CatalogModel[] {
  return listing === undefined || listing.type === 'failed' ? [] : listing.models;
}

/** What may be sent as a model: one word that fits a line. */
function isModelId(text: string): boolean {
  return text.length > 0 && text.length <= 200 && /^[^\s\p{Cc}]+$/u.test(text);
}

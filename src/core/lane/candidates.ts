// Which models a request tries, and in which order: the pinned one alone, or what `auto` makes of the lane's list.
import { type CompletionError, completionError } from '../completion/completionError.ts';
import type { Candidates, CandidateSource } from '../completion/connection.ts';
import { bestFirst, type CatalogModel, findInCatalog } from './catalog.ts';
import { factsOf } from './factsOf.ts';
import type { Lane } from './lane.ts';

/** What came of the last listing of a lane's models. Instants are epoch milliseconds. */
export type Listing =
  | { readonly type: 'listed'; readonly models: readonly CatalogModel[]; readonly listedAt: number }
  | {
      readonly type: 'stale';
      readonly models: readonly CatalogModel[];
      readonly listedAt: number;
      readonly because: CompletionError;
    }
  | { readonly type: 'failed'; readonly because: CompletionError };

export const autoModel = 'auto';

export function isAuto(model: string): boolean {
  const trimmed = model.trim().toLowerCase();
  return trimmed === '' || trimmed === autoModel;
}

/** The one model that was chosen, word for word; what an earlier listing said of it only adds to its facts. */
export function pinnedCandidate(lane: Lane, model: string, known: Listing | undefined): Candidates {
  return {
    models: [factsOf(lane, model, findInCatalog(modelsOf(known), model))],
    source: { type: 'pinned' },
  };
}

/**
 * The order of `auto`. Where ids are sent as written, the lane's list names more than can be used and less: then the
 * preferred models count, less those that were shut down, and the list adds none.
 * @throws CompletionError `model-unavailable/no-model-known`
 */
export function autoCandidates(lane: Lane, listing: Listing): Candidates {
  const models =
    listing.type === 'failed'
      ? lane.preferredModels.map((id) => factsOf(lane, id, undefined))
      : usableModels(lane, listing.models);
  const seen = new Set<string>();
  const unique = models.filter(({ id }) => !seen.has(id) && seen.add(id));
  if (unique.length === 0) {
    const options = listing.type === 'listed' ? {} : { cause: listing.because };
    throw completionError('model-unavailable', 'no-model-known', { lane: lane.label }, options);
  }
  return { models: unique, source: sourceOf(listing) };
}

/** What to show for a choice: itself, or what `auto` would take first as far as is known now. */
export function shownModel(lane: Lane, choice: string, known: Listing | undefined): string {
  if (!isAuto(choice)) return choice;
  if (known === undefined || known.type === 'failed') return lane.preferredModels[0] ?? autoModel;
  return usableModels(lane, known.models)[0]?.id ?? autoModel;
}

/** The lane's models in the order of `auto`, as a list has them. */
function usableModels(lane: Lane, catalog: readonly CatalogModel[]): Candidates['models'] {
  return lane.quirks.modelIds === 'as-written' ? preferredOf(lane, catalog) : listedOf(lane, catalog);
}

function preferredOf(lane: Lane, catalog: readonly CatalogModel[]): Candidates['models'] {
  return lane.preferredModels.flatMap((id) => {
    const row = findInCatalog(catalog, id);
    return row?.status === 'shutdown' ? [] : [factsOf(lane, id, row)];
  });
}

function listedOf(lane: Lane, catalog: readonly CatalogModel[]): Candidates['models'] {
  const usable = catalog.filter((model) => model.status !== 'shutdown').toSorted(bestFirst);
  const preferred = lane.preferredModels.flatMap((id) => findInCatalog(usable, id) ?? []);
  return [...preferred, ...usable].map((row) => factsOf(lane, row.id, row));
}

function sourceOf(listing: Listing): CandidateSource {
  switch (listing.type) {
    case 'listed':
      return { type: 'listed', listedAt: listing.listedAt };
    case 'stale':
      return { type: 'stale', listedAt: listing.listedAt, because: listing.because };
    case 'failed':
      return { type: 'preferred', because: listing.because };
  }
}

function modelsOf(listing: Listing | undefined): readonly CatalogModel[] {
  return listing === undefined || listing.type === 'failed' ? [] : listing.models;
}

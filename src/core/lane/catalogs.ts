// The lists of models of all lanes: asked for when needed, kept for a while, and the last good one when asking fails.
import type { Clock } from '../completion/clock.ts';
import { CompletionError, completionError } from '../completion/completionError.ts';
import type { RequestPurpose } from '../usage/requestRecord.ts';
import type { Listing } from './candidates.ts';
import { parseCatalog } from './catalog.ts';
import type { Lane } from './lane.ts';
import { untilAborted } from './untilAborted.ts';

/** `GET /models`, answered as parsed JSON. Throws a CompletionError, or the signal's reason. */
export type ListModels = (
  lane: Lane,
  key: string | undefined,
  purpose: RequestPurpose,
  signal: AbortSignal,
) => Promise<unknown>;

export interface CatalogPorts {
  readonly listModels: ListModels;
  readonly clock: Clock;
}

interface Entry {
  readonly key: string | undefined;
  readonly listing: Listing;
  /** On the monotonic clock; a failure is believed as long as a success, lest every question wait for it again. */
  readonly until: number;
}

interface Flight {
  readonly key: string | undefined;
  readonly controller: AbortController;
  readonly listing: Promise<Listing>;
  waiting: number;
}

const freshMs = 30_000;
/** Far less than a completion may take: an answer waits for this list. */
const deadlineSeconds = 10;

export class Catalogs {
  readonly #ports: CatalogPorts;
  readonly #entries = new Map<string, Entry>();
  readonly #flights = new Map<string, Flight>();

  constructor(ports: CatalogPorts) {
    this.#ports = ports;
  }

  /**
   * The lane's list: from memory while fresh, else asked for. All who ask meanwhile share one request, which ends when
   * the last of them has gone.
   * @throws CompletionError for what no other list could cure: the key's own errors, a refused address
   */
  async listing(
    lane: Lane,
    key: string | undefined,
    purpose: RequestPurpose,
    signal: AbortSignal,
    options: { readonly anew?: boolean } = {},
  ): Promise<Listing> {
    signal.throwIfAborted();
    const place = placeOf(lane);
    const entry = this.#entries.get(place);
    const isFresh = entry !== undefined && entry.key === key && this.#ports.clock.monotonic() < entry.until;
    if (isFresh && options.anew !== true) return entry.listing;

    const flight = this.#flightFor(place, lane, key, purpose);
    flight.waiting += 1;
    try {
      return await untilAborted(flight.listing, signal);
    } finally {
      flight.waiting -= 1;
      if (flight.waiting === 0) flight.controller.abort();
    }
  }

  /** What came of the last listing, whatever its age; asks nobody. */
  known(lane: Lane): Listing | undefined {
    return this.#entries.get(placeOf(lane))?.listing;
  }

  /** After a key was changed or cleared: what another key may use says nothing. */
  forget(lane: Lane): void {
    this.#entries.delete(placeOf(lane));
    this.#flights.delete(placeOf(lane));
  }

  #flightFor(place: string, lane: Lane, key: string | undefined, purpose: RequestPurpose): Flight {
    const current = this.#flights.get(place);
    if (current !== undefined && current.key === key && !current.controller.signal.aborted) return current;
    const controller = new AbortController();
    const flight: Flight = {
      key,
      controller,
      waiting: 0,
      listing: this.#ask(place, lane, key, purpose, controller).finally(() => {
        if (this.#flights.get(place) === flight) this.#flights.delete(place);
      }),
    };
    // Whoever waits sees the failure; when all have gone, nobody has to.
    flight.listing.catch(() => undefined);
    this.#flights.set(place, flight);
    return flight;
  }

  async #ask(
    place: string,
    lane: Lane,
    key: string | undefined,
    purpose: RequestPurpose,
    controller: AbortController,
  ): Promise<Listing> {
    const { clock, listModels } = this.#ports;
    // A list that comes after the key was changed is told to those who asked, and not kept.
    const keep = (listing: Listing, until: number): Listing => {
      const isCurrent = this.#flights.get(place)?.controller === controller;
      if (isCurrent) this.#entries.set(place, { key, listing, until });
      return listing;
    };
    const cancelDeadline = clock.after(deadlineSeconds * 1000, () => {
      controller.abort(
        completionError('timeout', 'first-byte', { lane: lane.label, seconds: deadlineSeconds }),
      );
    });
    try {
      const body = await untilAborted(listModels(lane, key, purpose, controller.signal), controller.signal);
      const listing: Listing = { type: 'listed', models: parseCatalog(body), listedAt: clock.now() };
      return keep(listing, clock.monotonic() + freshMs);
    } catch (error) {
      if (!(error instanceof CompletionError)) throw error;
      if (error.kind === 'auth') keep({ type: 'failed', because: error }, -Infinity);
      if (error.kind === 'auth' || (error.kind === 'wrong-lane' && error.neverSent)) throw error;
      return keep(withoutNews(this.#entries.get(place), key, error), clock.monotonic() + freshMs);
    } finally {
      cancelDeadline();
    }
  }
}

/** What a failed listing leaves: the last good list of the same key, else nothing. */
function withoutNews(last: Entry | undefined, key: string | undefined, because: CompletionError): Listing {
  if (last === undefined || last.key !== key || last.listing.type === 'failed') {
    return { type: 'failed', because };
  }
  return { ...last.listing, type: 'stale', because };
}

function placeOf(lane: Lane): string {
  return `${lane.id} ${lane.baseUrl}`;
}

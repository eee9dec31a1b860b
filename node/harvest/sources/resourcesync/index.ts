import {
  findSets,
  type FoundSets,
  ResourceSyncClient,
  type SyncSet,
  timeSpan,
} from '../../../../protocols/resourcesync/index.ts';
import { utcSeconds } from '../../../../protocols/oai-pmh/index.ts';
import type { ResourceSyncSourceConfig } from '../../../config/index.ts';
import type { Inspection, Selection, Source, SourceItem, SourcePage, SourceParts } from '../source.ts';
import { Documents } from './documents.ts';
import { FilesElsewhere } from './files-elsewhere.ts';
import { look } from './look.ts';
import { oneOf } from './one.ts';
import { pagesOf } from './pages.ts';
import { type Plan, planAll, planChanges } from './plan.ts';
import { type Position, positionLost, readPosition } from './position.ts';
import { changesOnly, otherResources, troubleWith } from './problems.ts';
import type { Event } from './event.ts';
import { Reading } from './reading.ts';

export function resourceSyncSource(config: ResourceSyncSourceConfig, parts: SourceParts): Source {
  return new ResourceSyncSource(config.url, parts);
}

/**
 * A repository that is harvested by ResourceSync (ANSI/NISO Z39.99-2017): everything, by its dump or its resource list;
 * what is new, by its changes. A record is a resource that is metadata; its OAI identifier is the resource's address, or
 * for records of another node the one that they bear.
 */
class ResourceSyncSource implements Source {
  readonly url: string;
  readonly #parts: SourceParts;
  readonly #elsewhere = new FilesElsewhere();
  #found: FoundSets | undefined;

  constructor(url: string, parts: SourceParts) {
    this.url = url;
    this.#parts = parts;
  }

  async inspect(signal: AbortSignal): Promise<Inspection> {
    const { sets, troubles } = (this.#found = await findSets(this.#client(signal), this.url));
    const isWhole = sets.every(
      ({ documents: { resourcelist, resourcedump } }) => resourcelist ?? resourcedump,
    );
    return {
      scope: ['resourcesync', this.url, ...sets.map(({ id }) => id).toSorted()].join(' '),
      problems: [
        ...troubles.map((error) => troubleWith(error, 'warning')),
        ...(isWhole ? [] : [changesOnly]),
      ],
    };
  }

  /** @param selection.set address of a capability list */
  async *pages({ since, position, set }: Selection, signal: AbortSignal): AsyncGenerator<SourcePage> {
    // Ends the requests under way when the caller stops early.
    const stop = new AbortController();
    const client = this.#client(AbortSignal.any([signal, stop.signal]));
    const documents = new Documents(client);
    try {
      const { sets } = (this.#found ??= await findSets(client, this.url));
      const wanted = set === undefined ? sets : sets.filter(({ id }) => id === set);
      const plan = (one: SyncSet): Promise<Plan> => {
        const from = timeSpan(since)?.first;
        return from === undefined ? planAll(one, documents) : planChanges(one, from, documents);
      };
      const start = position === undefined ? await this.#begin(wanted, plan) : goOn(wanted, position);
      const reading = new Reading({ client, documents, elsewhere: this.#elsewhere, time: start.time });
      yield* pagesOf(eventsOf(reading, start, plan), {
        time: start.time,
        look: (step) => look(step, client, start.time),
        atEnd: (others) => (since === undefined ? otherResources(others, reading.apart) : []),
        total: () => (wanted.length === 1 ? reading.total : undefined),
      });
    } finally {
      stop.abort();
      await documents.close();
    }
  }

  async one(oaiIdentifier: string, signal: AbortSignal): Promise<SourceItem | undefined> {
    const client = this.#client(signal);
    const documents = new Documents(client);
    try {
      const { sets } = (this.#found ??= await findSets(client, this.url));
      return await oneOf(oaiIdentifier, {
        client,
        documents,
        sets,
        time: utcSeconds(this.#parts.clock.now()),
      });
    } finally {
      await documents.close();
    }
  }

  /** Settles how every set is read, and from when on the next harvest has to ask for changes. */
  async #begin(sets: readonly SyncSet[], plan: (set: SyncSet) => Promise<Plan>): Promise<Start> {
    const now = this.#parts.clock.now();
    const plans: Plan[] = [];
    for (const set of sets) plans.push(await plan(set));
    // A clock that is ahead of ours must not make us miss what changes in between.
    const time = Math.min(now, ...plans.map(({ time }) => time ?? now));
    return { time: utcSeconds(time), sets, plans, resume: undefined };
  }

  #client(signal: AbortSignal): ResourceSyncClient {
    const { fetch, clock, log } = this.#parts;
    return new ResourceSyncClient({
      fetch,
      clock,
      signal,
      onRetry: ({ url, reason: { code, message } }) => log.info({ url, code }, `asks again: ${message}`),
    });
  }
}

/** Where a harvest begins or goes on. */
interface Start {
  time: string;
  /** Those that are still to be read. */
  sets: readonly SyncSet[];
  /** Of the first of them, as far as they are known. */
  plans: readonly Plan[];
  resume: Position | undefined;
}

function goOn(sets: readonly SyncSet[], position: string): Start {
  const resume = readPosition(position);
  const at = sets.findIndex(({ id }) => id === resume?.set);
  if (resume === undefined || at < 0) throw positionLost();
  return { time: resume.time, sets: sets.slice(at), plans: [], resume };
}

async function* eventsOf(
  reading: Reading,
  { sets, plans, resume }: Start,
  plan: (set: SyncSet) => Promise<Plan>,
): AsyncGenerator<Event> {
  for (const [i, set] of sets.entries()) {
    yield* reading.events(plans[i] ?? (await plan(set)), i === 0 ? resume : undefined);
  }
}

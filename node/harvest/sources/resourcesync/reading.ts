import {
  type ResourceSyncClient,
  ResourceSyncError,
  type SyncSet,
} from '../../../../protocols/resourcesync/index.ts';
import { type Chapter, chaptersOf } from './chapters.ts';
import { type Documents, mayPass } from './documents.ts';
import type { Event } from './event.ts';
import type { FilesByMetadata } from './files.ts';
import type { FilesElsewhere } from './files-elsewhere.ts';
import { inBulk } from './in-bulk.ts';
import type { Outline } from './outline.ts';
import type { Part, Plan } from './plan.ts';
import { type Position, positionLost } from './position.ts';
import { dumpRefused, listChanged, troubleWith } from './problems.ts';
import { stepsOf } from './steps.ts';

/** Goes through the documents of plans, one chapter after another. */
export class Reading {
  readonly #client: ResourceSyncClient;
  readonly #documents: Documents;
  readonly #elsewhere: FilesElsewhere;
  readonly #time: string;
  /** Files that were not joined to their metadata. */
  apart = 0;
  /** Entries that may be metadata; undefined where there are more lists than the first. */
  total: number | undefined;

  constructor(parts: {
    client: ResourceSyncClient;
    documents: Documents;
    elsewhere: FilesElsewhere;
    /** Of the whole harvest: `SourcePage.time`. */
    time: string;
  }) {
    this.#client = parts.client;
    this.#documents = parts.documents;
    this.#elsewhere = parts.elsewhere;
    this.#time = parts.time;
  }

  /**
   * What a plan leads to, from its beginning or from a place in it.
   * @throws HarvestError `HARVEST_POSITION_LOST` where there is no such place any more
   */
  async *events({ set, parts, troubles }: Plan, resume?: Position): AsyncGenerator<Event> {
    for (const error of troubles) yield { problem: dumpRefused(error), isLost: false };
    const left = resume === undefined ? parts : partsFrom(parts, resume);
    for (const [i, part] of left.entries()) yield* this.#part(set, part, i === 0 ? resume : undefined);
  }

  async *#part(set: SyncSet, part: Part, resume: Position | undefined): AsyncGenerator<Event> {
    const { since, instead } = part;
    try {
      yield* this.#resources(set, part, resume);
    } catch (error) {
      if (instead === undefined || !(error instanceof ResourceSyncError) || mayPass(error)) throw error;
      yield { problem: dumpRefused(error), isLost: false };
      yield* this.#resources(set, { capability: instead, since }, undefined);
    }
  }

  #resources(set: SyncSet, part: Part, resume: Position | undefined): AsyncGenerator<Event> {
    const events = this.#chapters(set, part, resume);
    const { onDemandDump: url } = set;
    // What is in a dump has come already, and can be read only while its package is open.
    const isDump = part.capability === 'resourcedump' || part.capability === 'changedump';
    return url === undefined || isDump ? events : inBulk(events, { client: this.#client, url });
  }

  async *#chapters(set: SyncSet, part: Part, resume: Position | undefined): AsyncGenerator<Event> {
    const { capability, since, instead } = part;
    const url = set.documents[capability];
    if (url === undefined) return;
    const met: Event[] = [];
    const onTrouble = (error: ResourceSyncError): void => {
      met.push({ problem: troubleWith(error, 'error'), isLost: true });
    };
    const parts = { documents: this.#documents, client: this.#client, url, part: capability, since };
    let going = resume;
    for await (const chapter of chaptersOf({ ...parts, isReplaceable: instead !== undefined, onTrouble })) {
      yield* met.splice(0);
      if (going !== undefined && going.list !== chapter.list) continue;
      if (chapter.isNewer) yield { problem: listChanged, isLost: true };
      yield* this.#steps(set, part, chapter, going, met);
      going = undefined;
    }
    yield* met.splice(0);
    if (going !== undefined) throw positionLost();
  }

  async *#steps(
    set: SyncSet,
    { capability, since }: Part,
    chapter: Chapter,
    resume: Position | undefined,
    met: Event[],
  ): AsyncGenerator<Event> {
    const changes = capability === 'changelist' || capability === 'changedump';
    const steps = stepsOf(chapter, {
      changes,
      since,
      resume,
      position: { time: this.#time, set: set.id, part: capability },
      filesOf: (metadata) => this.#filesOf(set, metadata, met),
      onBadEntry: (error) => met.push({ problem: troubleWith(error, 'error'), isLost: true }),
      onOutline: (outline) => this.#note(set, chapter, outline, changes),
    });
    try {
      for await (const step of steps) {
        yield { step };
        yield* met.splice(0);
      }
    } catch (error) {
      // One broken list among several does not keep the others from being read.
      if (chapter.isWhole || !(error instanceof ResourceSyncError) || mayPass(error)) throw error;
      yield { problem: troubleWith(error, 'error'), isLost: true };
    }
    yield* met.splice(0);
  }

  async #filesOf(set: SyncSet, metadata: ReadonlySet<string>, met: Event[]): Promise<FilesByMetadata> {
    const { resourcelist } = set.documents;
    if (resourcelist === undefined) return new Map();
    const onUnreadable = (error: ResourceSyncError): void => {
      met.push({ problem: troubleWith(error, 'warning'), isLost: false });
    };
    return await this.#elsewhere.of(metadata, resourcelist, this.#documents, onUnreadable);
  }

  #note(
    { documents: { resourcelist } }: SyncSet,
    chapter: Chapter,
    outline: Outline,
    changes: boolean,
  ): void {
    if (changes) return;
    this.apart += outline.apart;
    this.total = chapter.isWhole ? outline.candidates : undefined;
    if (outline.files.size > 0 && resourcelist !== undefined) this.#elsewhere.note(resourcelist);
  }
}

/** What is left of a plan from a place on. */
function partsFrom(parts: readonly Part[], { part }: Position): readonly Part[] {
  const at = parts.findIndex(({ capability, instead }) => capability === part || instead === part);
  const here = parts[at];
  if (here === undefined) throw positionLost();
  const first: Part = here.capability === part ? here : { capability: part, since: here.since };
  return [first, ...parts.slice(at + 1)];
}

import * as dagCbor from '@ipld/dag-cbor';
import type { Operation, Section } from '../store/index.ts';
import { stateKey } from './layout.ts';
import type { HarvestKind, HarvestSummary } from './progress.ts';

/** A harvest that has not come to its end: where it goes on. */
export interface OpenHarvest {
  kind: HarvestKind;
  /** Later harvests have higher ones. */
  number: number;
  /** Of a harvest of one set: which. */
  set?: string;
  /** Milliseconds since 1970. */
  startedAt: number;
  /** The source's time from which changes are asked for; absent for all records. */
  since?: string;
  /** The source's time when the list began: the next harvest's `since`. */
  time?: string;
  /** The place behind the last page whose records are in the catalogue. */
  position?: string;
  /** Whether the list has been read to its end. */
  read: boolean;
  pages: number;
  records: number;
  /** Records that may be missing. */
  lost: number;
  /** Attempts in a row to go on at `position` that brought no page. */
  stalled: number;
}

/** What is known of a source between two harvests and after a crash. */
export interface StoredState extends Standing {
  /** What was harvested; see `Inspection.scope`. */
  scope: string;
  /** Number of the latest harvest that was begun. */
  number: number;
  open?: OpenHarvest;
  /** A harvest of one set, which leaves the others as they stand. */
  ofSet?: OpenHarvest;
  complete?: {
    /** The source's time when the latest complete list began. */
    time: string;
    /** When the latest complete full harvest began, milliseconds since 1970. */
    fullAt: number;
  };
  lastRun?: HarvestSummary;
}

/** How long it has gone well, or not; milliseconds since 1970. */
export interface Standing {
  /** When the latest harvest ended that came to its end. */
  completeAt?: number;
  /** When the first of the harvests ended that have failed since. */
  failingSince?: number;
}

export function standingOf({ completeAt, failingSince }: Standing): Standing {
  return {
    ...(completeAt !== undefined && { completeAt }),
    ...(failingSince !== undefined && { failingSince }),
  };
}

/** How it stands after one more harvest; one that was stopped tells nothing. */
export function standingAfter(before: Standing, { outcome, endedAt }: HarvestSummary): Standing {
  if (outcome === 'complete') return { completeAt: endedAt };
  return outcome === 'failed' ? { failingSince: endedAt, ...standingOf(before) } : standingOf(before);
}

export async function loadState(section: Section, source: string): Promise<StoredState | undefined> {
  const bytes = await section.get(stateKey(source));
  return bytes === undefined ? undefined : dagCbor.decode<StoredState>(bytes);
}

export function stateOperation(source: string, state: StoredState): Operation {
  return { type: 'put', key: stateKey(source), value: dagCbor.encode(state) };
}

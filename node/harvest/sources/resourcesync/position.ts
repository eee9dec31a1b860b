import type { ListCapability } from '../../../../protocols/resourcesync/index.ts';
import { HarvestError } from '../../errors.ts';

const PARTS: readonly string[] = [
  'resourcelist',
  'resourcedump',
  'changelist',
  'changedump',
] satisfies ListCapability[];

/** A place in the lists of a source, behind which a harvest goes on. */
export interface Position {
  /** Of the whole harvest: `SourcePage.time`. */
  time: string;
  /** `SyncSet.id`. */
  set: string;
  /** The document of the set that is being read. */
  part: ListCapability;
  /** Address of the list or package. */
  list: string;
  /** When the list, and the index that led to it, were made: others at the same address are other lists. */
  stamp: string;
  /** Entries of the list that have been read. */
  entries: number;
  /** The time of the latest change that has been read. Lists of changes lose and gain entries, so it counts, if there. */
  changed?: string;
}

export function writePosition(position: Position): string {
  return JSON.stringify(position);
}

/** `undefined` for what another version of the node wrote. */
export function readPosition(text: string): Position | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { time, set, part, list, stamp, entries, changed } = value as Record<string, unknown>;
  const isWhole =
    [time, set, list, stamp].every((each) => typeof each === 'string') &&
    typeof entries === 'number' &&
    PARTS.includes(String(part)) &&
    (changed === undefined || typeof changed === 'string');
  return isWhole ? (value as Position) : undefined;
}

/** The lists are others than those in which the place was. */
export function positionLost(): HarvestError {
  return new HarvestError(
    'HARVEST_POSITION_LOST',
    'The source has made its lists anew since the harvest broke off.',
    { remedy: 'Nothing: the harvest begins its lists anew.' },
  );
}

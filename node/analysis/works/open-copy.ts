import {
  filesInView,
  type NodeId,
  type Record as NgrRecord,
  type RecordFile,
} from '../../../vocab/record.ts';
import { byKey, type Member } from './member.ts';
import { stageOf, stages, type Stage } from './stages.ts';

/** The copy that a reader is best led to. */
export interface OpenCopy {
  /** Of its record. */
  key: string;
  stage: Stage;
  /** The address of the file; undefined where the record says that it is open and names no file. */
  url?: string;
  licence?: string;
  /** Whether the file was fetched from there. */
  isReachable: boolean;
}

/** From whose point of view, and when. */
export interface Reading {
  self: NodeId;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * The best copy that anybody can read today, of all institutions': one with a file before one without, the version of
 * record before the accepted before the submitted, what may be reused before what may only be read, a file that was
 * fetched before one that nobody has tried, the node's own before another's. A file that could not be had is no copy.
 *
 * @returns undefined where there is none
 */
export function bestOpenCopy(members: readonly Member[], reading: Reading): OpenCopy | undefined {
  const ranked = members
    .toSorted(byKey)
    .flatMap(({ key, record }) =>
      openFilesOf(record, reading.now).map((file) => ({
        copy: openCopy(key, record, file),
        rank: rankOf(record, file, reading),
      })),
    )
    .sort((a, b) => compareRanks(a.rank, b.rank));
  return ranked[0]?.copy;
}

function openCopy(key: string, record: NgrRecord, file: RecordFile | undefined): OpenCopy {
  return {
    key,
    stage: stageOf(record),
    ...(file !== undefined && { url: file.url }),
    ...(record.licence !== undefined && { licence: record.licence }),
    isReachable: isReachable(file),
  };
}

/** Those that are open and not known to be away; `undefined` for the record itself where it is open and names no file. */
function openFilesOf(record: NgrRecord, now: number): (RecordFile | undefined)[] {
  if (!mayBeOpen(record, now)) return [];
  if (record.files.length === 0) return record.access === undefined ? [] : [undefined];
  return filesInView(record).filter(
    ({ access, text }) =>
      text !== 'unavailable' && (access === 'open' || (access === 'embargoed' && isEmbargoOver(record, now))),
  );
}

/** Where nothing is said of the record, each file tells by itself. */
function mayBeOpen(record: NgrRecord, now: number): boolean {
  const right = record.access?.right;
  return right === undefined || right === 'open' || (right === 'embargoed' && isEmbargoOver(record, now));
}

/** An embargo lasts until its day has begun in UTC; one without an end has none. */
function isEmbargoOver({ access }: NgrRecord, now: number): boolean {
  return access?.embargoEnds !== undefined && Date.parse(`${access.embargoEnds}T00:00:00Z`) <= now;
}

const isReachable = (file: RecordFile | undefined): boolean =>
  file?.text === 'extracted' || file?.text === 'without-text';

/** Less is better, from the first to the last. */
function rankOf(record: NgrRecord, file: RecordFile | undefined, { self }: Reading): number[] {
  return [
    Number(file === undefined),
    stages.indexOf(stageOf(record)),
    licenceRank(record.licence),
    Number(!isReachable(file)),
    Number(record.node !== self),
  ];
}

const PUBLIC_OR_BY = /^https:\/\/creativecommons\.org\/(?:publicdomain|licenses\/by)\//;
const BY_SA = /^https:\/\/creativecommons\.org\/licenses\/by-sa\//;
const CREATIVE_COMMONS = /^https:\/\/creativecommons\.org\//;

/** By how much may be done with it. */
function licenceRank(licence: string | undefined): number {
  if (licence === undefined) return 4;
  return [PUBLIC_OR_BY, BY_SA, CREATIVE_COMMONS, /./].findIndex((form) => form.test(licence));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

import * as dagCbor from '@ipld/dag-cbor';
import type { DetectedLanguage, FullTextState, Reference } from '../../../vocab/record.ts';
import type { Operation, Section } from '../../store/index.ts';
import type { FullTextCode } from './errors.ts';
import type { Validators } from './fetching/index.ts';
import { stateKey } from './layout.ts';

/** What is wrong with a file, as long as it is. */
export interface Trouble {
  code: FullTextCode;
  detail: string;
}

/** When something is looked at again, and what kept us from it the last time. */
export interface Schedule {
  /** Failures that may pass, in a row. */
  attempts: number;
  /** Milliseconds since 1970; absent: not before something changes. */
  next?: number;
  trouble?: Trouble;
}

/** What is known of one file. Format, length and digest are those of what came last. */
export interface FileState extends Schedule, Validators {
  url: string;
  /** It is not in the metadata, but was found on the item's page. */
  found?: true;
  /** Of a found one: the manager withdrew it. It goes on being listed, so that it stays withdrawn. */
  heldBack?: true;
  /** It is to be fetched and read, even if it is what it was. */
  anew?: true;
  format?: string;
  length?: number;
  sha256?: string;
  text?: FullTextState;
  /** What is wrong with it as it came last. */
  fault?: Trouble;
  references: readonly Reference[];
  language?: DetectedLanguage;
}

/** What is known of a record's files. */
export interface RecordState {
  oaiIdentifier: string;
  /** Name of the source among whose issues the record's are. */
  source?: string;
  /** What the record asked for when it was visited last (`planOf`). */
  mark: string;
  files: FileState[];
  /** The look at the item's page, where there was one. */
  page?: Schedule & { url: string };
  /** Addresses that issues are open about. */
  troubled: string[];
  applied: Applied;
}

/** What a record was given of ours, to tell it from what its metadata say. */
export interface Applied {
  /** Addresses of found files. */
  found: string[];
  references: readonly Reference[];
  detected?: DetectedLanguage;
}

export const nothingApplied: Applied = { found: [], references: [] };

export function newState(oaiIdentifier: string): RecordState {
  return { oaiIdentifier, mark: '', files: [], troubled: [], applied: nothingApplied };
}

export async function loadStates(
  section: Section,
  keys: readonly string[],
): Promise<(RecordState | undefined)[]> {
  const values = await section.getMany(keys.map(stateKey));
  return values.map((bytes) => (bytes === undefined ? undefined : dagCbor.decode<RecordState>(bytes)));
}

export function putState(key: string, state: RecordState): Operation {
  return { type: 'put', key: stateKey(key), value: dagCbor.encode(state) };
}

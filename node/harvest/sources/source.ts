import type { Logger } from 'pino';
import type { RecordFile } from '../../../vocab/record.ts';
import type { JsonObject } from '../../../vocab/crosswalks/index.ts';
import type { XmlElement } from '../../../vocab/xml/index.ts';
import type { Clock } from '../../clock.ts';
import type { Fetch } from '../../outbound/index.ts';
import type { IssuePlace, Problem } from '../issues/issue.ts';

/** One record as a source gives it. */
export interface SourceItem {
  oaiIdentifier: string;
  /** UTC, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ`. */
  datestamp: string;
  sets: readonly string[];
  /** Absent where the source says that the record is deleted. */
  metadata?: SourceMetadata;
  /** Files that the source itself tells of, beside those that the metadata name. */
  files?: readonly ListedFile[];
  /** Of a source of files: where the entry stands. */
  place?: Pick<IssuePlace, 'file' | 'line'>;
}

/** A file and what a source tells of it; the record's access right holds for it, too. */
export type ListedFile = Pick<RecordFile, 'url' | 'format' | 'length' | 'sha256'>;

export type SourceMetadata = {
  /** Metadata prefix; `datacite_json`, `csl_json`, `bibtex`, `ris`, `table` and the like for what is no XML. */
  format: string;
  /** As received: the markup of `element`, the entry or row that `fields` were read from. */
  text: string;
} & ({ element: XmlElement } | { fields: JsonObject });

/** Some records in a row, and where the list goes on. */
export interface SourcePage {
  items: SourceItem[];
  problems: Problem[];
  /** What showed itself on the way about the source and its lists as a whole. */
  ofSource?: Problem[];
  /** Records that may be missing from the page, without anything that says which. */
  lost: number;
  /**
   * Where the list goes on, for whoever is broken off behind this page. Absent on the last page, and on one that is not
   * whole and has to be read again: the iteration tells which, as it ends or throws.
   */
  next?: string;
  /** The source's time when the list began: what changes from then on is news to who has read the list. */
  time: string;
  /** Records in the whole list, as the source says. */
  total?: number;
  /** How much of the list has been read with this page, from 0 to 1, where that is known otherwise than by the total. */
  share?: number;
}

/** Which records: all, those changed since a time of the source's own, or those behind a place in a list. */
export interface Selection {
  since?: string;
  /** Only what is in this set, whatever sets the source is configured to be harvested by. */
  set?: string;
  /** `next` of a page that was read of the same list before. */
  position?: string;
}

export interface Inspection {
  /** What is harvested there, and in which format; where it changes, everything is harvested from the beginning. */
  scope: string;
  /** What is wrong with the source, but does not keep it from being harvested. */
  problems: Problem[];
}

/**
 * A system that records are taken from.
 *
 * Whatever a source cannot do is an `NgrError`; an abort is the signal's reason. `pages` throws `HARVEST_POSITION_LOST`
 * where a list cannot be gone on with but begun anew.
 */
export interface Source {
  /** Stands in the provenance of its records. */
  readonly url: string;
  /** Looks at the source before a harvest, and settles how it is read. */
  inspect(signal: AbortSignal): Promise<Inspection>;
  /** A page is asked for when the one before it has been taken. */
  pages(selection: Selection, signal: AbortSignal): AsyncIterable<SourcePage>;
  /**
   * Another way on from a place, or from the beginning, where the list broke off several times in a row; the place itself
   * where it is as good as any. Without it, a list that does not get on is begun anew.
   */
  detour?(position: string | undefined): string;
  /** The sets that the source lists, some at a time; none where it has none. Not there in kinds that know no sets. */
  setSpecs?(signal: AbortSignal): AsyncIterable<string[]>;
  /** One record as it is now; undefined where the source does not have it. */
  one(oaiIdentifier: string, signal: AbortSignal): Promise<SourceItem | undefined>;
}

export interface SourceParts {
  fetch: Fetch;
  clock: Clock;
  log: Logger;
}

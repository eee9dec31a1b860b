import type { Logger } from 'pino';
import type { XmlElement } from '../../../vocab/xml/index.ts';
import type { Clock } from '../../clock.ts';
import type { SourceConfig } from '../../config/index.ts';
import type { Fetch } from '../../outbound/index.ts';
import type { Problem } from '../issue.ts';

/** One record as a source gives it. */
export interface SourceItem {
  oaiIdentifier: string;
  /** UTC, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ`. */
  datestamp: string;
  sets: string[];
  /** Absent where the source says that the record is deleted. */
  metadata?: SourceMetadata;
}

export interface SourceMetadata {
  /** Metadata prefix. */
  format: string;
  element: XmlElement;
  /** The markup of `element`, as received. */
  xml: string;
}

/** Some records in a row, and where the list goes on. */
export interface SourcePage {
  items: SourceItem[];
  problems: Problem[];
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
}

/** Which records: all, those changed since a time of the source's own, or those behind a place in a list. */
export interface Selection {
  since?: string;
  /** `next` of a page that was read of the same list before. */
  position?: string;
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
  /** What is harvested there; where it changes, everything is harvested from the beginning. */
  readonly scope: string;
  /** Looks at the source before a harvest. @returns what is wrong with it, but does not keep it from being harvested */
  inspect(signal: AbortSignal): Promise<Problem[]>;
  pages(selection: Selection, signal: AbortSignal): AsyncIterable<SourcePage>;
  /** One record as it is now; undefined where the source does not have it. */
  one(oaiIdentifier: string, signal: AbortSignal): Promise<SourceItem | undefined>;
}

export interface SourceParts {
  fetch: Fetch;
  clock: Clock;
  log: Logger;
}

export type SourceFactory = (config: SourceConfig, parts: SourceParts) => Source;

import type { OaiHeader, OaiIdentify, OaiMetadataFormat, OaiSet } from './model.ts';
import type { Selection } from './resumption.ts';

/** An item that can be given out. */
export interface ProvidedItem {
  header: OaiHeader;
  /** Where it stands in lists; texts in the lists' order. */
  place: string;
  /** The item in a format, as XML that declares its own namespaces; undefined where it is not in that format. */
  metadata(prefix: string): string | undefined;
}

/** Some items of a list in its order, or none, found by a bounded amount of work. */
export interface ProvidedPart {
  items: readonly ProvidedItem[];
  /** The place up to which the list has been looked through: it goes on behind it. */
  reached: string;
}

/** What a provider gives out. Places are its own business: they only come back as they were. */
export interface ProvidedRepository {
  /** Tells its tokens from those of others. */
  readonly id: string;
  identify(): Promise<OaiIdentify>;
  formats(): Promise<readonly OaiMetadataFormat[]>;
  item(identifier: string): Promise<ProvidedItem | undefined>;
  /** Items behind a place in the order of their datestamps, read as they are asked for. */
  items(selection: Selection, options: { after?: string }): AsyncIterable<ProvidedPart>;
  /** How many items there are, where that is known cheaply. */
  count(selection: Selection): Promise<number | undefined>;
  /** In the order of their specs. */
  sets(options: { after?: string; limit: number }): Promise<readonly OaiSet[]>;
}

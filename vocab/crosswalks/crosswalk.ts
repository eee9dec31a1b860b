import type { Repair } from '../cleaning/index.ts';
import type { Description, Record } from '../record.ts';
import type { XmlElement } from '../xml/index.ts';

/** What was read from one metadata record, and what had to be put right in doing so. */
export interface CrosswalkResult {
  description: Description;
  repairs: Repair[];
}

/** One line of a crosswalk's table, from which docs/crosswalks.md is made. */
export interface CrosswalkRow {
  /** The format's own name of the element or field, with its path: `datacite:creators/datacite:creator`. */
  readonly element: string;
  /** Where its values go in a record, and come from; for librarians. */
  readonly goesTo: string;
}

/** What a reader wants to know of a crosswalk. */
export interface CrosswalkTable {
  /** `RIOXX 3.0`. */
  readonly title: string;
  /** Address of the format's description. */
  readonly describedAt: string;
  /** In the order in which the elements are read. */
  readonly rows: readonly CrosswalkRow[];
  /** What of a record has no place in the format, as a sentence; where it is written. */
  readonly lacks?: string;
}

/** The way between one metadata format in XML and our records. */
export interface XmlCrosswalk extends CrosswalkTable {
  /** The usual metadata prefix, `oai_dc`. */
  readonly prefix: string;
  /** Namespace and schema, as ListMetadataFormats gives them. */
  readonly namespace: string;
  readonly schema: string;
  /** Local names of the elements that such a record can be. */
  readonly roots: readonly string[];
  /** Under what else repositories offer the format. */
  readonly aliases?: FormatAliases;
  /** Reads the child of an OAI-PMH `metadata` element. The same input gives the same description; nothing is thrown. */
  read(metadata: XmlElement): CrosswalkResult;
  /** The record in the format, as XML that declares its own namespaces; for formats that we give out. */
  write?(record: Record): string;
}

export interface FormatAliases {
  /** In lower case. */
  readonly prefixes?: readonly string[];
  readonly namespaces?: readonly string[];
}

/** An object of JSON (RFC 8259), as it comes from outside. */
export type JsonObject = { readonly [name: string]: unknown };

/** The way from a format that is no XML: an object of JSON, an entry of a bibliography, a row of a table. */
export interface FieldCrosswalk extends CrosswalkTable {
  /** `datacite_json`, `csl_json`. */
  readonly format: string;
  /** As `XmlCrosswalk.read`: any object gives a description; nothing is thrown. */
  read(fields: JsonObject): CrosswalkResult;
}

/** A crosswalk that also writes. */
export type Writing<C extends XmlCrosswalk> = C & Required<Pick<C, 'write'>>;

import type { Repair } from '../cleaning/index.ts';
import type { Description, Record } from '../record.ts';
import type { XmlElement } from '../xml/index.ts';

/** What was read from one metadata record, and what had to be put right in doing so. */
export interface CrosswalkResult {
  description: Description;
  repairs: Repair[];
}

/** The way between one metadata format and our records. */
export interface Crosswalk {
  /** The usual metadata prefix, `oai_dc`. */
  readonly prefix: string;
  /** Namespace and schema, as ListMetadataFormats gives them. */
  readonly namespace: string;
  readonly schema: string;
  /** Reads the child of an OAI-PMH `metadata` element. The same input gives the same description; nothing is thrown. */
  read(metadata: XmlElement): CrosswalkResult;
  /** The record in the format, as XML that declares its own namespaces; for formats that we give out. */
  write?(record: Record): string;
}

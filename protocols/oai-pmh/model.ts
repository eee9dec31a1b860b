import type { XmlElement } from '../../vocab/xml/index.ts';
import type { OaiFault } from './errors.ts';

/** The six requests of OAI-PMH 2.0, section 4. */
export const oaiVerbs = [
  'GetRecord',
  'Identify',
  'ListIdentifiers',
  'ListMetadataFormats',
  'ListRecords',
  'ListSets',
] as const;

export type OaiVerb = (typeof oaiVerbs)[number];

/** `header` of a record, section 2.5. */
export interface OaiHeader {
  identifier: string;
  /** UTC, `YYYY-MM-DD` or `YYYY-MM-DDThh:mm:ssZ` (section 3.3). */
  datestamp: string;
  sets: string[];
  deleted: boolean;
}

/** One record as it was received. A deleted one has no metadata. */
export interface OaiRecord {
  header: OaiHeader;
  metadata?: OaiMetadata;
}

export interface OaiMetadata {
  /** The one child of the `metadata` element. */
  element: XmlElement;
  /** Its markup as received, made to stand alone (see `standaloneXml`). */
  xml: string;
}

/** `resumptionToken`, section 3.5. The last page of a list has an empty value. */
export interface ResumptionToken {
  value: string;
  completeListSize?: number;
  /** Records before this page. */
  cursor?: number;
  /** UTC, to the second. */
  expirationDate?: string;
}

export type Granularity = 'YYYY-MM-DD' | 'YYYY-MM-DDThh:mm:ssZ';

/** Answer to Identify, section 4.2. */
export interface OaiIdentify {
  repositoryName: string;
  baseUrl: string;
  protocolVersion: string;
  adminEmails: string[];
  earliestDatestamp: string;
  deletedRecord: 'no' | 'persistent' | 'transient';
  granularity: Granularity;
  compressions: string[];
}

/** One format of ListMetadataFormats, section 4.4. */
export interface OaiMetadataFormat {
  prefix: string;
  schema: string;
  namespace: string;
}

/** One set of ListSets, section 4.6. */
export interface OaiSet {
  spec: string;
  name: string;
}

/** What an answer says, by the verb it answers; `error` for one that has only `error` elements. */
export type OaiAnswer =
  | { verb: 'Identify'; identify: OaiIdentify }
  | { verb: 'ListMetadataFormats'; formats: OaiMetadataFormat[] }
  | { verb: 'ListSets'; sets: OaiSet[]; token?: ResumptionToken }
  | { verb: 'ListIdentifiers'; headers: OaiHeader[]; token?: ResumptionToken }
  | { verb: 'ListRecords'; records: OaiRecord[]; token?: ResumptionToken }
  | { verb: 'GetRecord'; records: OaiRecord[] }
  | { verb: 'error'; faults: OaiFault[] };

/**
 * Something wrong with a page that did not keep the rest of it from being read.
 *
 * - `OAI_RECORD_UNREADABLE`: a record that is not well-formed XML, or passes a bound.
 * - `OAI_RECORD_INCOMPLETE`: a record without an identifier, or neither deleted nor with metadata.
 * - `OAI_BAD_DATESTAMP`: a datestamp that is none; the page's date stands in.
 * - `OAI_PAGE_DAMAGED`: the page is not well-formed; its records were read one by one.
 * - `OAI_PAGE_TRUNCATED`: the page stops before its end.
 * - `OAI_WRONG_ENCODING`: the bytes are not in the encoding that is declared.
 * - `OAI_MORE_ISSUES`: the page has more issues than are listed; of a damaged page, the rest was not read.
 * - `OAI_LIST_SHORT`: the list ended with fewer records than `completeListSize` promised.
 * - `OAI_LIST_LONG`: the list ended with more.
 */
export type OaiIssueCode =
  | 'OAI_RECORD_UNREADABLE'
  | 'OAI_RECORD_INCOMPLETE'
  | 'OAI_BAD_DATESTAMP'
  | 'OAI_PAGE_DAMAGED'
  | 'OAI_PAGE_TRUNCATED'
  | 'OAI_WRONG_ENCODING'
  | 'OAI_MORE_ISSUES'
  | 'OAI_LIST_SHORT'
  | 'OAI_LIST_LONG';

export interface OaiIssue {
  code: OaiIssueCode;
  /** `error`: something was lost. `warning`: something was put right or is doubtful. `info`: it does no harm. */
  severity: 'error' | 'warning' | 'info';
  message: string;
  place: OaiPlace;
}

/** Where in a page. */
export interface OaiPlace {
  /** Position of the record in the page, from 0. */
  record?: number;
  /** Bytes since the start of the page, as UTF-8. */
  offset?: number;
  /** The record's OAI identifier, where it can be seen. */
  identifier?: string;
}

/** One answer, read. */
export interface OaiResponse {
  /** As the source says; absent where it cannot be read. */
  responseDate?: string;
  answer: OaiAnswer;
  issues: OaiIssue[];
  /** Where the answer is not in UTF-8, as it must be (section 3.2.1): the encoding, by its WHATWG name. */
  encoding?: string;
  /** The answer stops before the end of its list: no token does not mean that the list is complete. */
  truncated: boolean;
}

/**
 * The record: one description of one item in a repository, as every part of the node and every peer sees it.
 *
 * Optional properties are absent, never `undefined`, and lists are present even when empty: the record is
 * stored and hashed as deterministic DAG-CBOR, where the same content must give the same bytes.
 * The JSON-LD context that maps each property to the field's terms is in `context.ts`.
 */

/** A peer id: the multihash of the node's Ed25519 public key, in base58btc (`12D3Koo…`). */
export type NodeId = string;

/** Text with its language (BCP 47) where the source tells it. */
export interface LanguageString {
  value: string;
  language?: string;
}

/** A person or an organisation, with the name as it is to be shown and its parts where they are known. */
export interface Agent {
  /** Display form: `Family, Given` for persons, the plain name for organisations. */
  name: string;
  family?: string;
  given?: string;
  /** ORCID iD as a bare identifier, `0000-0002-1825-0097`. */
  orcid?: string;
  affiliation?: string;
  /** ROR id of the affiliation as a URL. */
  ror?: string;
  kind: 'person' | 'organisation' | 'unknown';
}

export type IdentifierScheme = 'doi' | 'handle' | 'urn' | 'isbn' | 'issn' | 'pmid' | 'arxiv' | 'url';

/** A normalised identifier: `{ scheme: 'doi', value: '10.1000/xyz' }`. DOIs are lower case, ISBNs have 13 digits. */
export interface Identifier {
  scheme: IdentifierScheme;
  value: string;
}

/** How one work stands to another; `relation` where no more is said. */
export const relationKinds = [
  'isVersionOf',
  'hasVersion',
  'isPartOf',
  'hasPart',
  'references',
  'isReferencedBy',
  'isSupplementTo',
  'isSupplementedBy',
  'replaces',
  'isReplacedBy',
  'isTranslationOf',
  'isReviewOf',
  'isDerivedFrom',
  'relation',
] as const;

export type RelationKind = (typeof relationKinds)[number];

export interface Relation {
  kind: RelationKind;
  target: Identifier;
}

export interface Funding {
  funder?: string;
  /** Funder identifier as a URI (Crossref Funder Registry DOI or ROR). */
  funderId?: string;
  award?: string;
}

/** Where the work was published. */
export interface Source {
  title?: string;
  volume?: string;
  issue?: string;
  pages?: string;
  /** The source as the repository wrote it, where it could not be taken apart. */
  citation?: string;
}

/** COAR Access Rights concepts, by their local names. The URIs are in `coar/access-rights.ts`. */
export type AccessRight = 'open' | 'embargoed' | 'restricted' | 'metadata-only';

export interface Access {
  right: AccessRight;
  /** The day on which an embargo ends (`YYYY-MM-DD`), for `embargoed` only. */
  embargoEnds?: string;
}

/** An entry of the item's list of references, from its metadata or its full text. */
export interface Reference {
  /** As it stands in the list, at most 500 characters. */
  text: string;
  identifier?: Identifier;
  title?: string;
  /** `YYYY`. */
  year?: string;
}

/** What became of a file's text: taken out; none in it, as in scanned pages; or the file could not be had. */
export type FullTextState = 'extracted' | 'without-text' | 'unavailable';

/** A file of the item, as far as the metadata and the file itself tell. */
export interface RecordFile {
  url: string;
  /** Media type. */
  format?: string;
  /** Bytes. */
  length?: number;
  /** Hex. */
  sha256?: string;
  access: AccessRight;
  /** Absent as long as nobody has looked. */
  text?: FullTextState;
  /** The manager took it out of view: it is neither fetched nor handed out, though the repository still has it. */
  withdrawn?: {
    reason: string;
    /** Milliseconds since 1970. */
    at: number;
  };
}

/** What a crosswalk takes out of one metadata format. */
export interface Description {
  titles: LanguageString[];
  creators: Agent[];
  contributors: Agent[];
  abstracts: LanguageString[];
  subjects: LanguageString[];
  /** Publication date as precise as given: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  published?: string;
  publisher?: string;
  /** BCP 47. */
  languages: string[];
  /** COAR Resource Type concept URI. */
  type?: string;
  /** COAR Version concept URI. */
  version?: string;
  access?: Access;
  /** Licence URI, canonical form. */
  licence?: string;
  identifiers: Identifier[];
  /** DOI of the published work, as distinct from a DOI of the deposited version among `identifiers`. */
  publishedDoi?: string;
  relations: Relation[];
  funding: Funding[];
  source?: Source;
  files: RecordFile[];
  references: Reference[];
}

/** Nothing said; for the caller to fill. */
export function emptyDescription(): Description {
  return {
    titles: [],
    creators: [],
    contributors: [],
    abstracts: [],
    subjects: [],
    languages: [],
    identifiers: [],
    relations: [],
    funding: [],
    files: [],
    references: [],
  };
}

/** The language that a text itself is written in, as opposed to what is said of it. */
export interface DetectedLanguage {
  /** BCP 47. */
  language: string;
  /** Whole per cent. */
  confidence: number;
}

/** The metadata as it was received, byte for byte (decoded from the encoding it came in). */
export interface RawMetadata {
  /** Metadata prefix of the format, `oai_dc`; `bibtex`, `datacite_json` and the like for what is no XML. */
  format: string;
  /** The child of the OAI-PMH `metadata` element, markup included; the entry, row or object of a file. */
  text: string;
}

export interface Provenance {
  /** Where the record was taken from: the base URL of an OAI-PMH endpoint, a file's name. */
  source: string;
  /** Metadata format which the description was read from. */
  format: string;
  /** Milliseconds since 1970. Not a reason for a new digest by itself. */
  harvestedAt: number;
}

interface HoldingBase {
  /** IRI under the origin node's base URL, ending in the record's key: `https://node.example/records/{key}`. */
  id: string;
  /** The origin: the one node that may speak for this record. */
  node: NodeId;
  oaiIdentifier: string;
  /** setSpecs at the source. */
  sets: string[];
  /** The source's datestamp, ISO 8601 in UTC, seconds or days. */
  datestamp: string;
}

export interface Record extends HoldingBase, Description {
  detected?: DetectedLanguage;
  provenance: Provenance;
  raw: RawMetadata[];
}

/** What remains of a record that was withdrawn by its manager or deleted at its source. */
export interface Tombstone extends HoldingBase {
  titles: LanguageString[];
  identifiers: Identifier[];
  tombstone: {
    /** `withdrawn`: by the manager at the node. `deleted`: by the source repository. */
    kind: 'withdrawn' | 'deleted';
    reason: string;
    /** Milliseconds since 1970. */
    at: number;
  };
}

/** What a node holds under a record's key: the record, or its tombstone. */
export type Holding = Record | Tombstone;

export function isTombstone(holding: Holding): holding is Tombstone {
  return 'tombstone' in holding;
}

/** The files that are there for others: without those that the manager withdrew. */
export function filesInView({ files }: Pick<Record, 'files'>): RecordFile[] {
  return files.filter(({ withdrawn }) => withdrawn === undefined);
}

/** The metadata as received, for others: without those that name a file that the manager withdrew. */
export function rawInView({ files, raw }: Pick<Record, 'files' | 'raw'>): RawMetadata[] {
  const hidden = files.flatMap(({ url, withdrawn }) => (withdrawn === undefined ? [] : [comparable(url)]));
  if (hidden.length === 0) return raw;
  return raw.filter(({ text }) => {
    const said = comparable(text);
    return !hidden.some((address) => said.includes(address));
  });
}

/** Addresses in whatever form a document writes them: escaped as XML or JSON are, with either scheme, in capitals. */
function comparable(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('&amp;', '&')
    .replaceAll('\\/', '/')
    .replace(/^https?:\/\//, '');
}

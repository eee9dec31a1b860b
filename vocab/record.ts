/**
 * The record: one description of one item in a repository, as every part of the node and every peer sees it.
 *
 * Optional properties are absent, never `undefined`, and lists are present even when empty: the record is
 * stored and hashed as deterministic DAG-CBOR, where the same content must give the same bytes. A record is a value: many
 * read the same one, so whoever wants another makes another.
 * The JSON-LD context that maps each property to the field's terms is in `context.ts`.
 */

/** A peer id: the multihash of the node's Ed25519 public key, in base58btc (`12D3Koo…`). */
export type NodeId = string;

/** Text with its language (BCP 47) where the source tells it. */
export interface LanguageString {
  readonly value: string;
  readonly language?: string;
}

/** A person or an organisation, with the name as it is to be shown and its parts where they are known. */
export interface Agent {
  /** Display form: `Family, Given` for persons, the plain name for organisations. */
  readonly name: string;
  readonly family?: string;
  readonly given?: string;
  /** ORCID iD as a bare identifier, `0000-0002-1825-0097`. */
  readonly orcid?: string;
  readonly affiliation?: string;
  /** ROR id of the affiliation as a URL. */
  readonly ror?: string;
  readonly kind: 'person' | 'organisation' | 'unknown';
}

export type IdentifierScheme = 'doi' | 'handle' | 'urn' | 'isbn' | 'issn' | 'pmid' | 'arxiv' | 'url';

/** A normalised identifier: `{ scheme: 'doi', value: '10.1000/xyz' }`. DOIs are lower case, ISBNs have 13 digits. */
export interface Identifier {
  readonly scheme: IdentifierScheme;
  readonly value: string;
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
  readonly kind: RelationKind;
  readonly target: Identifier;
}

export interface Funding {
  readonly funder?: string;
  /** Funder identifier as a URI (Crossref Funder Registry DOI or ROR). */
  readonly funderId?: string;
  readonly award?: string;
}

/** Where the work was published. */
export interface Source {
  readonly title?: string;
  readonly volume?: string;
  readonly issue?: string;
  readonly pages?: string;
  /** The source as the repository wrote it, where it could not be taken apart. */
  readonly citation?: string;
}

/** COAR Access Rights concepts, by their local names. The URIs are in `coar/access-rights.ts`. */
export type AccessRight = 'open' | 'embargoed' | 'restricted' | 'metadata-only';

export interface Access {
  readonly right: AccessRight;
  /** The day on which an embargo ends (`YYYY-MM-DD`), for `embargoed` only. */
  readonly embargoEnds?: string;
}

/** An entry of the item's list of references, from its metadata or its full text. */
export interface Reference {
  /** As it stands in the list, at most 500 characters. */
  readonly text: string;
  readonly identifier?: Identifier;
  readonly title?: string;
  /** `YYYY`. */
  readonly year?: string;
}

/** What became of a file's text: taken out; none in it, as in scanned pages; or the file could not be had. */
export type FullTextState = 'extracted' | 'without-text' | 'unavailable';

/** A file of the item, as far as the metadata and the file itself tell. */
export interface RecordFile {
  readonly url: string;
  /** Media type. */
  readonly format?: string;
  /** Bytes. */
  readonly length?: number;
  /** Hex. */
  readonly sha256?: string;
  readonly access: AccessRight;
  /** Absent as long as nobody has looked. */
  readonly text?: FullTextState;
  /** The manager took it out of view: it is neither fetched nor handed out, though the repository still has it. */
  readonly withdrawn?: {
    readonly reason: string;
    /** Milliseconds since 1970. */
    readonly at: number;
  };
}

/** What a crosswalk takes out of one metadata format. */
export interface Description {
  readonly titles: readonly LanguageString[];
  readonly creators: readonly Agent[];
  readonly contributors: readonly Agent[];
  readonly abstracts: readonly LanguageString[];
  readonly subjects: readonly LanguageString[];
  /** Publication date as precise as given: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly published?: string;
  readonly publisher?: string;
  /** BCP 47. */
  readonly languages: readonly string[];
  /** COAR Resource Type concept URI. */
  readonly type?: string;
  /** COAR Version concept URI. */
  readonly version?: string;
  readonly access?: Access;
  /** Licence URI, canonical form. */
  readonly licence?: string;
  readonly identifiers: readonly Identifier[];
  /** DOI of the published work, as distinct from a DOI of the deposited version among `identifiers`. */
  readonly publishedDoi?: string;
  readonly relations: readonly Relation[];
  readonly funding: readonly Funding[];
  readonly source?: Source;
  readonly files: readonly RecordFile[];
  readonly references: readonly Reference[];
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
  readonly language: string;
  /** Whole per cent. */
  readonly confidence: number;
}

/** The metadata as it was received, byte for byte (decoded from the encoding it came in). */
export interface RawMetadata {
  /** Metadata prefix of the format, `oai_dc`; `bibtex`, `datacite_json` and the like for what is no XML. */
  readonly format: string;
  /** The child of the OAI-PMH `metadata` element, markup included; the entry, row or object of a file. */
  readonly text: string;
}

export interface Provenance {
  /** Where the record was taken from: the base URL of an OAI-PMH endpoint, a file's name. */
  readonly source: string;
  /** Metadata format which the description was read from. */
  readonly format: string;
  /** Milliseconds since 1970. Not a reason for a new digest by itself. */
  readonly harvestedAt: number;
}

interface HoldingBase {
  /** IRI under the origin node's base URL, ending in the record's key: `https://node.example/records/{key}`. */
  readonly id: string;
  /** The origin: the one node that may speak for this record. */
  readonly node: NodeId;
  readonly oaiIdentifier: string;
  /** setSpecs at the source. */
  readonly sets: readonly string[];
  /** The source's datestamp, ISO 8601 in UTC, seconds or days. */
  readonly datestamp: string;
}

export interface Record extends HoldingBase, Description {
  readonly detected?: DetectedLanguage;
  readonly provenance: Provenance;
  readonly raw: readonly RawMetadata[];
}

/** What remains of a record that was withdrawn by its manager or deleted at its source. */
export interface Tombstone extends HoldingBase {
  readonly titles: readonly LanguageString[];
  readonly identifiers: readonly Identifier[];
  readonly tombstone: {
    /** `withdrawn`: by the manager at the node. `deleted`: by the source repository. */
    readonly kind: 'withdrawn' | 'deleted';
    readonly reason: string;
    /** Milliseconds since 1970. */
    readonly at: number;
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
export function rawInView({ files, raw }: Pick<Record, 'files' | 'raw'>): readonly RawMetadata[] {
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

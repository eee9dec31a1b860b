import { versions } from '../../vocab/coar/index.ts';
import { base32 } from '../../vocab/base32.ts';
import { identifierUrl } from '../../vocab/identifiers.ts';
import {
  filesInView,
  isTombstone,
  type Agent,
  type Holding,
  type Identifier,
  type Record,
} from '../../vocab/record.ts';
import { sha256 } from '../../vocab/sha256.ts';
import { dataTypeOf } from './data-types.ts';
import type { Release } from './release.ts';

/** Identifiers as reports have them; of each kind there is one (CoP 5.1, table 3.i). */
export interface ItemIdentifiers {
  DOI?: string;
  Proprietary?: string;
  URI?: string;
}

export interface Author {
  name: string;
  orcid?: string;
}

/** The journal, book or conference that an item is a part of (CoP 5.1, table 3.j). */
export interface ParentItem {
  title: string;
  dataType: string;
  identifiers: ItemIdentifiers;
}

/** What a report tells of an item (CoP 5.1, tables 3.g to 3.l). */
export interface ReportItem {
  title: string;
  publisher: string;
  identifiers: ItemIdentifiers;
  /** At most three. */
  authors: readonly Author[];
  /** Of all authors. */
  orcids: readonly string[];
  /** `YYYY-MM-DD`; not there where less is known. */
  publicationDate?: string;
  /** NISO RP-8-2008. */
  articleVersion?: string;
  dataType: string;
  /** `0001` where it is not known. */
  yop: string;
  accessType: string;
  parent?: ParentItem;
}

interface ItemSurroundings {
  release: Release;
  /** The platform's, before identifiers that it gives. */
  namespace: string;
  /** `YYYY-MM-DD`: embargoes are over by then, or not. */
  today: string;
}

const MOST_AUTHORS = 3;
const UNKNOWN_YEAR = '0001';

/** What a report tells of a record; of one that is gone, what is left. */
export function describeItem(
  key: string,
  holding: Holding | undefined,
  { release, namespace, today }: ItemSurroundings,
): ReportItem {
  const { dataType, parentDataType } = dataTypeOf(
    holding !== undefined && !isTombstone(holding) ? holding.type : undefined,
    release,
  );
  const bare = { title: '', publisher: '', authors: [], orcids: [], dataType, yop: UNKNOWN_YEAR };
  if (holding === undefined) {
    const identifiers = { Proprietary: `${namespace}:record/${key}` };
    return { ...bare, identifiers, accessType: accessNames.Controlled[release] };
  }
  const common = {
    ...bare,
    title: holding.titles[0]?.value ?? '',
    identifiers: identifiersOf(holding, namespace),
  };
  if (isTombstone(holding)) return { ...common, accessType: accessNames.Controlled[release] };
  const { published, publisher = '', creators, version } = holding;
  const abbreviation = version === undefined ? undefined : versions.byUri(version)?.abbreviation;
  const parent = parentDataType === undefined ? undefined : parentOf(holding, parentDataType, namespace);
  return {
    ...common,
    publisher,
    authors: authorsOf(creators),
    orcids: creators.flatMap(({ orcid }) => (orcid === undefined ? [] : [orcid])),
    ...(published?.length === 10 && { publicationDate: published }),
    ...(abbreviation !== undefined && abbreviation !== 'NA' && { articleVersion: abbreviation }),
    yop: published?.slice(0, 4) ?? UNKNOWN_YEAR,
    accessType: accessNames[accessOf(holding, today)][release],
    ...(parent !== undefined && { parent }),
  };
}

const accessNames = {
  Controlled: { '5.1': 'Controlled', '5': 'Controlled' },
  Open: { '5.1': 'Open', '5': 'OA_Gold' },
  Free_To_Read: { '5.1': 'Free_To_Read', '5': 'Other_Free_To_Read' },
} as const;

/**
 * CoP 5.1, table 3.u: open is what the repository says is open. Where it says nothing, and does not keep its files back, everyone
 * may read.
 */
function accessOf(record: Record, today: string): keyof typeof accessNames {
  const { access } = record;
  if (access === undefined) {
    const files = filesInView(record);
    return files.length === 0 || files.some((file) => file.access === 'open') ? 'Free_To_Read' : 'Controlled';
  }
  if (access.right === 'open') return 'Open';
  const isOver =
    access.right === 'embargoed' && access.embargoEnds !== undefined && access.embargoEnds <= today;
  return isOver ? 'Open' : 'Controlled';
}

function authorsOf(creators: readonly Agent[]): Author[] {
  const authors = new Map<string, Author>();
  for (const { name, orcid } of creators) {
    if (name.length > 1) authors.set(`${name} ${orcid}`, { name, ...(orcid !== undefined && { orcid }) });
    if (authors.size === MOST_AUTHORS) break;
  }
  return [...authors.values()];
}

/** A handle before another address before the record's own; the OAI identifier is the repository's. */
function identifiersOf(holding: Holding, namespace: string): ItemIdentifiers {
  const { identifiers, oaiIdentifier, id } = holding;
  const doi = doiOf(identifiers);
  return {
    ...(doi !== undefined && { DOI: doi }),
    Proprietary: `${namespace}:${oaiIdentifier}`,
    URI: uriOf(identifiers) ?? id,
  };
}

function doiOf(identifiers: readonly Identifier[]): string | undefined {
  return identifiers.find(({ scheme, value }) => scheme === 'doi' && /^10\.[1-9]\d\d[\d.]*\/./.test(value))
    ?.value;
}

function uriOf(identifiers: readonly Identifier[]): string | undefined {
  for (const wanted of ['handle', 'url', 'urn'] as const) {
    const found = identifiers.find(({ scheme }) => scheme === wanted);
    const uri = found === undefined ? undefined : found.scheme === 'urn' ? found.value : identifierUrl(found);
    if (uri !== undefined && URL.canParse(uri)) return new URL(uri).href;
  }
  return undefined;
}

/**
 * The parent by what the record says of where it was published. Which medium an ISSN is of nobody tells a repository, so it
 * stands as a URN (RFC 3044), as an ISBN does (RFC 8254); a parent of which only the title is known has that for its name here.
 */
function parentOf(record: Record, dataType: string, namespace: string): ParentItem | undefined {
  const title = record.source?.title ?? '';
  const whole = record.relations.filter(({ kind }) => kind === 'isPartOf').map(({ target }) => target);
  const said = [
    ...whole,
    ...record.identifiers.filter(({ scheme }) => scheme === 'issn' || scheme === 'isbn'),
  ];
  const doi = doiOf(whole);
  const number = said.find(({ scheme }) => scheme === (dataType === 'Book' ? 'isbn' : 'issn'));
  const uri = number === undefined ? uriOf(whole) : `urn:${number.scheme.toUpperCase()}:${number.value}`;
  const identifiers = {
    ...(doi !== undefined && { DOI: doi }),
    ...(uri !== undefined && { URI: uri }),
  };
  if (doi !== undefined || uri !== undefined) return { title, dataType, identifiers };
  if (title === '') return undefined;
  return { title, dataType, identifiers: { Proprietary: `${namespace}:title/${titleKey(title)}` } };
}

const TITLE_KEY = 16;

function titleKey(title: string): string {
  return base32(sha256(title.normalize('NFKC').toLowerCase().trim())).slice(0, TITLE_KEY);
}

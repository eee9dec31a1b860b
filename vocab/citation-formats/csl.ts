import { nearestType } from '../coar/index.ts';
import { identifierUrl } from '../identifiers.ts';
import type { Agent, Identifier, Record as NgrRecord } from '../record.ts';

/** An item of CSL-JSON (Citation Style Language 1.0.2, csl-data.json). */
export interface CslItem {
  id: string;
  type: string;
  [variable: string]: unknown;
}

interface CslName {
  family?: string | undefined;
  given?: string | undefined;
  literal?: string | undefined;
  ORCID?: string | undefined;
}

/** Item types (appendix III) by COAR Resource Types; narrower ones take their wider one's. */
const types: Readonly<Record<string, string>> = {
  c_6501: 'article-journal',
  c_3e5a: 'article-journal',
  c_998f: 'article-newspaper',
  c_816b: 'article',
  c_8042: 'article',
  c_5794: 'paper-conference',
  c_f744: 'book',
  c_2f33: 'book',
  c_3248: 'chapter',
  c_46ec: 'thesis',
  c_93fc: 'report',
  c_ddb1: 'dataset',
  c_5ce6: 'software',
  c_15cd: 'patent',
  c_12cd: 'map',
  c_c513: 'graphic',
  c_8a7e: 'motion_picture',
  c_18cc: 'song',
  c_8544: 'speech',
  c_efa0: 'review',
  c_ba08: 'review-book',
  c_7ad9: 'webpage',
  c_6947: 'post-weblog',
  c_0857: 'personal_communication',
  c_0640: 'periodical',
  c_18cf: 'document',
};

/** What stands as `genre` where the type does not tell: "doctoral thesis". */
const genres: Readonly<Record<string, string>> = {
  c_db06: 'PhD thesis',
  c_bdcc: "Master's thesis",
  c_7a1f: "Bachelor's thesis",
  c_816b: 'preprint',
};

/** A record as an item for citation processors. */
export function recordToCsl(record: NgrRecord): CslItem {
  const { publishedDoi, source, titles, abstracts, languages, publisher } = record;
  const own = (scheme: Identifier['scheme']): string | undefined =>
    record.identifiers.find((identifier) => identifier.scheme === scheme)?.value;
  const within = (scheme: Identifier['scheme']): string | undefined =>
    record.relations.find(({ kind, target }) => kind === 'isPartOf' && target.scheme === scheme)?.target
      .value;
  const page = record.identifiers.map(identifierUrl).find((url) => url !== undefined);
  return given({
    id: record.id,
    type: nearestType(record.type, types) ?? 'document',
    genre: nearestType(record.type, genres),
    title: titles[0]?.value ?? '',
    author: names(record.creators),
    contributor: names(record.contributors),
    issued: record.published === undefined ? undefined : dateOf(record.published),
    abstract: abstracts[0]?.value,
    language: languages[0],
    publisher,
    'container-title': source?.title,
    volume: source?.volume,
    issue: source?.issue,
    page: source?.pages,
    keyword: record.subjects.length === 0 ? undefined : record.subjects.map(({ value }) => value).join(', '),
    DOI: publishedDoi ?? own('doi'),
    PMID: own('pmid'),
    ISBN: own('isbn') ?? within('isbn'),
    ISSN: within('issn'),
    URL: page ?? record.id,
  }) as CslItem;
}

function names(agents: readonly Agent[]): CslName[] | undefined {
  if (agents.length === 0) return undefined;
  return agents.map(({ name, family, given: first, orcid }) =>
    given({
      ...(family === undefined ? { literal: name } : { family, given: first }),
      ORCID: orcid === undefined ? undefined : `https://orcid.org/${orcid}`,
    }),
  );
}

/** `2016`, `2016-05` or `2016-05-13` as a date variable. */
function dateOf(date: string): { 'date-parts': [number[]] } {
  return { 'date-parts': [date.split('-').map(Number)] };
}

/** Without what is not there, and each text on one line: formats that are read line by line take a new one for a new tag. */
function given<T extends object>(variables: T): T {
  return Object.fromEntries(
    Object.entries(variables).flatMap(([name, value]: [string, unknown]) => {
      if (value === undefined) return [];
      return [[name, typeof value === 'string' ? value.replaceAll(/\s+/g, ' ').trim() : value]];
    }),
  ) as T;
}

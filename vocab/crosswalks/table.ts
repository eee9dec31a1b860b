import type { CrosswalkRow, FieldCrosswalk } from './crosswalk.ts';
import type { DescriptionBuilder } from './description-builder.ts';
import { readDescription, readIdentifier, readLanguages, readRelation, readSubject } from './oai-dc-read.ts';
import type { AgentParts } from './described-agent.ts';
import { textOf } from './json-values.ts';
import { normaliseIdentifier } from '../identifiers.ts';
import { readRecord, type RecordRow } from './record-table.ts';
import { type Cell, TableCells } from './table-cells.ts';
import { typedIdentifier } from './typed-identifier.ts';

/**
 * A row of a table, or a plain object of JSON: names of columns with their values. `element` is what we call the column;
 * what else it may be called is in `table-columns.ts`.
 */
export const tableRows: readonly (RecordRow<TableCells> & CrosswalkRow)[] = [
  {
    element: 'title',
    goesTo: 'titles, the first being the main one',
    read: (cells, description) => {
      for (const { text, language } of [...cells.of('title'), ...cells.of('other title')])
        description.title(text, language);
    },
  },
  {
    element: 'author',
    goesTo: 'creators: several parted by || or ; or, as in EPrints, in rows of their own; with ORCID',
    read: (cells, description) => {
      const names = cells.of('author').flatMap(oneEach);
      const agents = inParts(cells.inPlace('author family'), cells.inPlace('author given'), names);
      const orcids = cells.inPlace('author orcid').flatMap(oneEach);
      for (const [i, agent] of agents.entries()) {
        const orcid = agents.length === orcids.length ? orcids[i]?.text : undefined;
        description.creator(orcid === undefined ? agent : { ...agent, orcid });
      }
      for (const name of cells.texts('organisation')) description.creator({ name, kind: 'organisation' });
    },
  },
  {
    element: 'contributor',
    goesTo: 'contributors: editors, supervisors, translators',
    read: (cells, description) => {
      const names = cells.of('contributor').flatMap(oneEach);
      const agents = inParts(cells.inPlace('contributor family'), cells.inPlace('contributor given'), names);
      for (const agent of agents) description.contributor(agent);
    },
  },
  {
    element: 'type',
    goesTo: 'type (COAR Resource Types)',
    read: (cells, description) => cells.texts('type').forEach((text) => description.type(text)),
  },
  {
    element: 'version',
    goesTo: 'version (COAR Version Types)',
    read: (cells, description) => cells.texts('version').forEach((text) => void description.version(text)),
  },
  {
    element: 'issued',
    goesTo: 'published; other dates (available, accepted, submitted, created) where it is missing',
    read: (cells, description) => {
      for (const kind of ['issued', 'available', 'accepted', 'submitted', 'created'] as const)
        for (const text of cells.texts(kind)) description.date(text, kind);
    },
  },
  {
    element: 'journal',
    goesTo: 'source: title of the journal or book; with volume, issue, pages',
    read: (cells, description) => {
      const [first, last] = [cells.first('first page'), cells.first('last page')];
      description.journal({
        title: cells.first('journal'),
        volume: cells.first('volume'),
        issue: cells.first('issue'),
        pages: cells.first('pages') || [first, last].filter((page) => page !== '').join('-'),
      });
    },
  },
  {
    element: 'source',
    goesTo: 'source, taken apart; publishedDoi and relations, by the identifiers in it',
    read: (cells, description) => cells.texts('source').forEach((text) => description.source(text)),
  },
  {
    element: 'abstract',
    goesTo: 'abstracts',
    read: (cells, description) => {
      for (const { text, language } of cells.of('abstract')) description.abstract(text, language);
      for (const { text, language } of cells.of('description'))
        readDescription({ value: text, ...(language !== undefined && { language }) }, description);
    },
  },
  {
    element: 'subject',
    goesTo: 'subjects, parted by || or ;',
    read: (cells, description) => {
      for (const { text, language } of cells.of('subject'))
        readSubject({ value: text, ...(language !== undefined && { language }) }, description);
    },
  },
  {
    element: 'keyword',
    goesTo: 'subjects, parted by || or ; or, where there are none, by commas',
    read: (cells, description) => {
      const keywords = cells.of('keyword');
      for (const { text, language } of keywords) {
        const separator = keywords.length > 1 || text.includes(';') ? ';' : ',';
        for (const word of text.split(separator)) description.subject(word, language);
      }
    },
  },
  {
    element: 'language',
    goesTo: 'languages (BCP 47)',
    read: (cells, description) =>
      cells.texts('language').forEach((value) => readLanguages({ value }, description)),
  },
  {
    element: 'publisher',
    goesTo: 'publisher',
    read: (cells, description) => cells.texts('publisher').forEach((text) => description.publisher(text)),
  },
  {
    element: 'doi',
    goesTo: 'identifiers; publishedDoi, by the type',
    read: (cells, description) => readScheme('doi', cells.texts('doi'), description),
  },
  {
    element: 'published doi',
    goesTo: "publishedDoi: the published version's, where the item has one of its own",
    read: (cells, description) => {
      for (const text of cells.texts('published doi')) {
        const identifier = typedIdentifier('doi', text) ?? normaliseIdentifier(text);
        if (identifier !== undefined) description.publishedAs(identifier);
      }
    },
  },
  {
    element: 'identifier',
    goesTo: 'identifiers, of any kind; files, by the address of a file; source, by a citation',
    read: (cells, description) => {
      for (const value of cells.texts('id'))
        if (normaliseIdentifier(value) !== undefined) readIdentifier({ value }, description);
      for (const value of cells.texts('identifier')) readIdentifier({ value }, description);
    },
  },
  ...(['isbn', 'issn', 'pmid', 'arxiv'] as const).map((scheme) => ({
    element: scheme,
    goesTo:
      scheme === 'issn'
        ? 'relations (isPartOf)'
        : scheme === 'isbn'
          ? 'identifiers; of a chapter, relations'
          : 'identifiers',
    read: (cells: TableCells, description: DescriptionBuilder) =>
      readScheme(scheme, cells.texts(scheme), description),
  })),
  {
    element: 'relation',
    goesTo: 'relations',
    read: (cells, description) =>
      cells.texts('relation').forEach((value) => readRelation({ value }, description)),
  },
  {
    element: 'file',
    goesTo: 'files, by their addresses',
    read: (cells, description) => {
      for (const text of cells.texts('file').flatMap((list) => list.split(/(?<![;,\s])[;,\s]+(?=https?:)/i)))
        if (/^https?:/i.test(text)) description.file(text);
    },
  },
  {
    element: 'access',
    goesTo: 'access (COAR Access Rights)',
    read: (cells, description) => cells.texts('access').forEach((text) => void description.accessRight(text)),
  },
  {
    element: 'rights',
    goesTo: 'licence, access',
    read: (cells, description) => cells.texts('rights').forEach((text) => description.rights(text)),
  },
  {
    element: 'embargo',
    goesTo: 'access: when the embargo ends',
    read: (cells, description) => cells.texts('embargo').forEach((text) => description.embargoEnds(text)),
  },
  {
    element: 'funding',
    goesTo: 'funding: the funder, with the grant number of the column "award"',
    read: (cells, description) => {
      const funders = cells.texts('funding').filter((text) => !description.funding(text));
      const awards = cells.texts('award').filter((text) => !description.funding(text));
      const most = Math.max(funders.length, awards.length);
      for (let i = 0; i < most; i += 1)
        description.grant({ funder: funders[i] ?? '', award: awards[i] ?? '' });
    },
  },
];

export const table: FieldCrosswalk = {
  format: 'table',
  title: 'Tables (CSV, TSV) and plain JSON',
  describedAt: 'https://www.rfc-editor.org/rfc/rfc4180',
  rows: tableRows,
  read: (fields) => readRecord(tableRows, new TableCells(fields)),
};

/** People like to list several with semicolons; commas are within names. */
function oneEach(cell: Cell): Cell[] {
  return cell.object === undefined ? cell.text.split(';').map((text) => ({ text: text.trim() })) : [cell];
}

/** An author as a text, or as an object of JSON: `{ "family": …, "given": …, "orcid": … }`. */
function agentOf({ text, object }: Cell): AgentParts {
  if (object === undefined) return { name: text };
  const part = (...names: string[]): string =>
    names.map((name) => textOf(object[name])).find((one) => one !== '') ?? '';
  return {
    name: part('name', 'literal', 'full_name', 'fullName'),
    family: part('family', 'family_name', 'familyName', 'last_name', 'lastName', 'surname', 'last'),
    given: part('given', 'given_name', 'givenName', 'first_name', 'firstName', 'first'),
    orcid: part('orcid', 'ORCID', 'orcid_id'),
    affiliation: part('affiliation', 'institution'),
  };
}

/** Names whose parts stand in columns of their own; where there are none, the whole names. */
function inParts(families: readonly Cell[], givens: readonly Cell[], whole: readonly Cell[]): AgentParts[] {
  const agents = families.map(({ text }, i) => ({ family: text, given: givens[i]?.text ?? '' }));
  const named = agents.filter(({ family, given }) => family + given !== '');
  return named.length > 0 ? named : whole.map(agentOf);
}

function readScheme(
  scheme: 'doi' | 'isbn' | 'issn' | 'pmid' | 'arxiv',
  texts: readonly string[],
  description: DescriptionBuilder,
): void {
  for (const text of texts.flatMap((list) => list.split(/[;,\s]+(?=[\dX]|https?:|10\.)/i))) {
    const identifier = typedIdentifier(scheme, text);
    if (identifier === undefined) description.log.add('IDENTIFIER_REFUSED', text, '');
    else if (identifier.scheme === 'issn' || (identifier.scheme === 'isbn' && description.isPart()))
      description.related('isPartOf', identifier);
    else description.identifier(identifier);
  }
}

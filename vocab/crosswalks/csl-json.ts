import { normaliseIdentifier } from '../identifiers.ts';
import type { IdentifierScheme } from '../record.ts';
import type { FieldCrosswalk } from './crosswalk.ts';
import { cslDate, cslNames, cslTypes, readKeywords } from './csl-json-read.ts';
import type { DescriptionBuilder } from './description-builder.ts';
import { type FieldRow, readFields } from './field-table.ts';
import { objectsOf, textOf, textsOf } from './json-values.ts';
import { readIdentifier } from './oai-dc-read.ts';
import { typedIdentifier } from './typed-identifier.ts';

/**
 * CSL-JSON, the input of citation processors (Citation Style Language 1.0.2, csl-data.json), and with it what is read out
 * of BibTeX and RIS; below it some properties that Crossref adds. What tells how an item is cited or filed (accessed,
 * citation-key, call-number, short titles) has no place in a record.
 */
export const cslJsonRows: readonly FieldRow[] = [
  {
    element: 'title',
    goesTo: 'titles',
    read: (value, description) => textsOf(value).forEach((text) => description.title(text)),
  },
  {
    element: 'translated-title',
    goesTo: 'titles',
    read: (value, description) => textsOf(value).forEach((text) => description.title(text)),
  },
  {
    element: 'type',
    goesTo: 'type (COAR Resource Types)',
    read: (value, description) => description.type(cslTypes[textOf(value).toLowerCase()] ?? ''),
  },
  {
    element: 'genre',
    goesTo: 'type, where it says more: "PhD thesis"',
    read: (value, description) => description.type(cslTypes[textOf(value)] ?? textOf(value)),
  },
  {
    element: 'author',
    goesTo: 'creators',
    read: (value, description) => cslNames(value).forEach((name) => description.creator(name)),
  },
  ...['editor', 'translator', 'collection-editor', 'contributor', 'illustrator', 'director', 'organizer'].map(
    (element): FieldRow => ({
      element,
      goesTo: 'contributors',
      read: (value, description) => cslNames(value).forEach((name) => description.contributor(name)),
    }),
  ),
  {
    element: 'issued',
    goesTo: 'published',
    read: (value, description) => description.date(cslDate(value), 'issued'),
  },
  {
    element: 'available-date',
    goesTo: 'published, where there is no issued',
    read: (value, description) => description.date(cslDate(value), 'available'),
  },
  {
    element: 'submitted',
    goesTo: 'published, where there is no other date',
    read: (value, description) => description.date(cslDate(value), 'submitted'),
  },
  {
    element: 'abstract',
    goesTo: 'abstracts',
    read: (value, description) => textsOf(value).forEach((text) => description.abstract(text)),
  },
  { element: 'keyword', goesTo: 'subjects, each of the list', read: readKeywords },
  {
    element: 'language',
    goesTo: 'languages (BCP 47)',
    read: (value, description) => textsOf(value).forEach((text) => description.language(text)),
  },
  {
    element: 'publisher',
    goesTo: 'publisher',
    read: (value, description) => description.publisher(textOf(value)),
  },
  ...(['container-title', 'event-title', 'event'] as const).map((element): FieldRow => ({
    element,
    goesTo: `source: title${element === 'container-title' ? '' : ', where there is no container-title'}`,
    read: (value, description) => description.journal({ title: textOf(value) }),
  })),
  {
    element: 'volume',
    goesTo: 'source: volume',
    read: (value, description) => description.journal({ volume: textOf(value) }),
  },
  {
    element: 'issue',
    goesTo: 'source: issue',
    read: (value, description) => description.journal({ issue: textOf(value) }),
  },
  {
    element: 'page',
    goesTo: 'source: pages',
    read: (value, description) => description.journal({ pages: textOf(value) }),
  },
  {
    element: 'DOI',
    goesTo: 'identifiers; publishedDoi, by the type',
    read: (value, description) => readScheme('doi', value, description),
  },
  {
    element: 'PMID',
    goesTo: 'identifiers',
    read: (value, description) => readScheme('pmid', value, description),
  },
  {
    element: 'ISBN',
    goesTo: 'identifiers; of a chapter or paper, relations (isPartOf)',
    read: (value, description) => readScheme('isbn', value, description),
  },
  {
    element: 'ISSN',
    goesTo: 'relations (isPartOf)',
    read: (value, description) => readScheme('issn', value, description),
  },
  {
    element: 'URL',
    goesTo: 'identifiers; files, by the address of a file',
    read: (value, description) =>
      textsOf(value).forEach((text) => readIdentifier({ value: text }, description)),
  },
  {
    element: 'custom',
    goesTo: 'of BibTeX and RIS: files (file), identifiers (arxiv, urn), licence',
    read: (value, description) => {
      for (const { file, arxiv, urn, licence } of objectsOf(value)) {
        for (const url of textsOf(file)) description.file(url);
        readScheme('arxiv', arxiv, description);
        for (const text of textsOf(urn)) readIdentifier({ value: text }, description);
        for (const text of textsOf(licence)) description.rights(text);
      }
    },
  },
  {
    element: 'license',
    goesTo: 'licence (Crossref)',
    read: (value, description) => objectsOf(value).forEach(({ URL }) => description.licence(textOf(URL))),
  },
  {
    element: 'funder',
    goesTo: 'funding (Crossref)',
    read: (value, description) => {
      for (const { name, DOI, award } of objectsOf(value)) {
        const funder = { funder: textOf(name), funderId: textOf(DOI) };
        const awards = textsOf(award);
        for (const number of awards.length === 0 ? [''] : awards)
          description.grant({ ...funder, award: number });
      }
    },
  },
  {
    element: 'reference',
    goesTo: 'references (Crossref)',
    read: (value, description) => {
      for (const { DOI, unstructured, year, 'article-title': title } of objectsOf(value)) {
        const identifier = normaliseIdentifier(textOf(DOI));
        const parts = { text: textOf(unstructured), title: textOf(title), year: textOf(year) };
        description.reference({ ...parts, ...(identifier !== undefined && { identifier }) });
      }
    },
  },
];

function cslCrosswalk(format: string, title: string, describedAt: string): FieldCrosswalk {
  return { format, title, describedAt, rows: cslJsonRows, read: (fields) => readFields(cslJsonRows, fields) };
}

export const cslJson = cslCrosswalk(
  'csl_json',
  'CSL-JSON 1.0.2',
  'https://docs.citationstyles.org/en/stable/specification.html',
);

/** Entries of a bibliography, which a library has turned into CSL-JSON; the raw metadata are the entry itself. */
export const bibtex = cslCrosswalk('bibtex', 'BibTeX and BibLaTeX', 'https://ctan.org/pkg/biblatex');
export const ris = cslCrosswalk('ris', 'RIS', 'https://en.wikipedia.org/wiki/RIS_(file_format)');

/** One or several identifiers whose scheme is known, with or without it written before them. */
function readScheme(scheme: IdentifierScheme, value: unknown, description: DescriptionBuilder): void {
  for (const text of textsOf(value).flatMap((list) =>
    list.split(/(?<![;,\s])[;,\s]+(?=[\dX]|https?:|10\.)/i),
  )) {
    const identifier = typedIdentifier(scheme, text);
    if (identifier?.scheme !== scheme) description.log.add('IDENTIFIER_REFUSED', text, '');
    else if (scheme === 'issn' || (scheme === 'isbn' && description.isPart())) {
      description.related('isPartOf', identifier);
    } else description.identifier(identifier);
  }
}

import { accessRightUri } from '../coar/index.ts';
import { findIdentifiers, normaliseIdentifier } from '../identifiers.ts';
import type { LanguageString, Record, RelationKind } from '../record.ts';
import type { DescriptionBuilder } from './description-builder.ts';
import {
  readCitation,
  readDate,
  readDescription,
  readIdentifier,
  readLanguages,
  readReference,
  readRelation,
  readRights,
  readSubject,
} from './oai-dc-read.ts';
import {
  fundingTexts,
  identifierTexts,
  mediaTypes,
  publishedDoiTexts,
  sourceTexts,
  typeTexts,
} from './oai-dc-write.ts';
import type { DateKind } from './publication-date.ts';
import { writtenIdentifier } from './written-identifier.ts';
import { crosswalkByRows, ofText, textElements, type XmlRow } from './xml-table.ts';

/** A row of an element that is read by its text. */
function row(
  element: string,
  goesTo: string,
  read: (text: LanguageString, description: DescriptionBuilder) => void,
  write?: (record: Record) => readonly (string | LanguageString | undefined)[],
): XmlRow {
  const reads = { element, goesTo, read: ofText(read) };
  return write === undefined ? reads : { ...reads, write: (record) => textElements(element, write(record)) };
}

/** The terms that say how two works are related, in the order of DCMI's list, with our kind of relation. */
const relationTerms: readonly (readonly [term: string, kind: RelationKind])[] = [
  ['dcterms:hasPart', 'hasPart'],
  ['dcterms:hasVersion', 'hasVersion'],
  ['dcterms:isPartOf', 'isPartOf'],
  ['dcterms:isReferencedBy', 'isReferencedBy'],
  ['dcterms:isReplacedBy', 'isReplacedBy'],
  ['dcterms:isVersionOf', 'isVersionOf'],
  ['dcterms:replaces', 'replaces'],
];

function relationRow(term: string, kind: RelationKind): XmlRow {
  return row(
    term,
    `relations (${kind}), by the identifiers in it`,
    ({ value }, description) => {
      for (const target of targets(value)) description.related(kind, target);
    },
    ({ relations }) =>
      relations.flatMap((relation) => (relation.kind === kind ? writtenIdentifier(relation.target) : [])),
  );
}

/** ISSNs and ISBNs may stand without their names here. */
function targets(text: string): ReturnType<typeof findIdentifiers> {
  const alone = normaliseIdentifier(text);
  return alone === undefined ? findIdentifiers(text) : [alone];
}

function dateRow(
  term: string,
  kind: DateKind,
  goesTo: string,
  write?: (record: Record) => string | undefined,
): XmlRow {
  return row(
    term,
    goesTo,
    ({ value }, description) => description.date(value, kind),
    write && ((record) => [write(record)]),
  );
}

const termsOfRelations: ReadonlySet<RelationKind> = new Set([
  'references',
  ...relationTerms.map(([, kind]) => kind),
]);

/** What no term says stands before the identifier, in words. */
function otherRelations({ relations }: Record): string[] {
  return relations.flatMap(({ kind, target }) => {
    if (termsOfRelations.has(kind)) return [];
    return kind === 'relation' ? writtenIdentifier(target) : `${kind} ${writtenIdentifier(target)}`;
  });
}

/**
 * Dublin Core with the refinements of DCMI Metadata Terms
 * (https://www.dublincore.org/specifications/dublin-core/dcmi-terms/), as DSpace and others offer it as `qdc`.
 *
 * Coverage, extent, medium, provenance, audience, tables of contents and rights holders have no place in a record.
 */
const qdcRows: readonly XmlRow[] = [
  row(
    'dc:title',
    'titles, the first being the main one',
    ({ value, language }, description) => description.title(value, language),
    (record) => record.titles,
  ),
  row('dcterms:alternative', 'titles', ({ value, language }, description) =>
    description.title(value, language),
  ),
  row(
    'dc:creator',
    'creators, with ORCID and affiliation where they stand with the name',
    ({ value }, description) => description.creators(value),
    (record) => record.creators.map(({ name }) => name),
  ),
  row(
    'dc:contributor',
    'contributors',
    ({ value }, description) => description.contributors(value),
    (record) => record.contributors.map(({ name }) => name),
  ),
  row('dc:subject', 'subjects, several in one element taken apart', readSubject, (record) => record.subjects),
  row(
    'dc:type',
    'type (COAR Resource Types) and version (COAR Version Types)',
    ({ value }, description) => description.type(value),
    typeTexts,
  ),
  row(
    'dc:identifier',
    'identifiers; files, by the address of a file; source, by a citation; relations, by an ISSN',
    readIdentifier,
    identifierTexts,
  ),
  row(
    'dcterms:bibliographicCitation',
    'source; publishedDoi and relations, by the identifiers in it',
    ({ value }, description) => readCitation(value, description),
  ),
  row(
    'dc:source',
    'source; publishedDoi and relations, by the identifiers in it',
    ({ value }, description) => description.source(value),
    sourceTexts,
  ),
  ...relationTerms.map(([term, kind]) => relationRow(term, kind)),
  row('dcterms:isFormatOf', 'relations, by the identifiers in it', readRelation),
  row('dcterms:hasFormat', 'relations, by the identifiers in it', readRelation),
  row(
    'dcterms:references',
    'relations (references), where it is an identifier; references, where it is a text',
    readReference,
    ({ relations, references }) => [
      ...relations.flatMap(({ kind, target }) => (kind === 'references' ? writtenIdentifier(target) : [])),
      ...references.map(({ text }) => text),
    ],
  ),
  row(
    'dc:relation',
    'relations; publishedDoi; funding (info:eu-repo/grantAgreement); identifiers (altIdentifier)',
    readRelation,
    (record) => [...publishedDoiTexts(record), ...otherRelations(record), ...fundingTexts(record)],
  ),
  row(
    'dcterms:abstract',
    'abstracts',
    ({ value, language }, description) => description.abstract(value, language),
    (record) => record.abstracts,
  ),
  row('dc:description', 'abstracts; source and publishedDoi, by a citation', readDescription),
  row(
    'dc:publisher',
    'publisher',
    ({ value }, description) => description.publisher(value),
    ({ publisher }) => [publisher],
  ),
  dateRow('dcterms:issued', 'issued', 'published', ({ published }) => published),
  row(
    'dc:date',
    'published, where there is no dcterms:issued; access (info:eu-repo/date/embargoEnd)',
    readDate,
  ),
  dateRow(
    'dcterms:available',
    'available',
    'access, as the end of an embargo where one is said; published, where no better date is there',
    ({ access }) => access?.embargoEnds,
  ),
  dateRow('dcterms:dateAccepted', 'accepted', 'published, where no better date is there'),
  dateRow('dcterms:dateSubmitted', 'submitted', 'published, where no better date is there'),
  dateRow('dcterms:created', 'created', 'published, where no better date is there'),
  dateRow('dcterms:modified', 'updated', 'published, where no better date is there'),
  row('dc:language', 'languages (BCP 47)', readLanguages, (record) => record.languages),
  row('dcterms:accessRights', 'access (COAR Access Rights)', readRights, ({ access }) => [
    access && accessRightUri(access.right),
  ]),
  row(
    'dcterms:license',
    'licence',
    ({ value }, description) => description.licence(value),
    ({ licence }) => [licence],
  ),
  row('dc:rights', 'access (COAR Access Rights) and licence', readRights),
  row(
    'dc:format',
    'files, where there is one file and one media type',
    ({ value }, description) => description.format(value),
    mediaTypes,
  ),
];

const namespace = 'http://dspace.org/qualifieddc/';
const schema = 'http://www.ukoln.ac.uk/metadata/dcmi/xmlschema/qualifieddc.xsd';

export const qdc = crosswalkByRows({
  title: 'Qualified Dublin Core',
  describedAt: 'https://www.dublincore.org/specifications/dublin-core/dcmi-terms/',
  rows: qdcRows,
  lacks:
    'Names have neither identifiers nor affiliations, files nothing but address and media type, references nothing but their text.',
  prefix: 'qdc',
  namespace,
  schema,
  roots: ['qualifieddc', 'qualifiedDC', 'qdc', 'dcterms'],
  aliases: {
    prefixes: ['oai_qdc', 'dcterms', 'oai_dcterms', 'qualified_dc', 'oai_dcq'],
    namespaces: [
      // What DSpace says in ListMetadataFormats, of a root element in the namespace above.
      'http://purl.org/dc/terms/',
      'http://worldcat.org/xmlschemas/qdc-1.0/',
      'http://epubs.cclrc.ac.uk/xmlns/qdc/',
      'http://www.openarchives.org/OAI/2.0/oai_dcterms/',
    ],
  },
  root: 'qdc:qualifieddc',
  namespaces: {
    qdc: namespace,
    dc: 'http://purl.org/dc/elements/1.1/',
    dcterms: 'http://purl.org/dc/terms/',
  },
});

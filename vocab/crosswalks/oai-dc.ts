import type { LanguageString, Record } from '../record.ts';
import { element, raw, type XmlElement } from '../xml/index.ts';
import type { CrosswalkResult, CrosswalkRow, Writing, XmlCrosswalk } from './crosswalk.ts';
import { DescriptionBuilder } from './description-builder.ts';
import {
  readDate,
  readDescription,
  readIdentifier,
  readLanguages,
  readRelation,
  readRights,
  readSubject,
} from './oai-dc-read.ts';
import {
  dateTexts,
  fundingTexts,
  identifierTexts,
  mediaTypes,
  relationTexts,
  rightsTexts,
  sourceTexts,
  typeTexts,
} from './oai-dc-write.ts';
import { rootAttributes } from './root-attributes.ts';

interface Row extends CrosswalkRow {
  readonly read: (text: LanguageString, description: DescriptionBuilder) => void;
  readonly write: (record: Record) => readonly (string | LanguageString)[];
}

/**
 * Unqualified Dublin Core (OAI-PMH 2.0, section 5), as repositories fill it and as the OpenAIRE Guidelines for Literature
 * Repositories 3 wish it. `coverage` has no place in a record. Elements may come in any order; they are read in this one,
 * because a citation is told from an abstract by the title in it, and a book's ISBN from a chapter's by the type.
 */
export const oaiDcRows: readonly Row[] = [
  {
    element: 'title',
    goesTo: 'titles, the first being the main one',
    read: ({ value, language }, description) => description.title(value, language),
    write: (record) => record.titles,
  },
  {
    element: 'creator',
    goesTo: 'creators, with ORCID and affiliation where they stand with the name',
    read: ({ value }, description) => description.creators(value),
    write: (record) => record.creators.map((agent) => agent.name),
  },
  {
    element: 'contributor',
    goesTo: 'contributors',
    read: ({ value }, description) => description.contributors(value),
    write: (record) => record.contributors.map((agent) => agent.name),
  },
  {
    element: 'subject',
    goesTo: 'subjects, several in one element taken apart',
    read: readSubject,
    write: (record) => record.subjects,
  },
  {
    element: 'type',
    goesTo: 'type (COAR Resource Types) and version (COAR Version Types)',
    read: ({ value }, description) => description.type(value),
    write: typeTexts,
  },
  {
    element: 'identifier',
    goesTo: 'identifiers; files, by the address of a file; source, by a citation; relations, by an ISSN',
    read: readIdentifier,
    write: identifierTexts,
  },
  {
    element: 'source',
    goesTo: 'source; publishedDoi and relations, by the identifiers in it',
    read: ({ value }, description) => description.source(value),
    write: sourceTexts,
  },
  {
    element: 'relation',
    goesTo: 'relations; publishedDoi; funding (info:eu-repo/grantAgreement); identifiers (altIdentifier)',
    read: readRelation,
    write: (record) => [...relationTexts(record), ...fundingTexts(record)],
  },
  {
    element: 'description',
    goesTo: 'abstracts; source and publishedDoi, by a citation',
    read: readDescription,
    write: (record) => record.abstracts,
  },
  {
    element: 'publisher',
    goesTo: 'publisher',
    read: ({ value }, description) => description.publisher(value),
    write: (record) => (record.publisher === undefined ? [] : [record.publisher]),
  },
  {
    element: 'date',
    goesTo: 'published, the first date that is no time stamp; access (info:eu-repo/date/embargoEnd)',
    read: readDate,
    write: dateTexts,
  },
  {
    element: 'language',
    goesTo: 'languages (BCP 47)',
    read: readLanguages,
    write: (record) => record.languages,
  },
  {
    element: 'rights',
    goesTo: 'access (COAR Access Rights) and licence',
    read: readRights,
    write: rightsTexts,
  },
  {
    element: 'format',
    goesTo: 'files, where there is one file and one media type',
    read: ({ value }, description) => description.format(value),
    write: mediaTypes,
  },
];

const namespace = 'http://www.openarchives.org/OAI/2.0/oai_dc/';
const schema = 'http://www.openarchives.org/OAI/2.0/oai_dc.xsd';

export const oaiDc: Writing<XmlCrosswalk> = {
  title: 'Unqualified Dublin Core',
  describedAt: 'https://www.openarchives.org/OAI/openarchivesprotocol.html#dublincore',
  rows: oaiDcRows,
  lacks:
    'Names have neither identifiers nor affiliations, files nothing but address and media type; there are no references.',
  prefix: 'oai_dc',
  namespace,
  schema,
  roots: ['dc'],

  read(metadata: XmlElement): CrosswalkResult {
    const description = new DescriptionBuilder();
    for (const row of oaiDcRows) {
      description.log.field = `dc:${row.element}`;
      for (const child of metadata.children) {
        if (child.local !== row.element) continue;
        const value = child.content().trim();
        const { language } = child;
        if (value !== '') row.read(language === undefined ? { value } : { value, language }, description);
      }
    }
    return { description: description.build(), repairs: description.log.repairs };
  },

  write(record: Record): string {
    const namespaces = { oai_dc: namespace, dc: 'http://purl.org/dc/elements/1.1/' };
    const attributes = rootAttributes(namespaces, { namespace, schema });
    const elements = oaiDcRows.flatMap((row) =>
      row.write(record).map((text) => raw(dublinCore(row.element, text))),
    );
    return element('oai_dc:dc', attributes, elements);
  },
};

function dublinCore(name: string, text: string | LanguageString): string {
  if (typeof text === 'string') return element(`dc:${name}`, {}, text);
  return element(`dc:${name}`, { 'xml:lang': text.language }, text.value);
}

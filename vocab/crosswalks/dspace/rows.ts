import { resourceTypes } from '../../coar/index.ts';
import { normaliseIdentifier } from '../../identifiers.ts';
import {
  readCitation,
  readDate,
  readDescription,
  readLanguages,
  readReference,
  readRights,
} from '../oai-dc-read.ts';
import { fundingTexts } from '../oai-dc-write.ts';
import type { DateKind } from '../publication-date.ts';
import { readAuthors, readContributors } from './agents.ts';
import {
  readFunding,
  readIdentifierField,
  readJournal,
  readPublisherVersion,
  readRelationField,
  readSponsorship,
  readSubjectField,
} from './read.ts';
import { type DSpaceRow, each, fieldReader } from './table.ts';
import {
  accessValues,
  agentValues,
  citationValues,
  identifierValues,
  journalValues,
  publishedValues,
  referenceValues,
  relationValues,
} from './write.ts';

const dated = (kind: DateKind): DSpaceRow['read'] =>
  each(({ value }, description) => description.date(value, kind));
const otherwise = 'published, where no better date is there';

/**
 * DSpace's metadata, field by field: those of its registries (DSpace/DSpace, dspace/config/registries), of OpenAIRE 4 as
 * DSpace keeps it, and those that installations in Latin America, Portugal and Spain have added.
 *
 * Fields that no row has stay in the raw metadata. dc.description.provenance, dc.date.accessioned, rights holders and
 * whatever names or numbers people other than authors and contributors are among them on purpose.
 */
export const dspaceRows: readonly DSpaceRow[] = [
  {
    element: 'dc.title, dc.title.*',
    goesTo: 'titles, the first being the main one',
    read: each(({ value, language }, description) => description.title(value, language)),
    write: ({ titles }) => titles,
  },
  {
    element: 'dc.contributor.author, dc.creator, dc.creator.*',
    goesTo:
      'creators, with the ORCID that is their authority, or that of the same authority in person.identifier.orcid',
    read: readAuthors,
    write: ({ creators }) => agentValues(creators),
  },
  {
    element: 'dc.contributor.other, dc.contributor, dc.contributor.*',
    goesTo: 'contributors, as creators',
    read: readContributors,
    write: ({ contributors }) => agentValues(contributors),
  },
  {
    element: 'dc.subject, dc.subject.*, datacite.subject.fos',
    goesTo: 'subjects, several in one value taken apart; classes with their scheme',
    read: each(readSubjectField),
    write: ({ subjects }) => subjects,
  },
  {
    element: 'dc.type, dc.type.*, rioxxterms.type',
    goesTo: 'type (COAR Resource Types), the one that says most',
    read: each(({ value }, description) => description.type(value)),
    write: ({ type }) => [type && resourceTypes.byUri(type)?.labels.en, type],
  },
  {
    element: 'oaire.version, dc.type.version, dc.description.version, rioxxterms.version',
    goesTo: 'version (COAR Version Types)',
    read: each(({ value }, description) => void description.version(value)),
    write: ({ version }) => [version],
  },
  {
    element: 'dc.identifier.uri, dc.identifier, dc.identifier.*',
    goesTo:
      'identifiers, by the qualifier: doi, handle, isbn, pmid, arxiv, urn, uri, other; relations (isPartOf), by issn; files, by the address of a file',
    read: each(readIdentifierField),
    write: identifierValues,
  },
  {
    element: 'dc.relation.publisherversion, rioxxterms.versionofrecord',
    goesTo: 'publishedDoi; relations (isVersionOf), by an address',
    read: each(readPublisherVersion),
    write: publishedValues,
  },
  {
    element:
      'oaire.citation.*, dc.source.*, dc.citation.*, dc.bibliographicCitation.*, degois.publication.*, journal.title, publicationVolume.volumeNumber, publicationIssue.issueNumber',
    goesTo: 'source: title, volume, issue and pages, by the last part of the name',
    read: readJournal,
    write: journalValues,
  },
  {
    element: 'dc.source',
    goesTo: 'source; publishedDoi and relations, by the identifiers in it',
    read: each(({ value }, description) => description.source(value)),
    write: citationValues,
  },
  {
    element: 'dc.identifier.citation, dcterms.bibliographicCitation',
    goesTo: 'source; publishedDoi and relations, by the identifiers in it',
    read: each(({ value }, description) => readCitation(value, description)),
  },
  {
    element: 'creativeworkseries.issn',
    goesTo: 'relations (isPartOf)',
    read: each(({ value }, description) => {
      const issn = normaliseIdentifier(value);
      if (issn?.scheme === 'issn') description.related('isPartOf', issn);
    }),
  },
  {
    element: 'dc.relation.references, dcterms.references',
    goesTo: 'relations (references), where it is an identifier; references, where it is a text',
    read: each(readReference),
    write: referenceValues,
  },
  {
    element: 'dc.relation, dc.relation.*',
    goesTo:
      'relations, by the qualifier; publishedDoi; funding (info:eu-repo/grantAgreement); source, by a title in ispartof',
    read: each(readRelationField),
    write: (record) => [...relationValues(record), ...fundingTexts(record)],
  },
  {
    element: 'oaire.awardNumber, project.funder.name, project.funder.identifier',
    goesTo: 'funding: the first award is the first funder’s, and so on',
    read: readFunding,
  },
  {
    element: 'dc.description.sponsorship, dc.contributor.sponsor, dc.contributor.funder',
    goesTo: 'funding, where it is a grant agreement or a name',
    read: each(readSponsorship),
  },
  {
    element: 'dc.description.abstract, dc.description.resumen, dc.description.resumo, dc.description.resume',
    goesTo: 'abstracts',
    read: each(({ value, language }, description) => description.abstract(value, language)),
    write: ({ abstracts }) => abstracts,
  },
  {
    element: 'dc.description',
    goesTo: 'abstracts; source and publishedDoi, by a citation',
    read: each(readDescription),
  },
  {
    element: 'dc.publisher',
    goesTo: 'publisher',
    read: each(({ value }, description) => description.publisher(value)),
    write: ({ publisher }) => [publisher],
  },
  {
    element: 'dc.date.issued, dcterms.issued',
    goesTo: 'published',
    read: dated('issued'),
    write: ({ published }) => [published],
  },
  {
    element: 'dc.date',
    goesTo: 'published, where there is no dc.date.issued; access (info:eu-repo/date/embargoEnd)',
    read: each(readDate),
  },
  {
    element: 'datacite.available, dc.date.available, dcterms.available',
    goesTo: `access, as the end of an embargo where one is said; ${otherwise}`,
    read: dated('available'),
    write: ({ access }) => [access?.embargoEnds],
  },
  {
    element: 'dcterms.dateAccepted, dc.date.accepted, dc.date.dateAccepted',
    goesTo: otherwise,
    read: dated('accepted'),
  },
  { element: 'dc.date.submitted, dcterms.dateSubmitted', goesTo: otherwise, read: dated('submitted') },
  {
    element: 'dc.date.created, dcterms.created, dc.date.copyright',
    goesTo: otherwise,
    read: dated('created'),
  },
  { element: 'dc.date.updated, dcterms.modified', goesTo: otherwise, read: dated('updated') },
  {
    element:
      'dc.date.embargo, dc.date.embargoEnd, dc.date.embargoUntil, dc.rights.embargodate, dc.rights.embargolift, dc.embargo.lift, dc.embargo.liftdate, dc.embargo.terms, local.embargo.lift, local.embargo.liftdate',
    goesTo: 'access, as the end of an embargo',
    read: each(({ value }, description) =>
      /^info:/i.test(value) ? readDate({ value }, description) : description.embargoEnds(value),
    ),
  },
  {
    element: 'dc.language.iso, dc.language, dc.language.*',
    goesTo: 'languages (BCP 47)',
    read: each(readLanguages),
    write: ({ languages }) => languages,
  },
  {
    element:
      'datacite.rights, dc.rights.accessRights, dcterms.accessRights, dc.rights.accessLevel, dc.rights.access',
    goesTo: 'access (COAR Access Rights)',
    read: each(readRights),
    write: accessValues,
  },
  {
    element: 'dc.rights.uri, dcterms.license, dc.rights.license, oaire.licenseCondition',
    goesTo: 'licence',
    read: each(readRights),
    write: ({ licence }) => [licence],
  },
  {
    element: 'dc.rights, dc.rights.*',
    goesTo: 'access (COAR Access Rights) and licence',
    read: each(readRights),
  },
  {
    element: 'dc.format.mimetype, dc.format',
    goesTo: 'files, where there is one file and one media type',
    read: each(({ value }, description) => description.format(value)),
  },
];

/** Reads an item by the table. */
export const readFields = fieldReader(dspaceRows);

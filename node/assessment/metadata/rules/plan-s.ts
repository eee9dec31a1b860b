import { filesInView, type Record } from '../../../../vocab/record.ts';
import { isPartOfLarger, isPublished, isVersionOfRecord, isWebAddress } from '../item-facts.ts';
import { statesReservedRights } from '../received.ts';
import { passedIf, type Rule } from '../rule.ts';
import { description } from './description.ts';
import { publication } from './publication.ts';

/** Of what a description is made (“high quality article level metadata”), as the assessment of OpenDOAR lists it. */
const DESCRIPTIVE: readonly Rule[] = [
  description.title,
  description.creator,
  description.abstract,
  description.subject,
  description.language,
  description.type,
  publication.date,
];

/** XML that says what its parts are; pages and pictures are XML, too, and say nothing of the kind. */
const STRUCTURED = /^(?:application|text)\/(?:xml|[\w.-]{1,60}\+xml)$/i;
const OTHER_XML = /\/(?:xhtml|svg|rss|atom)\+xml$/i;

/** What Plan S asks of a single record, beside what other profiles ask as well. */
export const planSRules = {
  depositIdentifier: {
    id: 'deposit-identifier',
    title: 'The deposited version has a persistent identifier of its own: a DOI, a Handle, a URN or an ARK.',
    remedy:
      'Register DOIs or Handles for deposits and export them in dc:identifier; the DOI of the publisher’s version belongs to a relation, or to the published version’s own field.',
    check: (record) => passedIf(hasOwnIdentifier(record)),
  },
  described: {
    id: 'described',
    title: 'The record has title, authors, abstract, subject, language, type and date of publication.',
    remedy:
      'The record’s results by the OpenAIRE guidelines tell which of them are missing; ask for them at deposit.',
    check: (record) => passedIf(DESCRIPTIVE.every((rule) => rule.check(record) !== 'failed')),
  },
  publicationIdentifier: {
    id: 'publication-identifier',
    title: 'What was published has the DOI, or another persistent identifier, of the original publication.',
    remedy:
      'Enter the publication’s DOI at deposit; the repository’s import from Crossref or PubMed brings it along.',
    check: (record) => (isPublished(record) ? passedIf(hasPublicationIdentifier(record)) : 'inapplicable'),
  },
  depositedVersion: {
    id: 'deposited-version',
    title:
      'An article says which version of it was deposited: the accepted manuscript or the version of record.',
    remedy: 'Choose the version at deposit (AM or VoR), and export it as a concept of COAR Version Types.',
    check: (record) => (isPartOfLarger(record) ? publication.version.check(record) : 'inapplicable'),
  },
  licenceAndAccess: {
    id: 'licence-and-access',
    title: 'The record says who has access and, by an address, under which licence.',
    remedy:
      'Choose both at deposit. Export one of the four concepts of COAR Access Rights, and the licence’s address, such as https://creativecommons.org/licenses/by/4.0/.',
    check: (record) =>
      record.access?.right === 'metadata-only'
        ? 'inapplicable'
        : passedIf(
            record.access !== undefined && (isWebAddress(record.licence) || statesReservedRights(record)),
          ),
  },
  fullTextFormat: {
    id: 'full-text-format',
    title: 'The full text is there as XML by a standard of the community, such as JATS.',
    remedy:
      'Keep the XML that publishers or conversion services give, beside the PDF, and export both files.',
    check: (record) => {
      const formats = filesInView(record).flatMap(({ format }) => (format === undefined ? [] : [format]));
      if (formats.length === 0) return 'inapplicable';
      return passedIf(formats.some((format) => STRUCTURED.test(format) && !OTHER_XML.test(format)));
    },
  },
  institutionIdentifier: {
    id: 'institution-identifier',
    title: 'At least one author’s institution has a ROR id.',
    remedy: 'Have the repository export the ROR id with the affiliation, such as https://ror.org/05dxps055.',
    check: ({ creators }) => {
      const affiliated = creators.filter(
        ({ affiliation, ror }) => affiliation !== undefined || ror !== undefined,
      );
      return affiliated.length === 0
        ? 'inapplicable'
        : passedIf(affiliated.some(({ ror }) => ror !== undefined));
    },
  },
  openReferences: {
    id: 'open-references',
    title: 'An article’s references are known and open to all.',
    remedy:
      'Export the references (dcterms:references), or let the node read the open full texts (“fullText” in the configuration).',
    check: (record) => (isPartOfLarger(record) ? passedIf(record.references.length > 0) : 'inapplicable'),
  },
  authoritative: {
    id: 'authoritative-link',
    title: 'What was published leads to its description at Crossref, DataCite or PubMed.',
    remedy: 'Enter the DOI or the PubMed id of the publication at deposit.',
    check: (record) =>
      isPublished(record)
        ? passedIf(
            record.publishedDoi !== undefined ||
              record.identifiers.some(({ scheme }) => scheme === 'doi' || scheme === 'pmid'),
          )
        : 'inapplicable',
  },
} as const satisfies Readonly<{ [name: string]: Rule }>;

/** A DOI that is known to be the publisher’s is the deposit’s only where the published version itself was deposited. */
function hasOwnIdentifier(record: Record): boolean {
  return (
    hasRepositoryIdentifier(record) ||
    record.identifiers.some(
      ({ scheme, value }) => scheme === 'doi' && (value !== record.publishedDoi || isVersionOfRecord(record)),
    )
  );
}

/** Schemes in which publishers do not register. */
function hasRepositoryIdentifier({ identifiers }: Record): boolean {
  return identifiers.some(
    ({ scheme, value }) => scheme === 'handle' || scheme === 'urn' || (scheme === 'url' && isArk(value)),
  );
}

/** An ARK is told by its label (draft-kunze-ark, section 2.1), at whatever resolver. */
function isArk(address: string): boolean {
  return /\/ark:\/?\d{5}/i.test(address);
}

/** Said by its own field, by a relation, or with the deposit’s: then as the version’s own, or beside that of the repository. */
function hasPublicationIdentifier(record: Record): boolean {
  const { publishedDoi, identifiers, relations } = record;
  if (publishedDoi !== undefined) return true;
  const hasPublishers = identifiers.some(({ scheme }) => scheme === 'doi' || scheme === 'pmid');
  if (hasPublishers && (isVersionOfRecord(record) || hasRepositoryIdentifier(record))) return true;
  return relations.some(
    ({ kind, target }) => kind === 'isVersionOf' && ['doi', 'handle', 'urn', 'pmid'].includes(target.scheme),
  );
}

import { identifierIri } from '../../../../vocab/json-ld/index.ts';
import { filesInView, type IdentifierScheme, type Record } from '../../../../vocab/record.ts';
import { isWebAddress } from '../item-facts.ts';
import { statesLicenceStart, statesReservedRights, type Precision } from '../received.ts';
import { passedIf, type Rule, type RuleOutcome } from '../rule.ts';

const PERSISTENT: ReadonlySet<IdentifierScheme> = new Set(['doi', 'handle', 'urn', 'arxiv', 'pmid']);

/** How the item is found and had: identifiers, files, rights. */
export const access = {
  address: {
    id: 'identifier',
    title: 'The item has an address on the web.',
    remedy:
      'Have the repository export the address of the item’s page or file, with http:// or https://, in dc:identifier.',
    check: ({ identifiers, files }) =>
      passedIf(
        identifiers.some((identifier) => isWebAddress(identifierIri(identifier))) ||
          files.some(({ url }) => isWebAddress(url)),
      ),
  },
  landingPage: {
    id: 'landing-page',
    title: 'The address of the repository’s page about the item is given.',
    remedy: 'Have the repository export the address of the item’s page, not of a file, in dc:identifier.',
    check: ({ identifiers }) =>
      passedIf(identifiers.some((identifier) => isWebAddress(identifierIri(identifier)))),
  },
  resourceIdentifier: {
    id: 'resource-identifier',
    title: 'The item has an identifier: a DOI, a handle, a URN or an address.',
    remedy: 'Have the repository export the item’s DOI or handle, or the address of its page.',
    check: ({ identifiers }) =>
      passedIf(
        identifiers.some(
          (identifier) => identifier.scheme === 'urn' || isWebAddress(identifierIri(identifier)),
        ),
      ),
  },
  persistent: {
    id: 'persistent-identifier',
    title: 'The item has a persistent identifier.',
    remedy: 'Register DOIs or handles for deposits, and export them with the record.',
    check: ({ identifiers }) => passedIf(identifiers.some(({ scheme }) => PERSISTENT.has(scheme))),
  },
  alternative: {
    id: 'alternate-identifier',
    title: 'The item has a second identifier.',
    remedy: 'Export further identifiers of the same item, such as the PubMed id, beside the first.',
    check: ({ identifiers }) => passedIf(identifiers.length > 1),
  },
  file: {
    id: 'file',
    title: 'The address of at least one file is given.',
    remedy:
      'Have the repository export the addresses of files; of an item without any, say that access is to metadata only.',
    check: (record) => {
      if (filesInView(record).some(({ url }) => isWebAddress(url))) return 'passed';
      return record.access?.right === 'metadata-only' ? 'inapplicable' : 'failed';
    },
  },
  format: {
    id: 'format',
    title: 'Each file has a media type.',
    remedy: 'Have the repository export media types, such as application/pdf, with the files.',
    check: (record) => {
      const files = filesInView(record);
      return files.length === 0
        ? 'inapplicable'
        : passedIf(files.every(({ format }) => format !== undefined));
    },
  },
  right: {
    id: 'access-right',
    title: 'The record says who has access: open, embargoed, restricted, or to metadata only.',
    remedy: 'Have the repository export one of the four concepts of COAR Access Rights.',
    check: (record) => passedIf(record.access !== undefined),
  },
  embargo: {
    id: 'embargo-date',
    title: 'What is under embargo says until when.',
    remedy: 'Enter the day on which the embargo ends (YYYY-MM-DD).',
    check: (record) => {
      if (record.access?.right !== 'embargoed') return 'inapplicable';
      return passedIf(record.access.embargoEnds !== undefined);
    },
  },
  licence: {
    id: 'licence',
    title: 'A licence is given by its address, or it is said that all rights are reserved.',
    remedy:
      'Choose a licence at deposit and export its address, such as https://creativecommons.org/licenses/by/4.0/; where there is none, http://www.rioxx.net/licenses/all-rights-reserved.',
    check: (record) => passedIf(isWebAddress(record.licence) || statesReservedRights(record)),
  },
  licenceStart: {
    id: 'licence-start',
    title: 'It is known from which day on the licence holds.',
    remedy:
      'Give the day in start_date of ali:license_ref; it is the end of the embargo where there is one, else the day of publication.',
    check: (record) => licenceStart(record, 'day'),
  },
  licenceStartDate: {
    id: 'licence-start-any',
    title: 'It is known since when the licence holds, by a year, a month or a day.',
    remedy:
      'Give the date in start_date of ali:license_ref; it is the end of the embargo where there is one, else the date of publication.',
    check: (record) => licenceStart(record, 'any'),
  },
} as const satisfies Readonly<{ [name: string]: Rule }>;

/** Said with the licence, or known by the end of the embargo or by the publication. */
function licenceStart(record: Record, precision: Precision): RuleOutcome {
  if (!isWebAddress(record.licence) && !statesReservedRights(record)) return 'inapplicable';
  const { access: held, published = '' } = record;
  const isPrecise = precision === 'any' ? published !== '' : published.length === 'YYYY-MM-DD'.length;
  return passedIf(held?.embargoEnds !== undefined || isPrecise || statesLicenceStart(record, precision));
}

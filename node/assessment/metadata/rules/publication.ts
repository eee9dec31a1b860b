import { versions } from '../../../../vocab/coar/index.ts';
import { isDraft, isPartOfLarger, isPublished, isVersionOfRecord } from '../item-facts.ts';
import { statesAcceptance } from '../received.ts';
import { passedIf, type Rule } from '../rule.ts';
import type { Record } from '../../../../vocab/record.ts';

/** Where, when and in which version the item was published. */
export const publication = {
  source: {
    id: 'source',
    title: 'What appeared as part of something larger says where: the journal, the proceedings or the book.',
    remedy:
      'Enter the ISSN of the journal, or the ISBN of the book or the proceedings; at the least the title.',
    check: (record) => {
      if (namesWhole(record)) return 'passed';
      return isPartOfLarger(record) && !isDraft(record) ? 'failed' : 'inapplicable';
    },
  },
  sourceIdentifier: {
    id: 'source-identifier',
    title: 'The journal or book is named by its ISSN or ISBN.',
    remedy: 'Enter the ISSN of the electronic edition, or the ISBN with 13 digits.',
    check: (record) => {
      if (hasStandardNumber(record)) return 'passed';
      return namesWhole(record) || (isPartOfLarger(record) && !isDraft(record)) ? 'failed' : 'inapplicable';
    },
  },
  publisher: {
    id: 'publisher',
    title: 'What was published names its publisher.',
    remedy: 'Enter the publisher’s full name, best from a list that the repository keeps.',
    check: (record) => {
      if (record.publisher !== undefined) return 'passed';
      return isPublished(record) ? 'failed' : 'inapplicable';
    },
  },
  date: {
    id: 'publication-date',
    title: 'The date of publication is given, as a year, a month or a day.',
    remedy: 'Enter the date of publication as YYYY-MM-DD, YYYY-MM or YYYY.',
    check: ({ published }) => passedIf(published !== undefined),
  },
  accepted: {
    id: 'date-accepted',
    title: 'The day on which the item was accepted for publication is given.',
    remedy:
      'Record the day of acceptance at deposit (YYYY-MM-DD), and have the repository export it as dcterms:dateAccepted. Formats that have no such element, such as oai_dc, cannot tell it.',
    check: (record) => passedIf(statesAcceptance(record, 'day')),
  },
  acceptedDate: {
    id: 'date-accepted-any',
    title: 'The date of acceptance for publication is given, as a year, a month or a day.',
    remedy:
      'Record the date of acceptance at deposit, best as a day (YYYY-MM-DD), and have the repository export it. Formats that have no such element, such as oai_dc, cannot tell it.',
    check: (record) => passedIf(statesAcceptance(record, 'any')),
  },
  version: {
    id: 'version',
    title: 'The record says which version of the item it describes.',
    remedy:
      'Choose the version at deposit: AO, SMUR, AM, P, VoR, CVoR or EVoR, and NA where it cannot be told.',
    check: ({ version }) => passedIf(version !== undefined && versions.byUri(version) !== undefined),
  },
  publishedVersion: {
    id: 'version-of-record',
    title: 'The record leads to the published version of the item, by its DOI where there is one.',
    remedy: 'Enter the publisher’s DOI, which is looked up by title at search.crossref.org.',
    check: (record) => {
      if (record.publishedDoi !== undefined) return 'passed';
      if (record.relations.some(({ kind }) => kind === 'isVersionOf')) return 'passed';
      const isExpected = isPartOfLarger(record) && !isDraft(record) && !isVersionOfRecord(record);
      return isExpected ? 'failed' : 'inapplicable';
    },
  },
  related: {
    id: 'related-identifier',
    title: 'The record leads to a related resource by its identifier.',
    remedy: 'Enter the identifiers of the published version, of data, software and other related works.',
    check: ({ relations, publishedDoi }) => passedIf(relations.length > 0 || publishedDoi !== undefined),
  },
} as const satisfies Readonly<{ [name: string]: Rule }>;

function namesWhole(record: Record): boolean {
  const { source } = record;
  return source?.title !== undefined || source?.citation !== undefined || hasStandardNumber(record);
}

function hasStandardNumber({ relations }: Record): boolean {
  return relations.some(
    ({ kind, target }) => kind === 'isPartOf' && (target.scheme === 'issn' || target.scheme === 'isbn'),
  );
}

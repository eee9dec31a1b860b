import { resourceTypes } from '../../../../vocab/coar/index.ts';
import { passedIf, type Rule } from '../rule.ts';

/** What the item is: its title, who made it, its kind, language and content. */
export const description = {
  title: {
    id: 'title',
    title: 'The record has a title.',
    remedy: 'Give the item a title in the repository, in its original wording.',
    check: ({ titles }) => passedIf(titles.some(({ value }) => value.trim() !== '')),
  },
  singleTitle: {
    id: 'single-title',
    title: 'The record has one title, and no more than one.',
    remedy:
      'Give exactly one title, a subtitle behind a colon (“Title: Subtitle”). Leave translations and alternative titles out of the export, or give the missing title.',
    check: ({ titles }) => passedIf(titles.length === 1 && titles[0]?.value.trim() !== ''),
  },
  creator: {
    id: 'creator',
    title: 'The record names at least one author.',
    remedy: 'Enter every author in a field of its own; where a body is the author, its official name.',
    check: ({ creators }) => passedIf(creators.some(({ name }) => name.trim() !== '')),
  },
  creatorForm: {
    id: 'creator-form',
    title: 'Authors who are persons are written “Family name, given name”.',
    remedy: 'Enter family and given names in the fields that the repository has for each.',
    check: ({ creators }) => {
      const persons = creators.filter(({ kind }) => kind === 'person');
      if (persons.length === 0) return 'inapplicable';
      return passedIf(persons.every(({ family, name }) => family !== undefined || name.includes(',')));
    },
  },
  creatorIdentifier: {
    id: 'creator-identifier',
    title: 'At least one author has an ORCID iD.',
    remedy:
      'Ask authors for their ORCID iDs at deposit, and have the repository export them as https://orcid.org/… with the name.',
    check: ({ creators }) => {
      if (!creators.some(({ kind }) => kind !== 'organisation')) return 'inapplicable';
      return passedIf(creators.some(({ orcid }) => orcid !== undefined));
    },
  },
  contributor: {
    id: 'contributor',
    title: 'Contributors are named.',
    remedy: 'Enter a name for each contributor, or take the empty field out.',
    check: ({ contributors }) =>
      contributors.length === 0
        ? 'inapplicable'
        : passedIf(contributors.every(({ name }) => name.trim() !== '')),
  },
  type: {
    id: 'type',
    title: 'The record says what kind of item it is, by a term that is known.',
    remedy:
      'Choose the item’s type in the repository, and map local types to the profile’s list or to COAR Resource Types.',
    check: ({ type }) => passedIf(type !== undefined && resourceTypes.byUri(type) !== undefined),
  },
  language: {
    id: 'language',
    title: 'The language of the item is given by a code of ISO 639.',
    remedy: 'Enter the language in which the item is written, as a code: en or eng, en-GB.',
    check: ({ languages }) =>
      passedIf(
        languages.length > 0 && languages.every((tag) => /^(?!und|zxx|mis)[a-z]{2,3}(?:-|$)/i.test(tag)),
      ),
  },
  abstract: {
    id: 'description',
    title: 'The record has an abstract or another description.',
    remedy: 'Enter the abstract, in English too where there is one, as plain text.',
    check: ({ abstracts }) => passedIf(abstracts.some(({ value }) => value.trim() !== '')),
  },
  subject: {
    id: 'subject',
    title: 'The record has at least one subject or keyword.',
    remedy: 'Enter subjects, best of a classification or a controlled vocabulary, one a field.',
    check: ({ subjects }) => passedIf(subjects.some(({ value }) => value.trim() !== '')),
  },
} as const satisfies Readonly<{ [name: string]: Rule }>;

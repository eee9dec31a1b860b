import { elementLabels, policyCodes } from '../../../../vocab/oa-policy/index.ts';

const codes = Object.fromEntries(
  Object.values(policyCodes).flatMap((all) => all.map(({ code, label }) => [code, label])),
);

/** What the pages of the open access policy say, in English. */
export const policy = {
  title: 'Open access policy',
  lede: 'What the institution has decided for its repository, in the terms of the COAR policy framework (2018), so that people and programs can compare it.',
  none: 'The institution has not stated its policy here yet.',
  document: 'The document that is binding',
  since: (day: string) => `In force since ${day}.`,
  updated: (day: string) => `Stated on ${day}.`,
  stated: 'What is stated',
  notStated: 'Nothing is stated on this.',
  inOwnWords: 'A policy is stated.',
  comparison: 'Compared with others',
  group: 'Compared with',
  survey: 'the 51 institutions of the framework’s survey (2017)',
  network: 'the institutions of the network',
  country: (country: string) => `the institutions of ${country}`,
  element: 'Element',
  share: 'Institutions that state it',
  ours: 'This institution',
  yes: 'states it',
  no: 'does not',
  of: (some: string, all: string) => `${some} of ${all}`,
  sentence: (some: string, all: string, group: string, element: string, isStated: boolean) =>
    `${some} of ${all} (${group}) state a policy on ${element}; ${isStated ? 'so does this institution' : 'this institution does not'}.`,
  nobody: 'No policies of that group are known yet.',
  elements: elementLabels,
  codes: codes satisfies Readonly<Record<string, string>>,
};

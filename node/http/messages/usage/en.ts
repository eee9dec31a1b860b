import { counting } from '../counting.ts';

const n = counting('en');

/** What is said of how much records are used, in English. The words in brackets are those of COUNTER. */
export const use = {
  title: 'Usage',
  text: 'How often records were looked at and their files downloaded. Each institution counts its own by the COUNTER Code of Practice, release 5.1, and signs the sums; robots and repeated clicks are left out, and nothing about readers is kept.',
  views: 'Views',
  downloads: 'Downloads',
  viewVisits: 'Visits with views',
  downloadVisits: 'Visits with downloads',
  terms: 'What the words mean',
  meanings: {
    totalInvestigations: 'Each time that somebody looked at an item: at its page, or at one of its files.',
    uniqueInvestigations: 'The same, with each item once in a visit.',
    totalRequests: 'Each time that somebody opened or downloaded a file. It is among the views, too.',
    uniqueRequests: 'The same, with each item once in a visit.',
  },
  viewCount: (count: number) => n(count, 'view', 'views'),
  downloadCount: (count: number) => n(count, 'download', 'downloads'),
  none: 'Nothing has been counted yet.',
  month: 'Month',
  record: 'Record',
  country: 'Country',
  institution: 'Institution',
  total: 'All months',
  otherCountries: 'Others, or not known',
  otherLanguages: 'Not known',

  period: {
    title: 'Period',
    lastYear: 'The last 12 months',
    all: 'All months',
    from: 'From month',
    to: 'to month',
    form: 'as 2026-01',
    orBetween: 'or',
    button: 'Show',
    between: (from: string, to: string) => `${from} to ${to}`,
  },

  charts: {
    nothing: 'Nothing was counted in this period.',
    table: 'The numbers as a table',
    csv: 'As CSV',
    open: 'can still change',
    openMonth: (month: string) => `${month} (can still change)`,
    range: (first: string, last: string) => `${first} to ${last}.`,
    sum: (name: string, sum: string, peak: string) => `${name}: ${sum} in all, ${peak}.`,
    only: (name: string, peak: string) => `${name}: ${peak}.`,
    peak: (value: string, where: string) => `at most ${value} (${where})`,
    none: (name: string) => `${name}: none.`,
    mark: (where: string, name: string, value: string) => `${where}, ${name}: ${value}`,
  },

  own: {
    title: (name: string) => `Use of the records of ${name}`,
    byMonth: 'Views and downloads by month',
    top: 'Most downloaded records',
    topViewed: 'Most viewed records',
    byType: (what: string) => `${what} by type`,
    byLanguage: (what: string) => `${what} by language of the record`,
    byCountry: (what: string) => `${what} by country of the reader`,
    robotViews: 'Views by robots',
    robotDownloads: 'Downloads by robots',
    robots: (views: string, downloads: string) =>
      `Robots and other machines are in none of the figures: ${views} and ${downloads} of theirs were left out.`,
    open: 'The last days are not closed: what is told late is still counted, and the months that they are in can change.',
  },

  network: {
    title: (names: string) => `Use in the network ${names}`,
    byMonth: (what: string) => `${what} by month`,
    self: 'This institution',
    others: 'The other institutions',
    byInstitution: (what: string) => `${what} by institution`,
    byPlace: (what: string) => `${what} by country of the institution`,
    someCountries: 'Not every institution tells the countries of its readers.',
    compared: 'This institution and the others',
    comparedText: (what: string) =>
      `${what} in proportion: 100 is the average month of each, so that large and small can be compared. Months that can still change are not in the average.`,
    institutions: 'Institutions that told of the month',
  },

  coverage: {
    title: 'What these sums are made of',
    signed: 'What each institution has signed, in one file',
    text: (nodes: number, reports: number) =>
      `Of ${n(nodes, 'institution', 'institutions')}, ${n(reports, 'monthly report', 'monthly reports')}.`,
    first: 'First month',
    last: 'Last month',
    months: 'Months',
    missing: 'Months that lack',
    open: 'Can still change',
    nothing: 'none',
  },

  apart: 'Kept apart',
  apartText:
    'What an institution tells that is out of all proportion to its records is not counted until a person at this node has looked at it.',
  bothSums: ({
    views,
    downloads,
    apartViews,
    apartDownloads,
  }: { [sum in 'views' | 'downloads' | 'apartViews' | 'apartDownloads']: string }) =>
    `Counted above: ${views} and ${downloads}. Kept apart, and in no sum: ${apartViews} and ${apartDownloads}.`,
  why: 'Why',
  months: 'Months',
  outOfProportion: 'out of proportion',
  refused: 'refused by the operator of this node',
  perRecord: 'Uses for each record',
  perRecordUsual: (count: string, usual: string) => `${count} in one month, where ${usual} are usual`,
  perRecordAlone: (count: string) => `${count} in one month`,

  item: {
    byMonth: 'By month',
    allCopies: 'All copies',
    copies: 'All copies of this work',
    copiesText: (nodes: number) =>
      `What ${n(nodes, 'institution tells', 'institutions tell')} of the copies of this work, in the last 12 months.`,
    data: 'These counts as data',
  },
};

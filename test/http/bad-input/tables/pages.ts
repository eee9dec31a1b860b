import type { Parameter, Route } from '../route.ts';

export const format: Parameter = { good: 'jsonld', bad: ['JSONLD', 'jsonld2', '1', 'html,jsonld'] };
const lang: Parameter = { good: 'pt', bad: ['xx', 'pt-BR', '1'] };
const shown = { format, lang };
const limit = (most: number): Parameter => ({
  good: '2',
  bad: ['0', '-1', '1.5', '1e1', '0x10', String(most + 1), '99999999999999999999'],
});
const origin: Parameter = {
  good: '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN',
  bad: ['a node', '12D3KooW', '0OIl'.repeat(12)],
  mayBeEmpty: true,
};
const year: Parameter = {
  good: '2016',
  bad: ['16', '20166', '2016-01', 'MMXVI', '-2016'],
  mayBeEmpty: true,
};
const place: Parameter = {
  good: '000000000001!000000000001',
  bad: ['1', '000000000001', '000000000001!00000000000G', 'yesterday'],
};
const citations = {
  ...shown,
  direction: { good: 'cites', bad: ['both', 'CITES', '1'] },
  after: { good: 'citedBy:', bad: ['1', 'cites', 'cites:../..', `cites:${'0'.repeat(25)}`] },
  limit: limit(200),
};
const month: Parameter = {
  good: '2026-01',
  bad: ['2026', '2026-13', '2026-00', '1989-12', '2026-1', '2026-01-01', 'January'],
  mayBeEmpty: true,
};
export const period = {
  period: { good: 'last-12', bad: ['last-13', 'All', '26', '1989', '20260'], mayBeEmpty: true },
  from: month,
  to: month,
} satisfies Record<string, Parameter>;
const list = { method: 'GET', isStrict: true, isNegotiated: true } as const;
const page = { method: 'GET', isNegotiated: true } as const;

/** What is shown as a page and as JSON-LD. */
export const pages: readonly Route[] = [
  { ...page, pattern: '/', path: () => '/', query: shown },
  // A page only: what there is for programs has an address of its own.
  { method: 'GET', pattern: '/api', path: () => '/api', query: shown },
  {
    ...list,
    pattern: '/records',
    path: () => '/records',
    query: {
      ...shown,
      origin,
      type: { good: 'thesis', isText: true },
      year: { good: '2016', bad: ['16', '20166', '2016-01', 'MMXVI', '-2016'] },
      access: { good: 'open', bad: ['Open', 'closed', '1'] },
      language: { good: 'en', bad: ['english', 'e', 'en_GB', 'en-'] },
      set: { good: 'theses', isText: true },
      since: { good: '2026-01-01', bad: ['2026', '2026-13-01', '2026-01-01T25:00:00Z', '01/02/2026', 'now'] },
      before: place,
      after: place,
      limit: limit(200),
    },
  },
  {
    ...page,
    pattern: '/records/:key',
    path: ({ key }) => `/records/${key}`,
    query: shown,
    unknown: [404],
  },
  {
    method: 'GET',
    pattern: '/records/:key/linkset',
    path: ({ key }) => `/records/${key}/linkset`,
    unknown: [404],
  },
  {
    ...list,
    pattern: '/records/:key/related',
    path: ({ key }) => `/records/${key}/related`,
    query: { ...shown, limit: limit(50) },
    unknown: [404],
  },
  {
    ...list,
    pattern: '/records/:key/duplicates',
    path: ({ key }) => `/records/${key}/duplicates`,
    query: shown,
    unknown: [404],
  },
  {
    ...list,
    pattern: '/records/:key/duplicates/:other',
    path: ({ key, other }) => `/records/${key}/duplicates/${other}`,
    query: shown,
    unknown: [404],
  },
  {
    ...list,
    pattern: '/records/:key/citations',
    path: ({ key }) => `/records/${key}/citations`,
    query: citations,
    unknown: [404],
  },
  {
    ...list,
    pattern: '/works/:id/citations',
    path: ({ work }) => `/works/${work}/citations`,
    query: citations,
    unknown: [404],
  },
  {
    ...list,
    pattern: '/statements',
    path: () => '/statements',
    query: {
      ...shown,
      record: { good: 'a'.repeat(20), bad: ['a', 'A'.repeat(20), 'a'.repeat(21)] },
      after: {
        good: `${'a'.repeat(20)}!${'b'.repeat(20)}`,
        bad: [
          'a!b',
          'a'.repeat(20),
          `${'a'.repeat(20)}!`,
          `${'a'.repeat(20)}!${'b'.repeat(20)}!${'c'.repeat(20)}`,
        ],
      },
      limit: limit(500),
    },
  },
  { ...page, pattern: '/works/:id', path: ({ work }) => `/works/${work}`, query: shown, unknown: [404] },
  {
    ...list,
    pattern: '/search',
    path: () => '/search?q=open',
    query: {
      ...shown,
      q: { good: 'open', isText: true, mayBeEmpty: true, isRequired: true },
      type: { good: 'thesis', isText: true, isRepeatable: true, mayBeEmpty: true },
      from: year,
      to: year,
      access: { good: 'open', bad: ['Open', 'closed', '1'], isRepeatable: true, mayBeEmpty: true },
      language: { good: 'en', bad: ['english', 'e', 'en_GB', 'en-'], isRepeatable: true, mayBeEmpty: true },
      origin: { ...origin, isRepeatable: true },
      licence: { good: 'CC-BY', isText: true, isRepeatable: true, mayBeEmpty: true },
      order: { good: 'newest', bad: ['Newest', 'date', '1'] },
      spelling: { good: 'as-written', bad: ['as written', 'no', '1'] },
      page: { ...limit(50), mayBeEmpty: true },
      limit: limit(100),
    },
  },
  {
    ...list,
    pattern: '/peers',
    path: () => '/peers',
    query: {
      ...shown,
      network: { good: 'open', isText: true, mayBeEmpty: true },
      state: { good: 'followed', bad: ['Followed', 'any', '1'] },
      page: limit(1_000),
    },
  },
  {
    ...list,
    pattern: '/usage',
    path: () => '/usage',
    query: { ...shown, ...period, table: { good: 'items', bad: ['item', 'Items', '1'] } },
  },
  {
    ...list,
    pattern: '/records/:key/usage',
    path: ({ key }) => `/records/${key}/usage`,
    query: { ...shown, ...period },
    unknown: [404],
  },
  {
    ...list,
    pattern: '/usage/summaries',
    path: () => '/usage/summaries',
    query: {
      format: { good: 'csv', bad: ['html', 'xml'] },
      from: { good: '2026-01', bad: ['2026-13', '2026', 'May'] },
      to: { good: '2026-02', bad: ['2026-00', '1'] },
      node: {
        good: '12D3KooWQYhTNQdmr3ArTeUHRYzFg94BKyTkoWBDWez9kSCVe2Xo',
        bad: ['none', '1'],
        mayBeEmpty: true,
      },
      network: { good: 'open', isText: true, mayBeEmpty: true },
      country: { good: 'PT', bad: ['pt', 'Portugal'] },
    },
  },
  {
    method: 'GET',
    pattern: '/usage/summaries/:node/:month',
    path: () => '/usage/summaries/nobody/2026-01',
    unknown: [400, 404],
    status: 404,
  },
  {
    method: 'GET',
    pattern: '/usage/summaries/:node/:month/works',
    path: () => '/usage/summaries/nobody/2026-01/works',
    unknown: [400, 404],
    status: 404,
  },
  {
    ...list,
    pattern: '/policy',
    path: () => '/policy?with=survey',
    query: { ...shown, with: { good: 'survey', bad: ['nobody', 'Survey', '1'] } },
  },
  { ...page, pattern: '/assessments', path: () => '/assessments', query: shown },
  {
    ...page,
    pattern: '/assessments/ngr-behaviours',
    path: () => '/assessments/ngr-behaviours',
    query: shown,
  },
  { ...page, pattern: '/assessments/plan-s', path: () => '/assessments/plan-s', query: shown },
  ...[
    { path: '/assessments/rioxx', rule: 'title', level: 'full', version: '2.0' },
    { path: '/assessments/openaire', rule: 'title', level: undefined, version: '4.0' },
    { path: '/assessments/plan-s/records', rule: 'described', level: undefined, version: '2019' },
  ].map(({ path, version, level }): Route => ({
    ...list,
    pattern: path,
    path: () => path,
    query: {
      ...shown,
      version: { good: version, bad: ['1', '9.9'] },
      level: level === undefined ? { good: 'basic', bad: ['most'] } : { good: level, bad: ['most', 'Full'] },
      record: { good: 'a'.repeat(20), bad: ['a', '1'] },
      failing: { good: 'any', bad: ['none', '1'] },
      after: { good: 'a'.repeat(20), bad: ['a', '1'] },
    },
  })),
  {
    method: 'GET',
    pattern: '/assessments/:name',
    path: () => '/assessments/none',
    status: 404,
    unknown: [404],
  },
];

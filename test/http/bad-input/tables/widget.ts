import type { Body, Route } from '../route.ts';

const key = 'a'.repeat(20);
/** Of a form; which records there are at the site is not known here, so the best is one that is not held. */
const vote: Body = {
  type: 'application/x-www-form-urlencoded',
  good: `item=${key}`,
  bad: [
    ['', 400],
    ['{}', 400],
    ['\u0000', 400],
    ['item=', 400],
    ['item=1', 400],
    [`item=${key}&item=${key}`, 400],
    [`item=https://node.example/records/${key}`, 400],
    ['item=%FF', 400],
    [`item=${'x'.repeat(3_000)}`, 400],
    [`item=${'b'.repeat(20)}`, 404],
  ],
  tooMany: 4 * 1024 + 1,
};
const saying: Body = {
  type: 'application/json',
  good: JSON.stringify({ record: key, item: key }),
  bad: [
    ['', 400],
    ['[]', 400],
    ['null', 400],
    ['{', 400],
    [JSON.stringify({ record: key }), 400],
    [JSON.stringify({ record: key, item: 1 }), 400],
    [JSON.stringify({ record: key, item: '' }), 400],
    [JSON.stringify({ record: key, item: key, by: 'me' }), 400],
    [JSON.stringify({ record: 'x'.repeat(3_000), item: key }), 400],
    [JSON.stringify({ record: 'oai:unknown:1', item: key }), 404],
  ],
  tooMany: 16 * 1024 + 1,
};

/** The widget, and what readers and the manager say of what it suggests. */
export const widget: readonly Route[] = [
  { method: 'GET', pattern: '/widget.js', path: () => '/widget.js' },
  {
    method: 'GET',
    pattern: '/widget/related',
    path: ({ key }) => `/widget/related?item=${key}`,
    isStrict: true,
    query: {
      item: { good: '10.1000/1', isText: true, isRequired: true, isRepeatable: true },
      lang: { good: 'pt', bad: ['xx', 'pt-BR', '1'] },
      limit: { good: '2', bad: ['0', '-1', '1.5', '1e1', '21'] },
    },
  },
  {
    method: 'POST',
    pattern: '/records/:key/related/feedback',
    path: ({ key }) => `/records/${key}/related/feedback`,
    isStrict: true,
    query: { lang: { good: 'pt', bad: ['xx', 'pt-BR', '1'] } },
    unknown: [404],
    status: 404,
    body: vote,
  },
  {
    method: 'GET',
    pattern: '/api/related-feedback',
    path: () => '/api/related-feedback',
    isStrict: true,
    isManagers: true,
    query: {
      record: { good: key, bad: [], isText: true },
      after: { good: `${key}!${key}`, bad: [key, `${key}!`, `${key}!${key}!${key}`, 'yesterday'] },
      limit: { good: '2', bad: ['0', '501', '1.5'] },
    },
  },
  {
    method: 'POST',
    pattern: '/api/related-feedback',
    path: () => '/api/related-feedback',
    isManagers: true,
    status: 404,
    body: saying,
  },
  {
    method: 'DELETE',
    pattern: '/api/related-feedback/:record/:item',
    path: ({ key }) => `/api/related-feedback/${key}/${'a'.repeat(20)}`,
    isManagers: true,
    unknown: [404],
    status: 404,
  },
];

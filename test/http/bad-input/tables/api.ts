import type { Body, Route } from '../route.ts';
import { period } from './pages.ts';

const TOO_MANY = 16 * 1024 + 1;
const name = { good: 'repository', isText: true } as const;
const text = { good: 'a', isText: true } as const;
const severity = { good: 'error', bad: ['Error', 'fatal', '1'] } as const;
const number = (most: number): { good: string; bad: readonly string[] } => ({
  good: '2',
  bad: ['0', '-1', '1.5', 'many', String(most + 1)],
});
const choice = {
  q: { good: 'title', isText: true, mayBeEmpty: true },
  state: { good: 'open', bad: ['Open', 'gone'] },
  text: { good: 'read', bad: ['Read', 'lost'] },
  order: { good: 'title', bad: ['Title', 'size'] },
  turned: { good: 'true', bad: ['yes', '1'] },
} as const;
const filters = { severity, code: text, source: name, oaiIdentifier: text, record: text };

const get = (path: string, more: Partial<Route> = {}): Route => ({
  method: 'GET',
  pattern: path,
  path: () => path,
  isManagers: true,
  ...more,
});

/** What no body in JSON can be. */
const noJson: Body['bad'] = [
  ['{', 400],
  ['\u0000', 400],
  ['[]', 400],
  ['null', 400],
  ['"text"', 400],
  ['{"unknown":1}', 400],
  ['{"__proto__":{"reason":"x"}}', 400],
  [`${'['.repeat(7_000)}${']'.repeat(7_000)}`, 400],
];
const post = (
  path: string,
  { good = '{}', bad = [], tooMany = TOO_MANY }: Partial<Body>,
  more: Partial<Route> = {},
): Route => ({
  method: 'POST',
  pattern: path,
  path: () => path,
  isManagers: true,
  body: { type: 'application/json', good, bad: [...noJson, ...bad], tooMany },
  ...more,
});

const reasons: Body['bad'] = [
  ['{}', 400],
  ['{"reason":1}', 400],
  ['{"reason":""}', 400],
  ['{"reason":"   "}', 400],
  [`{"reason":"${'x'.repeat(1_001)}"}`, 400],
];
const files: Body['bad'] = [
  ['{"url":1}', 400],
  ['{"url":""}', 400],
  [`{"url":"${'x'.repeat(2_001)}"}`, 400],
];

/** The manager's API. */
export const api: readonly Route[] = [
  get('/api/status'),
  get('/api/backup'),
  post(
    '/api/backup',
    {
      good: '{"folder":"/var/backups/ngr"}',
      bad: [
        ['{}', 400],
        ['{"folder":"backups"}', 400],
        ['{"folder":"/a\\u0000b"}', 400],
        ['{"folder":"/a","keep":0}', 400],
        ['{"folder":"/a","keep":1.5}', 400],
        [`{"folder":"/${'x'.repeat(4_096)}"}`, 400],
      ],
    },
    { status: 202 },
  ),
  get('/api/harvest'),
  get('/api/harvest/past', { isStrict: true, query: { source: text, limit: number(200) } }),
  {
    method: 'POST',
    pattern: '/api/assessments/ngr-behaviours',
    path: () => '/api/assessments/ngr-behaviours',
    isCostly: true,
    isManagers: true,
  },
  post(
    '/api/harvest',
    {
      bad: [
        ['{"source":1}', 400],
        ['{"source":""}', 400],
        ['{"full":"yes"}', 400],
        ['{"full":true,"set":"a"}', 400],
        ['{"record":"a","full":true}', 400],
        [`{"set":"${'x'.repeat(2_001)}"}`, 400],
        ['{"record":"\\ud800"}', 409],
      ],
    },
    { status: 202 },
  ),
  ...['/api/peers/:node/forgive', '/api/usage/:node/accept', '/api/usage/:node/refuse'].map((pattern) =>
    post(pattern, {}, { path: () => pattern.replace(':node', 'nobody'), unknown: [404], status: 404 }),
  ),
  get('/api/usage', { query: period, isStrict: true }),
  get('/api/usage/logs'),
  post(
    '/api/usage/imports',
    {
      // One that is taken stays open, and there may be a few: asked for is one whose days are none.
      good: '{"restate":"1"}',
      bad: [
        ['{"format":"xml"}', 400],
        ['{"repository":"dspace-1"}', 400],
        ['{"siteUrl":"javascript:1"}', 400],
        ['{"restate":"next week"}', 400],
        [`{"restate":"${'x'.repeat(51)}"}`, 400],
      ],
    },
    { status: 400 },
  ),
  get('/api/usage/imports/:id', { path: () => '/api/usage/imports/none', unknown: [404], status: 404 }),
  post('/api/usage/imports/:id', {}, { path: () => '/api/usage/imports/none', unknown: [404], status: 404 }),
  {
    method: 'PUT',
    pattern: '/api/usage/imports/:id/:file',
    path: () => '/api/usage/imports/none/a.log',
    isManagers: true,
    unknown: [400, 404],
    status: 404,
  },
  get('/api/institution'),
  {
    method: 'PUT',
    pattern: '/api/institution',
    path: () => '/api/institution',
    isManagers: true,
    body: {
      type: 'application/json',
      good: '{"version":0,"institution":{"region":"North"}}',
      bad: [
        ...noJson,
        ['{}', 400],
        ['{"version":0}', 400],
        ['{"institution":{}}', 400],
        ['{"version":-1,"institution":{}}', 400],
        ['{"version":"0","institution":{}}', 400],
        ['{"version":9,"institution":{}}', 409],
        ['{"version":9,"institution":{"name":""}}', 400],
        ['{"version":9,"institution":{"name":"\\ud800"}}', 400],
        ['{"version":9,"institution":{"names":{"de":"x"}}}', 400],
        ['{"version":9,"institution":{"contact":"javascript:1"}}', 400],
        ['{"version":9,"institution":{"ror":"013meh723"}}', 400],
        ['{"version":9,"institution":{"repositories":{}}}', 400],
        ['{"version":9,"institution":{"repositories":[{"name":"a","url":"ftp://a.example"}]}}', 400],
        [`{"version":9,"institution":{"description":"${'x'.repeat(2_001)}"}}`, 400],
      ],
      tooMany: 512 * 1024 + 1,
    },
  },
  // Without any bytes there is no picture.
  {
    method: 'PUT',
    pattern: '/api/institution/logo',
    path: () => '/api/institution/logo',
    isManagers: true,
    status: 400,
  },
  {
    method: 'DELETE',
    pattern: '/api/institution/logo',
    path: () => '/api/institution/logo',
    isManagers: true,
    status: 204,
  },
  get('/api/assessments/plan-s'),
  {
    method: 'PUT',
    pattern: '/api/assessments/plan-s',
    path: () => '/api/assessments/plan-s',
    isManagers: true,
    body: {
      type: 'application/json',
      good: '{"declarations":{},"maintenance":[]}',
      bad: [
        ...noJson,
        ['{"declarations":[]}', 400],
        ['{"declarations":{"uptime":{}}}', 400],
        ['{"declarations":{"constructor":{"isMet":true}}}', 400],
        ['{"maintenance":{}}', 400],
        ['{"maintenance":[{"from":"2026-01-02","to":"2026-01-01"}]}', 400],
      ],
      tooMany: 128 * 1024 + 1,
    },
  },
  get('/api/policy'),
  {
    method: 'PUT',
    pattern: '/api/policy',
    path: () => '/api/policy',
    isManagers: true,
    body: {
      type: 'application/json',
      good: '{"elements":{"embargo":{"codes":["f1"]}}}',
      bad: [
        ...noJson,
        ['{}', 400],
        ['{"elements":{"embargo":{"codes":["a1"]}}}', 400],
        ['{"elements":{"embargo":{"codes":"f1"}}}', 400],
        ['{"elements":{},"url":"javascript:1"}', 400],
        ['{"elements":{},"since":"yesterday"}', 400],
        [`{"elements":{"embargo":{"codes":[],"statement":"${'x'.repeat(4_001)}"}}}`, 400],
      ],
      tooMany: 256 * 1024 + 1,
    },
  },
  get('/api/people'),
  post(
    '/api/people/invitations',
    {
      good: '{"mail":"ana@example.edu","name":"Ana","role":"administrator"}',
      bad: [
        ['{}', 400],
        ['{"mail":"ana","name":"Ana"}', 400],
        ['{"mail":"ana@example.edu\\nBcc: b@example.edu","name":"Ana"}', 400],
        ['{"mail":"ana@example.edu","name":""}', 400],
        ['{"mail":"ana@example.edu","name":"Ana","role":"owner"}', 400],
        ['{"mail":"ana@example.edu","name":"Ana","language":"de"}', 400],
        ['{"mail":"ana@example.edu,b@example.edu","name":"Ana"}', 400],
        [`{"mail":"ana@example.edu","name":"${'x'.repeat(201)}"}`, 400],
      ],
    },
    { status: 201 },
  ),
  {
    method: 'DELETE',
    pattern: '/api/people/invitations/:id',
    path: () => '/api/people/invitations/none',
    isManagers: true,
    unknown: [404],
    status: 404,
  },
  {
    method: 'PUT',
    pattern: '/api/people/:id/role',
    path: () => '/api/people/none/role',
    isManagers: true,
    body: {
      type: 'application/json',
      good: '{"role":"standard"}',
      bad: [...noJson, ['{"role":"owner"}', 400], ['{"role":1}', 400]],
      tooMany: TOO_MANY,
    },
    unknown: [404],
    status: 404,
  },
  {
    method: 'DELETE',
    pattern: '/api/people/:id',
    path: () => '/api/people/none',
    isManagers: true,
    unknown: [404],
    status: 404,
  },
  get('/api/audit', {
    isStrict: true,
    query: {
      before: { good: `${'0'.repeat(12)}!${'0'.repeat(12)}`, bad: ['1', '!', `${'0'.repeat(12)}!`] },
      limit: number(1_000),
    },
  }),
  get('/api/statements', {
    query: {
      record: { good: 'a'.repeat(20), isText: true },
      after: {
        good: `${'a'.repeat(20)}!${'b'.repeat(20)}`,
        bad: ['a!b', 'a'.repeat(20), '!', `${'a'.repeat(20)}!${'b'.repeat(20)}!`],
      },
      limit: number(500),
    },
    isStrict: true,
  }),
  post('/api/statements', {
    good: '{"records":["oai:repository.example:1","oai:repository.example:2"],"says":"different"}',
    bad: [
      ['{}', 400],
      ['{"records":["oai:repository.example:1"],"says":"same"}', 400],
      ['{"records":["a","b","c"],"says":"same"}', 400],
      ['{"records":["",""],"says":"same"}', 400],
      ['{"records":[1,2],"says":"same"}', 400],
      [`{"records":["${'x'.repeat(2_001)}","a"],"says":"same"}`, 400],
      ['{"records":["oai:repository.example:1","oai:repository.example:2"],"says":"Same"}', 400],
      ['{"records":["oai:repository.example:1","oai:repository.example:1"],"says":"same"}', 400],
      ['{"records":["oai:repository.example:1","oai:nowhere:2"],"says":"same"}', 404],
      ['{"records":["\\ud800","a"],"says":"same"}', 404],
    ],
  }),
  {
    method: 'DELETE',
    pattern: '/api/statements/:a/:b',
    path: () => `/api/statements/${'a'.repeat(20)}/${'b'.repeat(20)}`,
    isManagers: true,
    unknown: [404],
    status: 404,
  },
  get('/api/imports'),
  {
    method: 'PUT',
    pattern: '/api/imports/:name/:file',
    path: () => '/api/imports/lot/a.xml',
    isManagers: true,
    unknown: [200, 202, 400, 404, 409],
  },
  post(
    '/api/imports/:name',
    {
      tooMany: 4 * 1024 * 1024 + 1,
      bad: [
        ['{"files":"a.xml"}', 400],
        ['{"files":[1]}', 400],
        ['{"files":[""]}', 400],
        [`{"files":["${'x'.repeat(301)}"]}`, 400],
        [JSON.stringify({ files: Array.from({ length: 10_001 }, () => 'a') }), 400],
      ],
    },
    { path: () => '/api/imports/none', unknown: [202, 204, 400, 404, 409], status: 404 },
  ),
  {
    method: 'DELETE',
    pattern: '/api/imports/:name',
    path: () => '/api/imports/none',
    isManagers: true,
    unknown: [202, 204, 400, 404, 409],
    status: 404,
  },
  get('/api/issues', {
    isStrict: true,
    query: {
      ...filters,
      limit: number(1_000),
      after: text,
      format: { good: 'json', bad: ['xml', 'CSV'] },
    },
  }),
  get('/api/issues.csv', {
    isStrict: true,
    query: {
      ...filters,
      limit: number(1_000),
      after: text,
      format: { good: 'csv', bad: ['xml'] },
    },
  }),
  get('/api/issues/kinds', { isStrict: true, query: filters }),
  ...['withdraw', 'reinstate', 'files/withdraw', 'files/reinstate'].map((what) =>
    post(
      `/api/records/:key/${what}`,
      what === 'reinstate'
        ? {}
        : { bad: what === 'withdraw' ? reasons : what === 'files/withdraw' ? [...reasons, ...files] : files },
      {
        path: ({ key }) => `/api/records/${key}/${what}`,
        // The body is looked at first.
        unknown: what === 'reinstate' ? [404] : [400],
        status: what === 'reinstate' ? 409 : 400,
      },
    ),
  ),
  get('/api/records/:key/elsewhere', {
    isStrict: true,
    path: ({ key }) => `/api/records/${key}/elsewhere`,
    unknown: [404],
  }),
  get('/api/records', {
    isStrict: true,
    query: {
      ...choice,
      after: { good: '0', isText: true },
      limit: number(200),
    },
  }),
  get('/api/records.csv', { isStrict: true, query: choice }),
  ...['withdraw', 'reinstate', 'harvest'].map((what) =>
    post(
      `/api/records/${what}`,
      {
        // Of nobody's records there is nothing to be done.
        good: `{"records":["${'a'.repeat(20)}"]${what === 'withdraw' ? ',"reason":"No."' : ''}}`,
        bad: [
          ['{}', 400],
          ['{"records":[],"reason":"No."}', 400],
          ['{"records":"a","reason":"No."}', 400],
          ['{"records":["no key"],"reason":"No."}', 400],
          ['{"records":[1],"reason":"No."}', 400],
          [
            JSON.stringify({ records: Array.from({ length: 201 }, () => 'a'.repeat(20)), reason: 'No.' }),
            400,
          ],
        ],
      },
      { status: 400 },
    ),
  ),
  get('/api/duplicates', {
    isStrict: true,
    query: {
      which: { good: 'within', bad: ['none', 'ALL'] },
      page: number(1_000),
      limit: number(100),
    },
  }),
  get('/api/peers', {
    isStrict: true,
    query: {
      network: { good: 'open', isText: true, mayBeEmpty: true },
      state: { good: 'behind', bad: ['lost', 'ALL'] },
      page: number(1_000),
    },
  }),
  get('/api/usage/report', {
    path: () => '/api/usage/report?report=IR&begin=2025-11&end=2025-12&format=json',
    query: {
      report: { good: 'IR', bad: ['ir2', 'XX'], isRequired: true },
      begin: { good: '2025-11', bad: ['2025', '2025-13', '25-01'], isRequired: true },
      end: { good: '2025-12', bad: ['2025', '2025-13', '25-01'], isRequired: true },
      format: { good: 'csv', bad: ['xml', 'CSV'], isRequired: true },
    },
  }),
  get('/api/account'),
  // The node's own token is nobody's.
  get('/api/account/tokens', { status: 409 }),
  post(
    '/api/account/tokens',
    {
      good: '{"name":"a","days":30,"password":"correct horse battery"}',
      bad: [
        ['{}', 400],
        ['{"name":"a","days":31,"password":"correct horse battery"}', 400],
        ['{"name":"a","days":"30","password":"correct horse battery"}', 400],
        ['{"name":"a","days":30}', 400],
        [`{"name":"${'x'.repeat(201)}","days":30,"password":"a"}`, 400],
        [`{"name":"a","days":30,"password":"${'x'.repeat(1_001)}"}`, 400],
      ],
    },
    { status: 409 },
  ),
  {
    method: 'DELETE',
    pattern: '/api/account/tokens/:id',
    path: () => '/api/account/tokens/none',
    isManagers: true,
    unknown: [409],
    status: 409,
  },
  {
    method: 'PUT',
    pattern: '/api/account/password',
    path: () => '/api/account/password',
    isManagers: true,
    body: {
      type: 'application/json',
      good: '{"present":"correct horse battery","next":"staple of the battery"}',
      bad: [
        ...noJson,
        ['{}', 400],
        ['{"present":"a"}', 400],
        ['{"present":1,"next":2}', 400],
        [`{"present":"a","next":"${'x'.repeat(1_001)}"}`, 400],
      ],
      tooMany: TOO_MANY,
    },
    status: 409,
  },
  get('/api/notifications', {
    isStrict: true,
    query: {
      list: { good: 'received', bad: ['inbox', 'ALL', '1'] },
      before: text,
      limit: number(500),
    },
  }),
  post(
    '/api/notifications',
    {
      good: '{"pattern":"request-review","service":"none","record":"none"}',
      bad: [
        ['{}', 400],
        ['{"pattern":"request-refund","service":"a","record":"b"}', 400],
        ['{"pattern":"request-review","service":"a"}', 400],
        ['{"pattern":"request-review","service":"a","record":"\\u0000"}', 404],
        ['{"pattern":"announce-relationship","record":"a","relationship":"no iri","object":"b"}', 400],
      ],
    },
    { status: 404 },
  ),
  get('/api/notifications/:id', {
    path: ({ notification }) => `/api/notifications/${notification}`,
    unknown: [404],
  }),
  ...['accept', 'reject', 'undo', 'resend'].map((what) =>
    post(
      `/api/notifications/:id/${what}`,
      {
        good: what === 'reject' ? '{"note":"No."}' : '{}',
        bad:
          what === 'resend'
            ? []
            : [
                ['{"note":1}', 400],
                [`{"note":"${'x'.repeat(1_001)}"}`, 400],
              ],
      },
      { path: () => `/api/notifications/none/${what}`, unknown: [404, 409], status: 404 },
    ),
  ),
  get('/api/subscriptions'),
  post(
    '/api/subscriptions',
    {
      good: '{"inbox":"http://[::1]/inbox"}',
      bad: [
        ['{}', 400],
        ['{"inbox":"ftp://a.example/"}', 400],
        ['{"inbox":"https://"}', 400],
        ['{"inbox":"javascript:alert(1)"}', 400],
        ['{"inbox":"https://a.example/","query":{"since":"2027"}}', 400],
        [`{"inbox":"https://a.example/${'x'.repeat(2_000)}"}`, 400],
      ],
    },
    { status: 422 },
  ),
  get('/api/subscriptions/:id', { path: () => '/api/subscriptions/none', unknown: [404], status: 404 }),
  {
    method: 'DELETE',
    pattern: '/api/subscriptions/:id',
    path: () => '/api/subscriptions/none',
    isManagers: true,
    unknown: [404],
    status: 404,
  },
];

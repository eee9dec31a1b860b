import { expect } from 'chai';
import { routeOf } from '../../../node/http/openapi/index.ts';
import { noCounts } from '../../../node/harvest/index.ts';
import { apiOperations } from '../../../node/http/routers/api/operations.ts';
import { aPng } from '../../institution/pictures.ts';
import { aPut, aRecord } from '../../support/builders.ts';
import { answering, TestWeb } from '../../support/test-web.ts';
import { until } from '../../support/until.ts';
import { API_TOKEN, aSite, type TestSite } from '../support/a-site.ts';
import { inPlaceOf } from '../support/held-use.ts';
import { someOwnUse, someRegion } from '../usage/some-use.ts';
import { Contract } from './contract.ts';

type Json = Record<string, unknown>;

const FILE = 'https://repository.example/1/thesis.pdf';
const PASSWORD = 'correct horse battery';
const ANDINA = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN';
const withFile = { files: [{ url: FILE, access: 'open' as const, format: 'application/pdf' }] };
const alike = { titles: [{ value: 'Metadata quality in the institutional repositories of the Andes' }] };

describe('what the API answers', () => {
  const contract = new Contract(apiOperations);
  let site: TestSite;
  let keys: string[];
  let theirs: string[];
  let anaToken: string;

  before(async () => {
    const web = new TestWeb();
    web.answers.set('review.example', answering(422, { body: 'no' }));
    site = await aSite({
      notifications: {
        services: [
          {
            name: 'Reviews',
            id: 'https://review.example',
            inbox: 'https://review.example/inbox',
            trust: 'ask',
          },
        ],
        fetch: web.fetch,
      },
    });
    keys = await site.put(
      aPut(1, withFile),
      aPut(2, alike),
      aPut(3, { titles: [{ value: 'Nothing alike' }] }),
    );
    for (const n of [1, 2, 3]) {
      const oaiIdentifier = `oai:repository.example:${n}`;
      site.sources.records.set(oaiIdentifier, aRecord({ oaiIdentifier }));
    }
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    theirs = await site.follow(peer, aPut(2, alike));
    const { secret } = await site.accounts.invite({
      mail: 'ana@example.edu',
      name: 'Ana',
      role: 'administrator',
    });
    await site.accounts.accept(secret, { name: 'Ana', password: PASSWORD });
    const [ana] = site.accounts.people;
    anaToken = (await site.accounts.makeToken(ana?.id ?? '', { name: 'test', days: 30 })).secret;
  });
  after(() => site.close());

  /** Asks by a person's token, and holds the answer against its description. */
  async function ask(
    route: string,
    path: string,
    {
      body,
      file,
      token = anaToken,
      headers = {},
    }: { body?: unknown; file?: string | Buffer; token?: string; headers?: Record<string, string> } = {},
  ): Promise<Json> {
    const [method = ''] = route.split(' ');
    const response = await fetch(site.url + path, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(file !== undefined && { body: typeof file === 'string' ? file : new Uint8Array(file) }),
    });
    const link = response.headers.get('link');
    const told = ((await contract.hold(route, response)) ?? {}) as Json;
    if (told['next'] !== undefined)
      expect(link, path).to.match(/^<https:\/\/node\.example\/api\/.+>; rel="next"$/);
    return told;
  }
  /** Of one that has nothing in its path. */
  const simply = (route: string, body?: unknown): Promise<Json> =>
    ask(route, route.split(' ')[1] ?? '', body === undefined ? {} : { body });

  it('fits for the node and its harvests', async () => {
    site.sources.found.push({
      id: 'one',
      code: 'NAME_SPLIT',
      severity: 'info',
      message: 'Several names',
      remedy: 'Mend it.',
      source: 'repository',
      oaiIdentifier: 'oai:repository.example:1',
      repairs: [{ before: 'A; B', after: 'A' }],
      place: { page: 1, record: 2 },
      firstSeen: 1,
      lastSeen: 2,
      count: 1,
    });
    await simply('GET /api/status');
    await simply('GET /api/backup');
    await simply('POST /api/backup', { folder: '/tmp/nowhere' });
    await simply('GET /api/harvest');
    site.sources.past.push({
      ...noCounts,
      source: 'repository',
      kind: 'full',
      outcome: 'failed',
      startedAt: 1,
      endedAt: 2,
      error: { code: 'HTTP_STATUS', message: 'It answers 500.' },
    });
    expect((await simply('GET /api/harvest/past'))['harvests']).to.have.length(1);
    await simply('POST /api/harvest', {});
    await simply('POST /api/harvest', { record: 'oai:repository.example:1' });
    await simply('POST /api/harvest', { set: 'nope' });
    await simply('POST /api/harvest', { record: 'oai:nowhere' });
    expect((await simply('GET /api/issues'))['issues']).to.have.length(1);
    await ask('GET /api/issues', '/api/issues?limit=1');
    await ask('GET /api/issues', '/api/issues', { headers: { accept: 'text/csv' } });
    await ask('GET /api/issues', '/api/issues?source=nowhere');
    await simply('GET /api/issues.csv');
    await simply('GET /api/issues/kinds');
  });

  it('fits for files that are handed over', async () => {
    const put = 'PUT /api/imports/:name/:file';
    await ask(put, '/api/imports/lot/a.bib', {
      file: '@bo',
      headers: { 'content-range': 'bytes 0-2/10' },
    });
    await ask(put, '/api/imports/lot/a.bib', { file: '@book{a}' });
    expect((await simply('GET /api/imports'))['imports']).to.have.length(1);
    await ask('POST /api/imports/:name', '/api/imports/lot', { body: { files: ['a.bib'] } });
    await ask('POST /api/imports/:name', '/api/imports/lot', { body: { files: ['b.bib'] } });
    await ask('DELETE /api/imports/:name', '/api/imports/lot');
    await ask('DELETE /api/imports/:name', '/api/imports/lot');
  });

  it('fits for records, one and several', async () => {
    const [key = ''] = keys;
    const { records } = await ask('GET /api/records', '/api/records?limit=2&order=title');
    expect(records).to.have.length(2);
    await ask('GET /api/records', '/api/records?after=nowhere');
    await simply('GET /api/records.csv');
    await ask('GET /api/records/:key/elsewhere', `/api/records/${key}/elsewhere`);
    await ask('GET /api/records/:key/elsewhere', '/api/records/nothing/elsewhere');
    for (const [what, body] of [
      ['files/withdraw', { url: FILE, reason: 'No.' }],
      ['files/withdraw', { url: 'https://nowhere.example', reason: 'No.' }],
      ['files/reinstate', { url: FILE }],
      ['reinstate', {}],
      ['withdraw', { reason: 'No.' }],
      ['withdraw', { reason: '' }],
      ['reinstate', {}],
    ] as const)
      await ask(`POST /api/records/:key/${what}`, `/api/records/${key}/${what}`, { body });
    await ask('POST /api/records/:key/withdraw', `/api/records/${theirs[0]}/withdraw`, {
      body: { reason: 'No.' },
    });
    await ask('POST /api/records/:key/withdraw', '/api/records/nothing/withdraw', {
      body: { reason: 'No.' },
    });
    const done = await simply('POST /api/records/withdraw', { records: [...keys, ...theirs], reason: 'No.' });
    expect(done['records']).to.have.length(3);
    await until('the readers have read that', () => site.parts.readers().every(({ lag }) => lag === 0));
    const [gone] = (await ask('GET /api/records', '/api/records?state=withdrawn'))['records'] as Json[];
    expect(gone).to.include({ reason: 'No.' });
    expect((await simply('POST /api/records/reinstate', { records: keys }))['records']).to.have.length(3);
    expect((await simply('POST /api/records/harvest', { records: keys }))['records']).to.have.length(3);
    await simply('POST /api/records/harvest', { records: theirs });
    await simply('POST /api/records/harvest', { records: ['no key'] });
  });

  it('fits for duplicates, statements and related items', async () => {
    // Brought back, the records are as the source has them.
    await site.put(aPut(1, withFile), aPut(2, alike));
    const [, mine = '', third = ''] = keys;
    const [other = ''] = theirs;
    const { pairs } = await simply('GET /api/duplicates');
    expect(pairs).to.have.length(1);
    await ask('GET /api/duplicates', '/api/duplicates?which=within&limit=1');
    await simply('POST /api/statements', { records: [mine, other], says: 'different' });
    await simply('POST /api/statements', { records: [mine, third], says: 'different' });
    await simply('POST /api/statements', { records: [mine, mine], says: 'same' });
    expect((await ask('GET /api/statements', '/api/statements?limit=1'))['next']).to.be.a('string');
    await ask('DELETE /api/statements/:a/:b', `/api/statements/${mine}/${other}`);
    await ask('DELETE /api/statements/:a/:b', `/api/statements/${mine}/${other}`);
    await simply('POST /api/related-feedback', { record: mine, item: third });
    await simply('GET /api/related-feedback');
    await ask('DELETE /api/related-feedback/:record/:item', `/api/related-feedback/${mine}/${third}`);
    await ask('DELETE /api/related-feedback/:record/:item', `/api/related-feedback/${mine}/${third}`);
  });

  it('fits for notifications and subscriptions', async () => {
    const receive = async (id: string, type: string, object: Json): Promise<string> => {
      const response = await fetch(`${site.url}/inbox`, {
        method: 'POST',
        headers: { 'content-type': 'application/ld+json' },
        body: JSON.stringify({
          '@context': ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'],
          id,
          type: [type, 'coar-notify:ReviewAction'],
          actor: { id: 'https://review.example', name: 'Reviews', type: 'Service' },
          origin: { id: 'https://review.example', inbox: 'https://review.example/inbox', type: 'Service' },
          target: { id: 'https://node.example', inbox: 'https://node.example/inbox', type: 'Service' },
          ...object,
        }),
      });
      return (
        String(((await response.json()) as Json)['id'])
          .split('/')
          .at(-1) ?? ''
      );
    };
    const about = { id: `https://node.example/records/${keys[0]}`, type: 'sorg:AboutPage' };
    const review = { id: 'https://review.example/1', type: ['Page', 'sorg:Review'] };
    const one = await receive('urn:1', 'Announce', { object: review, context: about });
    const two = await receive('urn:2', 'Announce', { object: review, context: about });
    await ask('GET /api/notifications', '/api/notifications?limit=1');
    await ask('GET /api/notifications/:id', `/api/notifications/${one}`);
    await ask('GET /api/notifications/:id', '/api/notifications/nothing');
    const act = (what: string, id: string, body: Json = {}): Promise<Json> =>
      ask(`POST /api/notifications/:id/${what}`, `/api/notifications/${id}/${what}`, { body });
    expect((await act('accept', one, { note: 'Thanks.' }))['state']).to.equal('accepted');
    await act('reject', two, { note: 'Of another article.' });
    await act('reject', two, { note: 'Of another article.' });
    const request = { pattern: 'request-review', service: 'Reviews', record: keys[0] };
    const sent = await simply('POST /api/notifications', request);
    await simply('POST /api/notifications', { ...request, service: 'Nobody' });
    const id = String(sent['id']);
    await act('resend', two);
    await until('it failed', async () => {
      const { notifications } = await ask('GET /api/notifications', '/api/notifications?list=failed');
      return (notifications as Json[]).some((one) => one['id'] === id);
    });
    await act('resend', id);
    await act('undo', id, {});
    await act('undo', 'nothing', {});
    const { id: subscribed } = await simply('POST /api/subscriptions', {
      inbox: 'https://service.example/inbox',
    });
    await simply('POST /api/subscriptions', { inbox: 'https://service.example/inbox' });
    await simply('GET /api/subscriptions');
    await ask('GET /api/subscriptions/:id', `/api/subscriptions/${String(subscribed)}`);
    await ask('DELETE /api/subscriptions/:id', `/api/subscriptions/${String(subscribed)}`);
    await ask('DELETE /api/subscriptions/:id', `/api/subscriptions/${String(subscribed)}`);
    await simply('GET /api/websub');
  });

  it('fits for the network', async () => {
    site.peers.others = [
      {
        why: 'two histories',
        fork: {
          kind: 'heads',
          seq: 3,
          signed: [
            { time: 1, digest: 'a', live: 2 },
            { time: 2, digest: 'b', live: 3 },
          ],
        },
      },
    ];
    const { peers, counts } = await simply('GET /api/peers');
    expect(peers).to.have.length(1);
    expect(counts).to.include({ known: 1, troubled: 1 });
    const [{ node = '' } = {}] = peers as { node?: string }[];
    await ask('GET /api/peers', '/api/peers?state=lost');
    await ask('POST /api/peers/:node/forgive', `/api/peers/${node}/forgive`, { body: {} });
    site.peers.others = [];
    await ask('POST /api/peers/:node/forgive', `/api/peers/${node}/forgive`, { body: {} });
    await ask('POST /api/peers/:node/forgive', '/api/peers/nobody/forgive', { body: {} });
  });

  it('fits for the use', async () => {
    const months = ['2025-11', '2025-12', '2026-01'];
    const own = someOwnUse(keys, months);
    const region = await someRegion({ node: site.catalogue.node, name: 'University of Wyreford' }, own, [
      { node: ANDINA, name: 'Universidad Andina', country: 'PE', months, requests: 10_000 },
    ]);
    inPlaceOf(site.parts.usage, own);
    inPlaceOf(site.parts.regionalUsage, region);
    expect((await simply('GET /api/usage'))['days']).to.be.an('array');
    await ask('GET /api/usage', '/api/usage?period=never');
    for (const format of ['json', 'csv', 'tsv'])
      await ask(
        'GET /api/usage/report',
        `/api/usage/report?report=IR&begin=2025-11&end=2025-12&format=${format}`,
      );
    await ask('GET /api/usage/report', '/api/usage/report?report=IR&begin=2025-12&end=2025-11&format=csv');
    await ask('GET /api/usage/report', '/api/usage/report?report=IR');
    for (const what of ['accept', 'refuse']) {
      await ask(`POST /api/usage/:node/${what}`, `/api/usage/${ANDINA}/${what}`, { body: {} });
      await ask(`POST /api/usage/:node/${what}`, `/api/usage/nobody/${what}`, { body: {} });
    }
    await simply('GET /api/usage/logs');
    const { id } = await simply('POST /api/usage/imports', { format: 'combined', repository: 'dspace' });
    await simply('POST /api/usage/imports', { restate: 'never' });
    const here = `/api/usage/imports/${String(id)}`;
    await ask('PUT /api/usage/imports/:id/:file', `${here}/a.log`, { file: 'no line of a log\n' });
    await ask('GET /api/usage/imports/:id', here);
    await ask('POST /api/usage/imports/:id', here, { body: {} });
    await ask('GET /api/usage/imports/:id', '/api/usage/imports/none');
  });

  it('fits for what the institution says of itself', async () => {
    await simply('POST /api/assessments/ngr-behaviours');
    await simply('GET /api/policy');
    await simply('PUT /api/policy', { elements: { embargo: { codes: ['f1'] } }, since: '2026-01-01' });
    await simply('PUT /api/policy', { elements: { embargo: { codes: ['a1'] } } });
    expect((await simply('GET /api/policy'))['policy']).to.be.an('object');
    // Each changes something, and is told by an example that is taken.
    for (const operation of apiOperations) {
      const { method, path, example, group } = operation;
      if (
        !['institution', 'assessments'].includes(group) ||
        path.includes(':') ||
        operation.file !== undefined
      )
        continue;
      if (method === 'GET' || method === 'PUT') await ask(routeOf(operation), path, { body: example });
    }
    await ask('PUT /api/institution/logo', '/api/institution/logo', { file: aPng(300, 100) });
    await ask('PUT /api/institution/logo', '/api/institution/logo', { file: 'no picture' });
    await simply('GET /api/institution');
    await simply('DELETE /api/institution/logo');
  });

  it('fits for people, and for one’s own account', async () => {
    const { id } = await simply('POST /api/people/invitations', { mail: 'bea@example.edu', name: 'Bea' });
    await simply('POST /api/people/invitations', { mail: 'nobody', name: 'Bea' });
    const { people } = await simply('GET /api/people');
    await ask('DELETE /api/people/invitations/:id', `/api/people/invitations/${String(id)}`);
    const [ana] = people as { id: string }[];
    await ask('PUT /api/people/:id/role', `/api/people/${ana?.id}/role`, { body: { role: 'standard' } });
    await ask('PUT /api/people/:id/role', `/api/people/${ana?.id}/role`, { body: { role: 'administrator' } });
    await ask('DELETE /api/people/:id', '/api/people/nobody');
    const { secret } = await site.accounts.invite({ mail: 'eva@example.edu', name: 'Eva', role: 'standard' });
    await site.accounts.accept(secret, { name: 'Eva', password: PASSWORD });
    const eva = site.accounts.people.find(({ name }) => name === 'Eva');
    await ask('DELETE /api/people/:id', `/api/people/${eva?.id}`);
    await ask('GET /api/audit', '/api/audit?limit=1');

    expect(await simply('GET /api/account')).to.have.nested.property('person.mail', 'ana@example.edu');
    expect(await ask('GET /api/account', '/api/account', { token: API_TOKEN })).to.not.have.property(
      'person',
    );
    await ask('GET /api/account/tokens', '/api/account/tokens', { token: API_TOKEN });
    const wanted = { name: 'nightly', days: 30, password: PASSWORD };
    const made = await simply('POST /api/account/tokens', wanted);
    expect(await ask('GET /api/account', '/api/account', { token: String(made['secret']) })).to.include({
      role: 'administrator',
    });
    await simply('POST /api/account/tokens', { ...wanted, days: 31 });
    await simply('POST /api/account/tokens', { ...wanted, password: 'wrong' });
    expect((await simply('GET /api/account/tokens'))['tokens']).to.have.length(2);
    await ask('DELETE /api/account/tokens/:id', `/api/account/tokens/${String(made['id'])}`);
    await ask('DELETE /api/account/tokens/:id', `/api/account/tokens/${String(made['id'])}`);
    await simply('PUT /api/account/password', { present: PASSWORD, next: 'short' });
    await simply('PUT /api/account/password', { present: PASSWORD, next: 'staple of the battery' });
    await simply('GET /api/account');
    expect(site.accounts.tokensOf(ana?.id ?? '')).to.deep.equal([]);
  });

  it('was asked of every operation', () => {
    const unmet = apiOperations.filter(
      (operation) =>
        !Object.keys(operation.answers).some((status) => contract.met.has(`${routeOf(operation)} ${status}`)),
    );
    expect(unmet.map(routeOf)).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { type HarvestIssue, toldIssue } from '../../node/harvest/index.ts';
import { aPut, aRecord } from '../support/builders.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';

describe('the manager’s API', () => {
  let site: TestSite;
  let key: string;
  beforeEach(async () => {
    site = await aSite();
    [key = ''] = await site.put(aPut(1));
  });
  afterEach(async () => {
    await site.close();
  });
  const call = async (
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> => {
    const response = await fetch(`${site.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const { status, headers } = response;
    return { status, headers, body: (await response.json()) as Record<string, unknown> };
  };

  for (const [name, authorization] of [
    ['no token', undefined],
    ['a wrong token', 'Bearer wrong'],
    ['a token of the right length', `Bearer ${'x'.repeat(API_TOKEN.length)}`],
    ['another scheme', `Basic ${API_TOKEN}`],
    ['an empty token', 'Bearer '],
  ] as const) {
    it(`says 401 to ${name}`, async () => {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${site.url}/api/records/${key}/withdraw`, { method: 'POST', headers });
      expect(response.status).to.equal(401);
      expect(response.headers.get('www-authenticate')).to.match(/^Bearer/);
      expect(response.headers.has('access-control-allow-origin')).to.equal(false);
      expect(((await response.json()) as { code: string }).code).to.equal('UNAUTHORIZED');
    });
  }

  it('tells the state of the node', async () => {
    const { status, body } = await call('GET', '/status');
    expect(status).to.equal(200);
    expect(body).to.deep.include({
      node: site.catalogue.node,
      base: 'https://node.example',
      position: 1,
      records: { own: 1, held: 1 },
      works: { works: 1, clusters: 0 },
      peers: { known: 0, connected: 0, followed: 0 },
      readers: [
        { name: 'search', cursor: 1, lag: 0 },
        { name: 'duplicates', cursor: 1, lag: 0 },
        { name: 'publishing', cursor: 1, lag: 0 },
        { name: 'content', cursor: 1, lag: 0 },
        { name: 'citations', cursor: 1, lag: 0 },
        { name: 'resource-sync', cursor: 1, lag: 0 },
        { name: 'usage-items', cursor: 1, lag: 0 },
        { name: 'metadata-assessment', cursor: 1, lag: 0 },
      ],
    });
  });

  describe('harvest', () => {
    it('starts all sources or one, and answers before they end', async () => {
      expect((await call('POST', '/harvest')).status).to.equal(202);
      const { status, headers, body } = await call('POST', '/harvest', { source: 'repository', full: true });
      expect(status).to.equal(202);
      expect(headers.get('location')).to.equal('https://node.example/api/harvest');
      expect(body).to.have.property('sources').with.length(1);
      expect(site.sources.runs).to.deep.equal([{}, { source: 'repository', full: true }]);
    });

    it('refuses a source that is not there, and a body that does not fit', async () => {
      const unknown = await call('POST', '/harvest', { source: 'other' });
      expect(unknown.status).to.equal(404);
      expect(unknown.body).to.include({ remedy: 'Choose one of: repository.' });
      for (const body of [
        { source: 1 },
        { full: 'yes' },
        { ful: true },
        { set: '' },
        { full: true, set: 'a' },
        { record: 'oai:x:1', source: 'repository' },
        'not JSON',
        [],
      ]) {
        const answer = await call('POST', '/harvest', body);
        expect(answer.status, JSON.stringify(body)).to.equal(400);
        expect(answer.body['code']).to.equal('BODY_INVALID');
      }
      expect(site.sources.runs).to.deep.equal([]);
    });

    it('starts one set', async () => {
      expect((await call('POST', '/harvest', { set: 'articles' })).status).to.equal(202);
      expect(site.sources.runs).to.deep.equal([{ set: 'articles' }]);
    });

    it('fetches one record anew, by key or OAI identifier, and says what became of it', async () => {
      site.sources.records.set('oai:repository.example:1', aRecord());
      for (const record of [key, `https://node.example/records/${key}`, 'oai:repository.example:1']) {
        const { status, body } = await call('POST', '/harvest', { record });
        expect(status, record).to.equal(200);
        expect(body).to.deep.equal({ key: 'key of oai:repository.example:1', outcome: 'unchanged' });
      }
      const unknown = await call('POST', '/harvest', { record: 'oai:repository.example:99' });
      expect(unknown.status).to.equal(409);
      expect(unknown.body).to.include({ code: 'HARVEST_UNKNOWN_RECORD', remedy: 'Look there.' });
      expect(site.sources.runs).to.deep.equal([]);
    });

    it('lists the sources', async () => {
      const { body } = await call('GET', '/harvest');
      expect(body['sources']).to.deep.equal(site.sources.state());
    });
  });

  describe('withdraw and reinstate', () => {
    it('takes a record out of view, by key or OAI identifier', async () => {
      const { status, body } = await call('POST', `/records/${key}/withdraw`, { reason: 'Retracted' });
      expect(status).to.equal(200);
      expect(body).to.deep.equal({ key, outcome: 'withdrawn' });
      expect((await site.get(`/records/${key}`)).status).to.equal(410);
      const again = await call('POST', '/records/oai%3Arepository.example%3A1/withdraw', {
        reason: 'Retracted',
      });
      expect(again.body).to.deep.equal({ key, outcome: 'unchanged' });
    });

    it('takes one file out of view, and gives it back', async () => {
      const record = aRecord({
        files: [
          { url: 'https://repository.example/1.pdf', access: 'open' },
          { url: 'https://repository.example/2.pdf', access: 'open' },
        ],
      });
      await site.catalogue.put([{ type: 'put', record }]);
      const url = 'https://repository.example/1.pdf';
      const page = async (): Promise<string> =>
        await (await site.get(`/records/${key}`, { accept: 'text/html' })).text();
      expect(await page()).to.include(`href="${url}"`);

      const { body } = await call('POST', `/records/${key}/files/withdraw`, { url, reason: 'Wrong version' });
      expect(body).to.deep.equal({ key, outcome: 'updated' });
      const after = await site.get(`/records/${key}`, { accept: 'text/html' });
      expect(after.headers.get('link')).to.include('/2.pdf').and.not.include('/1.pdf');
      expect(await after.text())
        .to.include('Wrong version')
        .and.not.include('/1.pdf');

      await call('POST', `/records/${key}/files/reinstate`, { url });
      expect(await page()).to.include(`href="${url}"`);
      const unknown = await call('POST', `/records/${key}/files/withdraw`, { url: 'x', reason: 'r' });
      expect(unknown.status).to.equal(404);
      expect(unknown.body['remedy']).to.include('/2.pdf');
    });

    it('needs a reason', async () => {
      for (const body of [
        undefined,
        {},
        { reason: '' },
        { reason: '  ' },
        { reason: 1 },
        { reason: 'x'.repeat(1_001) },
      ]) {
        const answer = await call('POST', `/records/${key}/withdraw`, body);
        expect(answer.status).to.equal(400);
      }
      expect((await site.get(`/records/${key}`)).status).to.equal(200);
    });

    it('refuses a body that is too large or of another type', async () => {
      const large = await call('POST', `/records/${key}/withdraw`, { reason: 'x'.repeat(20_000) });
      expect(large.status).to.equal(413);
      const response = await fetch(`${site.url}/api/records/${key}/withdraw`, {
        method: 'POST',
        headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'text/plain' },
        body: '{"reason":"x"}',
      });
      expect(response.status).to.equal(415);
    });

    it('fetches the record anew to take a withdrawal back', async () => {
      await call('POST', `/records/${key}/withdraw`, { reason: 'By mistake' });
      site.sources.records.set('oai:repository.example:1', aRecord({ published: '2020' }));
      const { status, body } = await call('POST', `/records/${key}/reinstate`);
      expect(status).to.equal(200);
      expect(body).to.deep.equal({ key, outcome: 'updated' });
      expect((await site.get(`/records/${key}`)).status).to.equal(200);
    });

    it('explains why a record cannot be taken back', async () => {
      const notGone = await call('POST', `/records/${key}/reinstate`);
      expect(notGone.status).to.equal(409);
      expect(notGone.body['code']).to.equal('RECORD_NOT_WITHDRAWN');
      await call('POST', `/records/${key}/withdraw`, { reason: 'Gone' });
      const unknown = await call('POST', `/records/${key}/reinstate`);
      expect(unknown.status).to.equal(409);
      expect(unknown.body).to.include({ code: 'HARVEST_UNKNOWN_RECORD', remedy: 'Look there.' });
    });

    it('speaks for own records only', async () => {
      const peer = await site.peer('Andina', 'https://andina.example');
      const [theirs = ''] = await site.follow(peer, aPut(2));
      const { status, body } = await call('POST', `/records/${theirs}/withdraw`, { reason: 'Retracted' });
      expect(status).to.equal(403);
      expect(body['code']).to.equal('RECORD_NOT_OWN');
      const unknown = await call('POST', '/records/nothing/withdraw', { reason: 'x' });
      expect(unknown.status).to.equal(404);
      expect(unknown.body['remedy']).to.include('ngr search');
    });
  });

  it('lists issues by severity, page by page', async () => {
    const issue = (id: string, severity: HarvestIssue['severity']): HarvestIssue => ({
      id,
      severity,
      source: 'repository',
      code: 'OAI_RECORD_UNREADABLE',
      message: 'A record cannot be read.',
      remedy: 'Mend it.',
      firstSeen: 0,
      lastSeen: 0,
      count: 1,
    });
    site.sources.found.push(issue('a', 'error'), issue('b', 'error'), issue('c', 'info'));
    const first = await call('GET', '/issues?severity=error&limit=1');
    expect(first.body).to.deep.include({ next: 'a', counts: { error: 2, warning: 0, info: 1 } });
    const second = await call('GET', '/issues?severity=error&limit=2&after=a');
    expect(second.body['issues']).to.deep.equal([toldIssue(issue('b', 'error'))]);
    expect(second.body).not.to.have.property('next');
    for (const query of ['severity=fatal', 'limit=0', 'limit=1001', 'after=']) {
      expect((await call('GET', `/issues?${query}`)).status, query).to.equal(400);
    }
  });
});

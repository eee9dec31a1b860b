import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

const LONG = 'An abstract that is worth to be packed. '.repeat(400);

/** The second answer comes from what is kept, in front of the routers; the first from its router. */
describe('a record that is asked for again', () => {
  let site: TestSite;
  let key: string;
  beforeEach(async () => {
    site = await aSite();
    [key = ''] = await site.put(aPut(1, { abstracts: [{ value: LONG }] }));
  });
  afterEach(async () => {
    await site.close();
  });

  async function asked(init: RequestInit = {}, path = `/records/${key}`): Promise<unknown> {
    const response = await fetch(site.url + path, { redirect: 'manual', ...init });
    const { date: _, ...headers } = Object.fromEntries(response.headers);
    return { status: response.status, headers, body: await response.text() };
  }

  for (const [name, init] of Object.entries<RequestInit>({
    'without Accept': {},
    'as JSON': { headers: { accept: 'application/json' } },
    'as N-Quads': { headers: { accept: 'application/n-quads' } },
    'as BibTeX, best of several': { headers: { accept: 'text/csv, application/x-bibtex;q=0.5' } },
    'as a page': { headers: { accept: BROWSER } },
    'as what there is not': { headers: { accept: 'image/png' } },
    packed: { headers: { 'accept-encoding': 'gzip' } },
    'as it is': { headers: { 'accept-encoding': 'identity' } },
    'by HEAD': { method: 'HEAD' },
    'with a tag that any has': { headers: { 'if-none-match': '*' } },
    'by POST': { method: 'POST' },
    'by OPTIONS': { method: 'OPTIONS' },
  })) {
    it(`gets the same again ${name}`, async () => {
      const first = await asked(init);
      expect(await asked(init)).to.deep.equal(first);
      await asked();
      expect(await asked(init)).to.deep.equal(first);
    });
  }

  it('gets the same by the name of the format', async () => {
    const first = await asked({}, `/records/${key}?format=jsonld`);
    expect(await asked()).to.deep.equal(first);
    expect(await asked()).to.deep.equal(first);
  });

  it('is told what changed at once, and that it was withdrawn', async () => {
    const get = (headers: Record<string, string> = {}): Promise<Response> =>
      site.get(`/records/${key}`, headers);
    await get();
    const etag = (await get()).headers.get('etag') ?? '';
    expect((await get({ 'if-none-match': etag })).status).to.equal(304);
    await site.catalogue.put([aPut(1, { titles: [{ value: 'Another title' }] })]);
    const changed = await get({ 'if-none-match': etag });
    expect(changed.status).to.equal(200);
    expect(await changed.text()).to.contain('Another title');
    const oaiIdentifier = 'oai:repository.example:1';
    await site.catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'Retracted' }]);
    for (let i = 0; i < 2; i++) expect((await get({ 'if-none-match': '*' })).status).to.equal(410);
  });

  it('is no longer told of what was followed and is not any more', async () => {
    const peer = await site.peer('Andina', 'https://andina.example');
    const [theirs = ''] = await site.follow(peer, aPut(2));
    for (let i = 0; i < 2; i++) expect((await site.get(`/records/${theirs}`)).status).to.equal(200);
    await site.catalogue.drop(peer.node);
    expect((await site.get(`/records/${theirs}`)).status).to.equal(404);
  });

  it('is counted as before', async () => {
    for (let i = 0; i < 5; i++) await asked();
    await asked({ headers: { 'if-none-match': '*' } });
    const metrics = await (await site.get('/metrics')).text();
    const count = 'ngr_http_request_duration_seconds_count{method="GET",route="/records/:key"';
    expect(metrics).to.contain(`${count},status="200"} 5`).and.to.contain(`${count},status="304"} 1`);
  });

  it('is found behind the path of the base URL', async () => {
    await site.close();
    site = await aSite({ base: 'https://uni.example/repository' });
    [key = ''] = await site.put(aPut(1));
    const first = await asked();
    for (const path of [`/repository/records/${key}`, `/records/${key}`])
      expect(await asked({}, path)).to.deep.equal(first);
  });
});

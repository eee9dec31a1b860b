import { expect } from 'chai';
import { recordKey } from '../../vocab/record-key.ts';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';
import { tidy } from './support/tidy.ts';

const WITHDRAW = {
  type: 'withdraw',
  oaiIdentifier: 'oai:repository.example:1',
  reason: 'Retracted',
} as const;

describe('GET /records/{key}', () => {
  let site: TestSite;
  let key: string;
  beforeEach(async () => {
    site = await aSite();
    [key = ''] = await site.put(
      aPut(1, {
        titles: [{ value: 'Open repositories', language: 'en' }],
        identifiers: [
          { scheme: 'doi', value: '10.1000/a' },
          { scheme: 'url', value: 'https://repository.example/1' },
        ],
        licence: 'https://creativecommons.org/licenses/by/4.0/',
        creators: [
          {
            name: 'Knoth, Petr',
            family: 'Knoth',
            given: 'Petr',
            orcid: '0000-0003-1161-7359',
            kind: 'person',
          },
        ],
        type: 'http://purl.org/coar/resource_type/c_6501',
        files: [
          { url: 'https://repository.example/1.pdf', format: 'application/pdf', access: 'open' },
          { url: 'https://repository.example/secret.pdf', access: 'restricted' },
        ],
      }),
    );
  });
  afterEach(async () => {
    await site.close();
  });
  const get = (headers: Record<string, string> = {}, query = ''): Promise<Response> =>
    site.get(`/records/${key}${query}`, headers);

  it('gives a script JSON-LD, with what HTTP should tell of it', async () => {
    const response = await get();
    expect(response.status).to.equal(200);
    expect(response.headers.get('content-type')).to.equal('application/ld+json; charset=utf-8');
    expect(response.headers.get('vary')).to.equal('Accept');
    expect(response.headers.get('last-modified')).to.equal('Thu, 01 Jan 2026 00:00:00 GMT');
    expect(response.headers.get('etag')).to.match(/^"bafyrei[a-z2-7]+\.jsonld\.1"$/);
    expect(response.headers.get('access-control-allow-origin')).to.equal('*');
    expect(await response.json()).to.deep.include({
      '@context': 'https://node.example/context.jsonld',
      id: `https://node.example/records/${key}`,
      oaiIdentifier: 'oai:repository.example:1',
    });
  });

  it('gives application/json under that name', async () => {
    const response = await get({ accept: 'application/json' });
    expect(response.headers.get('content-type')).to.equal('application/json; charset=utf-8');
  });

  it('gives N-Quads and Dublin Core, by Accept and by ?format', async () => {
    const quads = await get({ accept: 'application/n-quads' });
    expect(quads.headers.get('content-type')).to.equal('application/n-quads');
    const subject = `<https://node.example/records/${key}>`;
    expect(await quads.text()).to.contain(
      `${subject} <http://purl.org/dc/terms/title> "Open repositories"@en .`,
    );
    const xml = await get({ accept: BROWSER }, '?format=oai_dc');
    expect(xml.headers.get('content-type')).to.match(/^application\/xml; charset=utf-8; profile=/);
    expect(await xml.text()).to.match(
      /^<\?xml[^>]*\?>\s*<oai_dc:dc [^]*<dc:title[^>]*>Open repositories<\/dc:title>/,
    );
  });

  it('gives a browser a page', async () => {
    const response = await get({ accept: BROWSER });
    expect(response.headers.get('content-type')).to.equal('text/html; charset=utf-8');
    expect(response.headers.get('vary')).to.equal('Accept, Accept-Language, Accept-Encoding');
    expect(await response.text()).to.contain('<h1>Open repositories</h1>');
  });

  it('says 406 with what there is, where nothing of it is wanted', async () => {
    const response = await get({ accept: 'image/png' });
    expect(response.status).to.equal(406);
    expect(response.headers.get('content-type')).to.equal('application/problem+json');
    const { code, available } = (await response.json()) as { code: string; available: { type: string }[] };
    expect(code).to.equal('NOT_ACCEPTABLE');
    expect(available.map(({ type }) => type)).to.include.members([
      'application/ld+json',
      'text/html',
      'application/n-quads',
      'text/turtle',
      'application/xml',
      'application/x-bibtex',
    ]);
  });

  it('has the links of Signposting, of the collection, of the inbox and of its other formats', async () => {
    const links = (await get({ accept: BROWSER })).headers.get('link') ?? '';
    const iri = `https://node.example/records/${key}`;
    for (const link of [
      `<${iri}>; rel="canonical"`,
      `<${iri}?format=jsonld>; rel="alternate describedby"; type="application/ld+json"`,
      `<${iri}?format=oai_dc>; rel="alternate describedby"; type="application/xml"; profile="http://www.openarchives.org/OAI/2.0/oai_dc/"`,
      '<https://node.example/records>; rel="collection"',
      '<https://node.example/inbox>; rel="http://www.w3.org/ns/ldp#inbox"',
      '<https://doi.org/10.1000/a>; rel="cite-as"',
      '<https://creativecommons.org/licenses/by/4.0/>; rel="license"',
      '<https://schema.org/AboutPage>; rel="type"',
      '<https://schema.org/ScholarlyArticle>; rel="type"',
      '<https://orcid.org/0000-0003-1161-7359>; rel="author"',
      '<https://repository.example/1.pdf>; rel="item"; type="application/pdf"',
    ]) {
      expect(links).to.contain(link);
    }
    expect(links).not.to.contain('secret.pdf');
    const data = (await get()).headers.get('link') ?? '';
    expect(data)
      .to.contain(`<${iri}>; rel="describes"; type="text/html"`)
      .and.not.to.contain('rel="describedby"');
  });

  describe('asked again', () => {
    it('says 304 to the entity tag, weak or among others, and to the time', async () => {
      const first = await get();
      const etag = first.headers.get('etag') ?? '';
      const modified = first.headers.get('last-modified') ?? '';
      for (const headers of [
        { 'if-none-match': etag },
        { 'if-none-match': `"other", W/${etag}` },
        { 'if-none-match': '*' },
        { 'if-modified-since': modified },
      ]) {
        const response = await get(headers);
        expect(response.status, JSON.stringify(headers)).to.equal(304);
        expect(response.headers.get('etag')).to.equal(etag);
        expect(response.headers.get('vary')).to.equal('Accept');
        expect(await response.text()).to.equal('');
      }
    });

    it('sends it whole where the tag differs, even if the time does not', async () => {
      const modified = (await get()).headers.get('last-modified') ?? '';
      const response = await get({ 'if-none-match': '"other"', 'if-modified-since': modified });
      expect(response.status).to.equal(200);
      expect((await get({ 'if-modified-since': 'yesterday' })).status).to.equal(200);
    });

    it('has another tag for each format', async () => {
      const tags = await Promise.all(
        ['jsonld', 'nq', 'oai_dc', 'html'].map(async (format) =>
          (await get({}, `?format=${format}`)).headers.get('etag'),
        ),
      );
      expect(new Set(tags).size).to.equal(4);
    });

    it('says 304 to a browser as long as nothing on the page has changed, also not what is computed', async () => {
      const headers = { accept: BROWSER };
      const etag = (await get(headers)).headers.get('etag') ?? '';
      expect((await get({ ...headers, 'if-none-match': etag })).status).to.equal(304);
      const peer = await site.peer('Andina', 'https://andina.example');
      await site.follow(peer, aPut(1, { identifiers: [{ scheme: 'doi', value: '10.1000/a' }] }));
      expect((await get({ ...headers, 'if-none-match': etag })).status).to.equal(200);
    });

    it('shows a change at once, in every format', async () => {
      const formats = ['jsonld', 'nq', 'oai_dc', 'html'];
      for (const format of formats) await get({}, `?format=${format}`);
      await site.put(aPut(1, { titles: [{ value: 'Another title' }] }));
      for (const format of formats) {
        expect(await (await get({}, `?format=${format}`)).text(), format).to.contain('Another title');
      }
    });
  });

  describe('of a withdrawn record', () => {
    beforeEach(async () => {
      await get();
      await site.put(WITHDRAW);
    });

    it('says 410 with the tombstone as data, even where Dublin Core was asked for', async () => {
      for (const accept of ['*/*', 'application/xml']) {
        const response = await get({ accept });
        expect(response.status).to.equal(410);
        expect(response.headers.get('content-type')).to.equal('application/ld+json; charset=utf-8');
        expect(await response.json()).to.deep.include({
          type: 'Tombstone',
          tombstone: { kind: 'withdrawn', reason: 'Retracted', at: '2026-01-01T00:00:00.000Z' },
        });
      }
      expect((await get({ accept: 'application/n-quads' })).status).to.equal(410);
    });

    it('says 410 with a page that names title, reason and date', async () => {
      const response = await get({ accept: BROWSER });
      expect(response.status).to.equal(410);
      const page = tidy(await response.text());
      expect(page).to.contain('Open repositories').and.contain('Retracted').and.contain('January 1, 2026');
      expect(page).to.contain('<meta name="robots" content="noindex">');
    });

    it('is no 304 to who had the record', async () => {
      expect((await get({ 'if-none-match': '*' })).status).to.equal(410);
    });
  });

  describe('by another name', () => {
    for (const [name, path] of [
      ['its OAI identifier', 'oai%3Arepository.example%3A1'],
      ['its IRI', (key: string) => encodeURIComponent(`https://node.example/records/${key}`)],
    ] as const) {
      it(`leads from ${name} to its key`, async () => {
        const text = typeof path === 'string' ? path : path(key);
        const response = await site.get(`/records/${text}?format=nq`);
        expect(response.status).to.equal(303);
        expect(response.headers.get('location')).to.equal(`https://node.example/records/${key}?format=nq`);
      });
    }

    it('says 404 to what is not held, a script with a problem document and a browser with a page', async () => {
      const unknown = recordKey('12D3KooWx', 'oai:x:1');
      for (const path of [unknown, 'oai%3Ax%3A1', '%E0%A4%A', 'x'.repeat(3_000)]) {
        const response = await site.get(`/records/${path}`);
        expect(response.status, path.slice(0, 30)).to.equal(404);
        expect(response.headers.get('content-type')).to.equal('application/problem+json');
        expect(((await response.json()) as { code: string }).code).to.equal('RECORD_UNKNOWN');
      }
      const page = await site.get(`/records/${unknown}`, { accept: BROWSER });
      expect(page.status).to.equal(404);
      expect(await page.text()).to.contain('There is nothing at this address.');
    });
  });

  it('serves a followed record under the same key, as its origin’s', async () => {
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    const [theirs = ''] = await site.follow(peer, aPut(7, { titles: [{ value: 'Acceso abierto' }] }));
    const response = await site.get(`/records/${theirs}`);
    expect(response.headers.get('link')).to.contain(
      `<https://andina.example/records/${theirs}>; rel="canonical"`,
    );
    const page = await site.page(`/records/${theirs}`);
    expect(page).to.contain(`<link rel="canonical" href="https://andina.example/records/${theirs}">`);
    expect(page).to.contain('This record belongs to Universidad Andina.');
    await site.catalogue.drop(peer.node);
    expect((await site.get(`/records/${theirs}`)).status).to.equal(404);
  });

  it('answers HEAD as GET, without the body', async () => {
    const response = await fetch(`${site.url}/records/${key}`, { method: 'HEAD' });
    expect(response.status).to.equal(200);
    expect(Number(response.headers.get('content-length'))).to.be.greaterThan(100);
  });
});

describe('views of records', () => {
  let site: TestSite;
  let key: string;
  beforeEach(async () => {
    site = await aSite();
    [key = ''] = await site.put(aPut(1));
  });
  afterEach(async () => {
    await site.close();
  });
  const person = { accept: BROWSER, 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0' };

  it('are counted for own records, when they are seen as a page by a person', async () => {
    await site.get(`/records/${key}`, person);
    await site.counted();
    expect(await site.usage.counts(key)).to.include({ totalInvestigations: 1, totalRequests: 0 });
    expect(await site.page(`/records/${key}`, person)).to.contain('1 view · 0 downloads');
  });

  it('are not counted as data, for robots, for HEAD, and for records of others', async () => {
    await site.get(`/records/${key}`, { ...person, accept: 'application/ld+json' });
    await site.get(`/records/${key}`, { ...person, 'user-agent': 'Googlebot/2.1' });
    await fetch(`${site.url}/records/${key}`, { method: 'HEAD', headers: person });
    const peer = await site.peer('Andina', 'https://andina.example');
    const [theirs = ''] = await site.follow(peer, aPut(2));
    await site.get(`/records/${theirs}`, person);
    await site.counted();
    expect(await site.usage.counts(key)).to.include({ totalInvestigations: 0, totalRequests: 0 });
    const months = await site.usage.months();
    expect(months.map(({ metrics }) => metrics.totalInvestigations)).to.deep.equal(months.map(() => 0));
  });
});

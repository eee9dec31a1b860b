import { expect } from 'chai';
import { linksOf, parseLinkHeader, parseLinkset, type TypedLink } from '../../protocols/signposting/index.ts';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

describe('the typed links of a record (FAIR Signposting)', () => {
  let site: TestSite;
  let iri: string;
  before(async () => {
    site = await aSite();
    const [key = ''] = await site.put(
      aPut(1, {
        type: 'http://purl.org/coar/resource_type/c_6501',
        licence: 'https://creativecommons.org/licenses/by/4.0/',
        identifiers: [{ scheme: 'doi', value: '10.5281/zenodo.1' }],
        creators: Array.from({ length: 30 }, (_, i) => ({
          name: `Author ${i}`,
          kind: 'person',
          orcid: `0000-0000-0000-00${String(i).padStart(2, '0')}`,
        })),
        files: [
          { url: 'https://repository.example/1.pdf', format: 'application/pdf', access: 'open' },
          { url: 'https://repository.example/closed.pdf', access: 'restricted' },
          { url: 'https://repository.example/odd".pdf', format: 'not/a type', access: 'open' },
        ],
      }),
    );
    iri = `https://node.example/records/${key}`;
  });
  after(async () => {
    await site.close();
  });

  const path = (): string => new URL(iri).pathname;
  const hrefs = (links: readonly TypedLink[], rel: string, anchor = iri): string[] =>
    linksOf(links, anchor, rel).map(({ href }) => href);

  it('stand in the header of the page and of each description', async () => {
    const page = await site.get(path(), { accept: BROWSER });
    const links = parseLinkHeader(page.headers.get('link') ?? '', iri);
    expect(hrefs(links, 'cite-as')).to.deep.equal(['https://doi.org/10.5281/zenodo.1']);
    expect(hrefs(links, 'type')).to.deep.equal([
      'https://schema.org/AboutPage',
      'https://schema.org/ScholarlyArticle',
    ]);
    expect(hrefs(links, 'item')).to.include('https://repository.example/1.pdf').and.not.include('closed');
    expect(hrefs(links, 'author')).to.have.length(20);
    expect(hrefs(links, 'describedby')).to.include(`${iri}?format=jsonld`);
    const data = await site.get(`${path()}?format=turtle`);
    expect(hrefs(parseLinkHeader(data.headers.get('link') ?? '', iri), 'describes')).to.deep.equal([iri]);
  });

  it('stand in the head of the page, too', async () => {
    const text = await site.page(path());
    for (const rel of ['author', 'describedby', 'item', 'license', 'type', 'resourcesync']) {
      expect(text).to.contain(`<link rel="${rel}" href="`);
    }
    expect(text.match(/<link rel="canonical"/g)).to.have.length(1);
    expect(text).to.contain('<link rel="collection" href="https://node.example/records"');
    expect(text).to.contain('<link rel="cite-as" href="https://doi.org/10.5281/zenodo.1"');
    expect(text).to.contain(`<link rel="linkset" href="${iri}/linkset" type="application/linkset+json"`);
  });

  it('are all in the link set, with those back from files and descriptions', async () => {
    const response = await site.get(`${path()}/linkset`);
    expect(response.headers.get('content-type')).to.equal('application/linkset+json');
    const links = parseLinkset(await response.text(), 'application/linkset+json', iri);
    expect(hrefs(links, 'author')).to.have.length(30);
    expect(hrefs(links, 'collection', 'https://repository.example/1.pdf')).to.deep.equal([iri]);
    expect(hrefs(links, 'license', 'https://repository.example/1.pdf')).to.deep.equal([
      'https://creativecommons.org/licenses/by/4.0/',
    ]);
    expect(hrefs(links, 'describes', `${iri}?format=oai_dc`)).to.deep.equal([iri]);
    const etag = response.headers.get('etag') ?? '';
    expect((await site.get(`${path()}/linkset`, { 'if-none-match': etag })).status).to.equal(304);
  });

  it('are gone with the record', async () => {
    expect((await site.get('/records/abcdefghijklmnopqrst/linkset')).status).to.equal(404);
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Wrong.' });
    expect((await site.get(`${path()}/linkset`)).status).to.equal(410);
  });
});

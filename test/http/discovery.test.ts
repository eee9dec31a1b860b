import { expect } from 'chai';
import { readXml } from '../../vocab/xml/index.ts';
import { aPut } from '../support/builders.ts';
import { aSite, type TestSite } from './support/a-site.ts';

describe('what crawlers and browsers look for by themselves', () => {
  let site: TestSite;
  before(async () => {
    site = await aSite();
    await site.put(aPut(1));
  });
  after(async () => {
    await site.close();
  });

  it('robots.txt lets them read, and names the sitemap, which is there', async () => {
    const response = await site.get('/robots.txt');
    expect(response.headers.get('content-type')).to.equal('text/plain; charset=utf-8');
    const [, sitemap = ''] = /^Sitemap: https:\/\/node\.example(\S+)$/m.exec(await response.text()) ?? [];
    const list = readXml(await (await site.get(sitemap)).text());
    expect(list.namespace).to.equal('http://www.sitemaps.org/schemas/sitemap/0.9');
    expect(list.children.filter(({ local }) => local === 'url')).to.have.length(1);
  });

  it('the description of the search is named on every page, and its addresses work', async () => {
    expect(await site.page('/')).to.contain('rel="search" type="application/opensearchdescription+xml"');
    const text = await (await site.get('/opensearch.xml')).text();
    const templates = readXml(text)
      .children.filter(({ local }) => local === 'Url')
      .map((url) => url.attributes['template'] ?? '');
    expect(templates).to.have.length(2);
    for (const template of templates) {
      const address = template
        .replace('https://node.example', '')
        .replace('{searchTerms}', 'title')
        .replace('{startPage?}', '1');
      expect((await site.get(address)).status, address).to.equal(200);
    }
  });

  it('both can be kept', async () => {
    for (const path of ['/robots.txt', '/opensearch.xml']) {
      const etag = (await site.get(path)).headers.get('etag') ?? '';
      expect((await site.get(path, { 'if-none-match': etag })).status).to.equal(304);
    }
  });
});

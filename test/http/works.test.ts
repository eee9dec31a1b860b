import { expect } from 'chai';
import type { HarvestedRecord } from '../../node/catalogue/index.ts';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import type { RecordFile } from '../../vocab/record.ts';
import { aPut } from '../support/builders.ts';
import { API_TOKEN, aSite, type TestSite } from './support/a-site.ts';

const PUBLISHED = 'http://purl.org/coar/version/c_970fb48d4fbd8a85';
const SUBMITTED = 'http://purl.org/coar/version/c_71e4c1898caa6e32';
const CC_BY = 'https://creativecommons.org/licenses/by/4.0/';
const DOI = '10.1000/harvest';

const aFile = (url: string): RecordFile => ({ url, access: 'open', text: 'extracted' });
const article: Partial<HarvestedRecord> = {
  titles: [{ value: 'Harvesting open repositories without an aggregator' }],
  publishedDoi: DOI,
};

interface WorkDocument {
  workKind: string;
  canonicalIdentifier: string;
  bestOpenCopy?: { record: string; url: string; stage: string; licence: string; reachable: boolean };
  orderedItems: {
    id: string;
    stage: string;
    reasons: string[];
    evidence: { feature: string; level: string; bits: number }[];
  }[];
}

describe('a work, as it is shown', () => {
  let site: TestSite;
  let own: string;
  let theirs: string;
  let another: string;
  beforeEach(async () => {
    site = await aSite();
    [own = '', another = ''] = await site.put(
      aPut(1, {
        ...article,
        version: SUBMITTED,
        access: { right: 'open' },
        files: [aFile('https://repository.example/preprint.pdf')],
      }),
      aPut(2, { titles: [{ value: 'Something else altogether' }], published: '1999' }),
    );
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    [theirs = ''] = await site.follow(
      peer,
      aPut(1, {
        ...article,
        version: PUBLISHED,
        access: { right: 'open' },
        licence: CC_BY,
        files: [aFile('https://andina.example/article.pdf')],
      }),
    );
  });
  afterEach(async () => {
    await site.close();
  });

  const json = async <T>(path: string): Promise<T> => {
    const response = await site.get(path);
    expect(response.status, path).to.equal(200);
    return (await response.json()) as T;
  };
  const workPath = async (key: string): Promise<string> =>
    `/works/${(await site.parts.duplicates.workOf(key)) ?? ''}`;

  it('says what its records are to one another, which copy to read, and what names it', async () => {
    for (const path of [await workPath(own), `/records/${own}/duplicates`]) {
      const document = await json<WorkDocument>(path);
      expect(document.workKind, path).to.equal('versions');
      expect(document.canonicalIdentifier, path).to.equal(`https://doi.org/${DOI}`);
      expect(document.bestOpenCopy, path).to.deep.equal({
        record: `https://andina.example/records/${theirs}`,
        url: 'https://andina.example/article.pdf',
        stage: 'published',
        licence: CC_BY,
        reachable: true,
      });
    }
  });

  it('has each record with its version and the evidence for it', async () => {
    const { orderedItems } = await json<WorkDocument>(await workPath(own));
    expect(orderedItems.map(({ stage }) => stage)).to.deep.equal(['submitted', 'published']);
    for (const { evidence } of orderedItems) {
      expect(evidence.map(({ feature }) => feature)).to.include.members(['title', 'authors', 'identifiers']);
    }
    const quads = await toNQuads((await json(await workPath(own))) satisfies JsonLdObject);
    expect(quads)
      .to.contain('<https://w3id.org/ngr#bestOpenCopy>')
      .and.to.contain('<https://w3id.org/ngr#level>');
  });

  it('is a page by versions, with the evidence in words, in four languages', async () => {
    const path = await workPath(own);
    const words = {
      en: ['versions of the same work', 'Best open copy', 'Published version', 'Submitted manuscript'],
      es: ['versiones de la misma obra', 'Mejor copia abierta', 'Versión publicada', 'Manuscrito enviado'],
      pt: ['versões da mesma obra', 'Melhor cópia aberta', 'Versão publicada', 'Manuscrito submetido'],
      fr: ['versions de la même œuvre', 'Meilleur exemplaire ouvert', 'Version publiée', 'Manuscrit soumis'],
    };
    for (const [lang, expected] of Object.entries(words)) {
      const page = await site.page(`${path}?lang=${lang}`);
      for (const text of [...expected, 'https://andina.example/article.pdf', DOI])
        expect(page).to.contain(text);
    }
    const page = await site.page(`${path}?lang=en`);
    expect(page).to.match(/Recognised by[^<]*the same title/);
    expect(page).to.contain(`href="${path}/citations?lang=en"`);
  });

  it('leads from a record to the best open copy, also where that is the record itself', async () => {
    const page = await site.page(`/records/${own}`);
    expect(page).to.contain('Best open copy').and.to.contain('https://andina.example/article.pdf');
    expect(page).to.match(/Recognised by[^<]*the same title/);
    expect(await site.page(`/records/${another}`)).to.contain('No copy that anybody can read is known.');
  });

  it('shows how any two records compare, the same work or not', async () => {
    type Comparison = { verdict: string; bits: number; needed: number; evidence: { bits: number }[] };
    const same = await json<Comparison>(`/records/${own}/duplicates/${theirs}`);
    expect(same.verdict).to.equal('same');
    expect(same.bits).to.be.at.least(same.needed);
    const sum = same.evidence.reduce((bits, one) => bits + one.bits, 0);
    expect(sum).to.be.closeTo(same.bits, 0.001);
    const different = await json<Comparison>(`/records/${own}/duplicates/${another}`);
    expect(different.verdict).to.equal('different');
    expect((await site.get(`/records/${own}/duplicates/${own}`)).status).to.equal(404);
    const quads = await toNQuads(await json<JsonLdObject>(`/records/${own}/duplicates/${theirs}`));
    expect(quads)
      .to.contain('<https://w3id.org/ngr#Comparison>')
      .and.to.contain('<https://w3id.org/ngr#neededBits>');
  });

  it('falls apart when the manager says so, and comes together again when she takes it back', async () => {
    const ask = (method: string, path: string, body?: string): Promise<Response> =>
      fetch(site.url + path, {
        method,
        headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body }),
      });
    const say = JSON.stringify({ records: [own, theirs], says: 'different' });
    expect((await ask('POST', '/api/statements', say)).status).to.equal(200);
    expect(await workPath(own)).to.not.equal(await workPath(theirs));
    const { statement, verdict } = await json<{ statement: string; verdict: string }>(
      `/records/${own}/duplicates/${theirs}`,
    );
    expect([statement, verdict]).to.deep.equal(['different', 'different']);
    expect((await ask('DELETE', `/api/statements/${own}/${theirs}`)).status).to.equal(204);
    expect(await workPath(own)).to.equal(await workPath(theirs));
    const joined = JSON.stringify({ records: [own, another], says: 'same' });
    expect((await ask('POST', '/api/statements', joined)).status).to.equal(200);
    expect(await workPath(own)).to.equal(await workPath(another));
    expect(await site.page(`/records/${another}`)).to.contain(
      'This institution says that they are the same work.',
    );
  });
});

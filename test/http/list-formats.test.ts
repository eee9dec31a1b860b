import { expect } from 'chai';
import { Parser, type Quad, type Term } from 'n3';
import { parseLinkHeader } from '../../protocols/signposting/index.ts';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { aPut } from '../support/builders.ts';
import { aSite, type TestSite } from './support/a-site.ts';

const MOST = 200;

/** Quads without the labels of their blank nodes, in one order. */
function canonical(quads: readonly Quad[]): string[] {
  const name = ({ termType, value }: Term): string => (termType === 'BlankNode' ? '_' : value);
  return quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(name).join(' ')).toSorted();
}

describe('a page of /records', () => {
  let site: TestSite;
  let keys: string[];
  before(async () => {
    site = await aSite();
    keys = await site.put(
      ...Array.from({ length: MOST + 1 }, (_, i) => aPut(i + 1, { titles: [{ value: `Title ${i + 1}` }] })),
    );
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Retracted.' });
  });
  after(async () => {
    await site.close();
  });

  const page = async (accept: string): Promise<{ text: string; type: string | null }> => {
    const response = await site.get(`/records?limit=${MOST}`, { accept });
    expect(response.status).to.equal(200);
    expect(response.headers.get('vary')).to.contain('Accept');
    return { text: await response.text(), type: response.headers.get('content-type') };
  };
  // The latest change is the withdrawal; of the others, all but the oldest.
  const shown = (): string[] => keys.slice(2).toReversed();

  for (const [type, format] of [
    ['text/turtle', 'Turtle'],
    ['application/n-quads', 'N-Quads'],
  ] as const) {
    it(`is ${format}, with its neighbours and what is gone`, async () => {
      const { text } = await page(type);
      const quads = new Parser({ format }).parse(text);
      const typed = quads.filter(({ predicate }) => predicate.value.endsWith('#type'));
      expect(typed.filter(({ object }) => object.value.endsWith('CreativeWork'))).to.have.length(MOST - 1);
      expect(typed.filter(({ object }) => object.value.endsWith('Tombstone'))).to.have.length(1);
      expect(quads.some(({ predicate }) => predicate.value.endsWith('#next'))).to.equal(true);
      // The same graph as the JSON-LD, the blank nodes of each record being its own.
      const document = JSON.parse((await page('application/ld+json')).text) as JsonLdObject;
      const whole = new Parser({ format: 'N-Quads' }).parse(await toNQuads(document));
      expect(canonical(quads)).to.deep.equal(canonical(whole));
      expect((await page(type)).text).to.equal(text);
    });
  }

  it('is a list of schema.org', async () => {
    const { text, type } = await page('application/ld+json; profile="https://schema.org/"');
    expect(type).to.contain('profile="https://schema.org/"');
    const list = JSON.parse(text) as { '@type': string; itemListElement: { '@id': string; name: string }[] };
    expect(list['@type']).to.equal('ItemList');
    const ids = list.itemListElement.map((item) => item['@id'].split('/').at(-1));
    expect(ids).to.deep.equal(shown());
  });

  it('is a list for reference managers', async () => {
    const csl = JSON.parse((await page('application/vnd.citationstyles.csl+json')).text) as {
      title: string;
    }[];
    expect(csl.map(({ title }) => title)).to.deep.equal(shown().map((_, i) => `Title ${MOST + 1 - i}`));
    const bibtex = (await page('application/x-bibtex')).text;
    expect(bibtex.match(/^@\w+\{/gm)).to.have.length(MOST - 1);
    const ris = (await page('application/x-research-info-systems')).text;
    expect(ris.match(/^TY {2}- /gm)).to.have.length(MOST - 1);
    expect(ris.match(/^ER {2}- *$/gm)).to.have.length(MOST - 1);
  });

  it('leads to its neighbours by the Link header in every format', async () => {
    for (const format of ['jsonld', 'bibtex', 'nq']) {
      let path = `/records?limit=150&format=${format}`;
      const seen: Record<string, string>[] = [];
      const types = new Set<string | null>();
      for (let i = 0; i < 2; i++) {
        const response = await site.get(path);
        const links = parseLinkHeader(response.headers.get('link') ?? '', 'https://node.example/records');
        const others = links.filter(({ rel }) => rel === 'alternate');
        expect(others).to.have.length(7);
        expect(others.map(({ href }) => href).join(' '))
          .to.contain('format=ris')
          .and.not.contain(`format=${format}&`);
        const neighbours = links.filter((link) => !others.includes(link));
        const found = Object.fromEntries(neighbours.map(({ rel, href }) => [rel, href]));
        seen.push(found);
        types.add(response.headers.get('content-type'));
        path = (found['next'] ?? '').slice('https://node.example'.length);
      }
      expect(seen.map((rels) => Object.keys(rels).toSorted())).to.deep.equal([
        ['first', 'next'],
        ['first', 'prev'],
      ]);
      expect(types.size).to.equal(1);
    }
  });

  it('is not to be had as XML: 406 says what there is', async () => {
    const response = await site.get('/records', { accept: 'application/xml' });
    expect(response.status).to.equal(406);
    const { available } = (await response.json()) as { available: { format: string }[] };
    expect(available.map(({ format }) => format)).to.have.members([
      'jsonld',
      'html',
      'turtle',
      'nq',
      'schema',
      'csl',
      'bibtex',
      'ris',
    ]);
  });
});

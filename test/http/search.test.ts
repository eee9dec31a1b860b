import { expect } from 'chai';
import type { OwnChange } from '../../node/catalogue/index.ts';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

interface SearchAnswer {
  totalItems: number;
  id: string;
  partOf: string;
  next?: string;
  prev?: string;
  orderedItems: {
    id: string;
    score: number;
    'schema:exampleOfWork': { id: string; 'schema:workExample': { id: string }[] };
  }[];
}

const doi = (n: number): OwnChange =>
  aPut(n, {
    titles: [{ value: `Harvesting repositories, part ${n}` }],
    identifiers: [{ scheme: 'doi', value: `10.1000/${n}` }],
  });

describe('GET /search', () => {
  let site: TestSite;
  let own: string[];
  let theirs: string[];
  let andina: string;
  before(async () => {
    site = await aSite();
    own = await site.put(...[1, 2, 3, 4, 5].map(doi), aPut(9, { titles: [{ value: 'Nothing alike' }] }));
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    andina = peer.node;
    theirs = await site.follow(peer, doi(1), doi(2), doi(6));
  });
  after(async () => {
    await site.close();
  });
  const search = async (query: string): Promise<SearchAnswer> => {
    const response = await site.get(`/search?${query}`);
    expect(response.status, query).to.equal(200);
    return (await response.json()) as SearchAnswer;
  };

  it('finds own and followed records, one item a work, with its other copies', async () => {
    const answer = await search('q=harvesting');
    expect(answer.totalItems).to.equal(8);
    expect(answer.orderedItems).to.have.length(6);
    const first = answer.orderedItems.find(
      ({ id }) => id.endsWith(own[0] ?? '') || id.endsWith(theirs[0] ?? ''),
    );
    const keys = [
      first?.id,
      ...(first?.['schema:exampleOfWork']['schema:workExample'] ?? []).map(({ id }) => id),
    ];
    expect(keys.map((id) => id?.split('/').at(-1))).to.have.members([own[0], theirs[0]]);
  });

  it('keeps to one institution where it is asked to', async () => {
    const answer = await search(`q=harvesting&origin=${andina}`);
    expect(answer.totalItems).to.equal(3);
    expect(answer.orderedItems.every(({ id }) => id.startsWith('https://andina.example/'))).to.equal(true);
  });

  it('leads through all works once, page by page', async () => {
    const seen: string[] = [];
    let query: string | undefined = 'q=harvesting&limit=4';
    for (let pages = 1; query !== undefined; pages++) {
      const answer: SearchAnswer = await search(query);
      seen.push(...answer.orderedItems.map((item) => item['schema:exampleOfWork'].id));
      expect(answer.partOf).to.equal('https://node.example/search?q=harvesting&limit=4');
      expect(answer.prev === undefined).to.equal(pages === 1);
      query = answer.next === undefined ? undefined : new URL(answer.next).search.slice(1);
    }
    expect(seen).to.have.length(6);
    expect(new Set(seen).size).to.equal(6);
  });

  it('has the same in a page, with a row a work and its copies named', async () => {
    const page = await site.page('/search?q=harvesting');
    expect(page).to.contain('8 records found');
    expect(page.match(/<li class="record">/g)).to.have.length(6);
    expect(page.match(/Also held by/g)).to.have.length(2);
    expect(page).to.contain('value="harvesting"');
  });

  it('says in words that nothing was found', async () => {
    const page = await site.page('/search?q=zzzz');
    expect(page).to.contain('Nothing was found for “zzzz”.');
    expect((await search('q=zzzz')).orderedItems).to.deep.equal([]);
  });

  it('shows the form where there is no query, and says 400 to a script', async () => {
    for (const query of ['', '?q=', '?q=%20']) {
      expect((await site.get(`/search${query}`, { accept: BROWSER })).status).to.equal(200);
      const response = await site.get(`/search${query}`);
      expect(response.status).to.equal(400);
      expect(((await response.json()) as { code: string }).code).to.equal('PARAMETER_INVALID');
    }
  });

  it('still finds a withdrawn record, as withdrawn and by its title only', async () => {
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:9', reason: 'Retracted' });
    const page = await site.page('/search?q=nothing+alike');
    expect(page).to.contain('<span class="badge gone">Withdrawn</span>');
  });

  describe('with a parameter that is wrong', () => {
    const cases: [query: string, parameter: string][] = [
      ['q=a&q=b', 'q'],
      [`q=${'a'.repeat(301)}`, 'q'],
      ['q=a&page=0', 'page'],
      ['q=a&page=51', 'page'],
      ['q=a&page=1.5', 'page'],
      ['q=a&page=-1', 'page'],
      ['q=a&limit=101', 'limit'],
      ['q=a&limit=', 'limit'],
      ['q=a&limit=9999999999999999999', 'limit'],
      ['q=a&origin=nobody', 'origin'],
      ['q=a&lang=de', 'lang'],
      ['q=a&lang=en&lang=en', 'lang'],
      ['q=a&format=pdf', 'format'],
    ];
    for (const [query, parameter] of cases) {
      it(`says 400 and names it: ${query.slice(0, 40)}`, async () => {
        const response = await site.get(`/search?${query}`);
        expect(response.status).to.equal(400);
        const body = (await response.json()) as {
          code: string;
          errors: { parameter: string; detail: string }[];
        };
        expect(body.code).to.equal('PARAMETER_INVALID');
        expect(body.errors[0]?.parameter).to.equal(parameter);
        expect((await site.get(`/search?${query}`, { accept: BROWSER })).status).to.equal(400);
      });
    }

    it('passes over parameters that other sites add to the links that their users share', async () => {
      expect((await search('q=harvesting&utm_source=x&fbclid=y')).totalItems).to.equal(8);
    });

    it('names those that it does not know, and those that there are', async () => {
      const response = await site.get('/search?q=harvesting&year=2016&__proto__=y');
      expect(response.status).to.equal(400);
      const { errors, known } = (await response.json()) as { errors: unknown[]; known: string[] };
      expect(errors).to.deep.equal([
        { parameter: 'year', detail: 'is not known here' },
        { parameter: '__proto__', detail: 'is not known here' },
      ]);
      expect(known).to.include.members(['q', 'origin', 'page', 'limit', 'format', 'lang']);
    });
  });
});

import { expect } from 'chai';
import type { SearchQuery } from '../../node/analysis/search/index.ts';
import type { OwnChange } from '../../node/catalogue/index.ts';
import { toNQuads } from '../../vocab/json-ld/index.ts';
import { aPut } from '../support/builders.ts';
import { aSite, BROWSER, type TestSite } from './support/a-site.ts';

interface SearchAnswer {
  totalItems: number;
  facets: { property: string; values: { value: string; name?: string; count: number }[] }[];
  correctedQuery?: string;
  isCutShort?: boolean;
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

  it('leads to the pages beside it by the Link header, too', async () => {
    const link = (await site.get('/search?q=harvesting&limit=2&page=2')).headers.get('link') ?? '';
    for (const [rel, page] of [
      ['first', ''],
      ['next', '&page=3'],
      ['prev', '&page=1'],
    ] as const) {
      expect(link).to.include(`<https://node.example/search?q=harvesting&limit=2${page}>; rel="${rel}"`);
    }
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

const JOURNAL_ARTICLE = 'http://purl.org/coar/resource_type/c_6501';
const DOCTORAL_THESIS = 'http://purl.org/coar/resource_type/c_db06';

describe('GET /search, narrowed', () => {
  let site: TestSite;
  before(async () => {
    site = await aSite();
    const one = (n: number, parts: Parameters<typeof aPut>[1]): OwnChange =>
      aPut(n, { titles: [{ value: `Preservation of <b>data</b>, number ${n}` }], ...parts });
    await site.put(
      one(1, {
        type: JOURNAL_ARTICLE,
        published: '2001-05',
        languages: ['en'],
        access: { right: 'open' },
        licence: 'https://creativecommons.org/licenses/by/4.0/',
        abstracts: [
          {
            value: `${'Nothing of it. '.repeat(40)}Here preservation is told of. ${'And more. '.repeat(40)}`,
          },
        ],
      }),
      one(2, {
        type: JOURNAL_ARTICLE,
        published: '2010',
        languages: ['pt-BR'],
        access: { right: 'restricted' },
      }),
      one(3, { type: DOCTORAL_THESIS, published: '2020', languages: ['es'], access: { right: 'open' } }),
    );
  });
  after(() => site.close());
  const search = async (query: string): Promise<SearchAnswer> =>
    (await (await site.get(`/search?q=preservation&${query}`)).json()) as SearchAnswer;
  const total = async (query: string): Promise<number> => (await search(query)).totalItems;

  it('keeps to what filters say, each with any of its values', async () => {
    expect(await total(`type=${encodeURIComponent(JOURNAL_ARTICLE)}`)).to.equal(2);
    expect(await total('type=doctoral+thesis')).to.equal(1);
    expect(await total('type=doctoral+thesis&type=journal+article')).to.equal(3);
    expect(await total('from=2005')).to.equal(2);
    expect(await total('from=2005&to=2015')).to.equal(1);
    expect(await total('access=open&type=journal+article')).to.equal(1);
    expect(await total('language=pt&language=es')).to.equal(2);
    expect(await total('language=pt-PT')).to.equal(1);
    expect(await total('licence=CC-BY')).to.equal(1);
    expect(
      await total(`licence=${encodeURIComponent('https://creativecommons.org/licenses/by/4.0/')}`),
    ).to.equal(1);
    expect(await total('access=&type=')).to.equal(3);
  });

  it('says so where a name of a type or a licence means nothing', async () => {
    for (const query of ['type=artcle', 'licence=CC-YB']) {
      const response = await site.get(`/search?q=preservation&${query}`);
      expect(response.status, query).to.equal(400);
      expect(((await response.json()) as { detail: string }).detail).to.match(/neither a URI nor the name/);
    }
    expect(await total('type=https%3A%2F%2Ftypes.example%2Fnone')).to.equal(0);
  });

  it('counts by what it can be narrowed, a facet without its own filter', async () => {
    const { facets } = await search('access=open');
    const of = (name: string): Record<string, number> =>
      Object.fromEntries(
        facets.find(({ property }) => property === name)?.values.map(({ value, count }) => [value, count]) ??
          [],
      );
    expect(of('access')).to.deep.equal({ open: 2, restricted: 1 });
    expect(of('type')).to.deep.equal({ [JOURNAL_ARTICLE]: 1, [DOCTORAL_THESIS]: 1 });
    const names = facets.flatMap(({ values }) => values.flatMap(({ name = [] }) => name));
    expect(names).to.include.members(['journal article', 'doctoral thesis']);
    expect(of('year')).to.deep.equal({ 2001: 1, 2020: 1 });
    expect(of('language')).to.deep.equal({ en: 1, es: 1 });
  });

  it('comes by date where that is asked for', async () => {
    const years = async (order: string): Promise<(string | undefined)[]> =>
      (await search(`order=${order}`)).orderedItems.map((item) =>
        (item as { published?: { value: string } }).published?.value.slice(0, 4),
      );
    expect(await years('newest')).to.deep.equal(['2020', '2010', '2001']);
    expect(await years('oldest')).to.deep.equal(['2001', '2010', '2020']);
  });

  it('takes what a browser makes of the OpenSearch description', async () => {
    const description = await (await site.get('/opensearch.xml')).text();
    const template = /template="([^"]+)"/.exec(description)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const filled = template.replace('{searchTerms}', 'preservation').replace(/\{\w+\?\}/g, '');
    const { pathname, search: query } = new URL(filled);
    expect(await site.page(pathname + query)).to.include('3 records found');
  });

  it('keeps all that was asked for in the addresses of its pages', async () => {
    const { partOf, next = '' } = await search('language=en&language=es&limit=1&order=newest&from=2000');
    const list = new URL(partOf).searchParams;
    expect(list.getAll('language')).to.deep.equal(['en', 'es']);
    expect([list.get('order'), list.get('from'), list.get('limit')]).to.deep.equal(['newest', '2000', '1']);
    expect(new URL(next).searchParams.get('page')).to.equal('2');
  });

  it('means the same as RDF', async () => {
    const quads = await toNQuads({ ...(await search('access=open')) });
    expect(quads).to.include('<https://w3id.org/ngr#searchParameter> "access"');
    expect(quads).to.match(/<https:\/\/w3id\.org\/ngr#count> "2"/);
  });

  describe('as a page', () => {
    it('has links that narrow it, and links that widen it again', async () => {
      const page = await site.page('/search?q=preservation');
      expect(page).to.include('<h2 id="narrow-title">Narrow the results</h2>');
      const link = `/search?q=preservation&amp;type=${encodeURIComponent(JOURNAL_ARTICLE)}`;
      expect(page).to.include(`href="${link}"`);
      const narrowed = await site.page(link.replaceAll('&amp;', '&'));
      expect(narrowed).to.include('2 records found').and.include('Type: Journal article');
      expect(narrowed).to.match(/<a href="\/search\?q=preservation"[^>]*>Type: Journal article/);
    });

    it('marks the words in titles and in the part of the abstract where they stand, and nothing as markup', async () => {
      const page = await site.page('/search?q=preservation+data&from=2001&to=2001');
      expect(page).to.include('<mark>Preservation</mark>of &lt;b&gt;<mark>data</mark>&lt;/b&gt;');
      expect(page).to.match(/<p class="snippet" ?>….*Here<mark>preservation<\/mark>is told of/);
    });

    it('keeps the filters when the words or the years are changed', async () => {
      const page = await site.page('/search?q=preservation&language=en&language=es&lang=es');
      for (const language of ['en', 'es'])
        expect(page).to.include(`<input type="hidden" name="language" value="${language}">`);
      expect(page).to.include('Idioma: Inglés').and.include('Idioma: Español');
      expect(page).to.include('/search?q=preservation&amp;language=en&amp;language=es&amp;lang=fr');
    });

    it('is there in the four languages', async () => {
      for (const [lang, words] of [
        ['en', 'Narrow the results'],
        ['es', 'Acotar los resultados'],
        ['pt', 'Refinar os resultados'],
        ['fr', 'Affiner les résultats'],
      ] as const) {
        expect(await site.page(`/search?q=preservation&lang=${lang}`)).to.include(words);
      }
    });
  });
});

describe('GET /search, with a word that is in no record', () => {
  let site: TestSite;
  const asked: SearchQuery[] = [];
  before(async () => {
    site = await aSite();
    await site.put(doi(1));
    const { text } = site.parts;
    const real = text.search.bind(text);
    // What is taken for what is the index's matter.
    text.search = async (question) => {
      asked.push(question);
      const corrected = question.query.replace('harvestng', 'harvesting');
      if (question.asWritten === true || corrected === question.query) return await real(question);
      return { ...(await real({ ...question, query: corrected })), corrected };
    };
  });
  after(() => site.close());

  it('says what was searched instead, with the way to search as it is written', async () => {
    const page = await site.page('/search?q=harvestng+%3Cb%3E&order=newest');
    expect(page).to.include('<q><strong>harvesting</strong>&lt;b&gt;</q>');
    expect(page).to.include('href="/search?q=harvestng+%3Cb%3E&amp;order=newest&amp;spelling=as-written"');
    expect(page).to.include('<mark>Harvesting</mark>');
    const answer = (await (await site.get('/search?q=harvestng')).json()) as SearchAnswer;
    expect(answer.correctedQuery).to.equal('harvesting');
    expect(await toNQuads({ ...answer })).to.include('<https://w3id.org/ngr#correctedQuery> "harvesting"');
  });

  it('says where it took too long and was ended', async () => {
    const { text } = site.parts;
    const whole = text.search;
    text.search = async (question) => ({ ...(await whole(question)), isCut: true });
    const answer = (await (await site.get('/search?q=harvesting')).json()) as SearchAnswer;
    expect(answer.isCutShort).to.equal(true);
    expect(await toNQuads({ ...answer })).to.include('<https://w3id.org/ngr#isCutShort> "true"');
    expect(await site.page('/search?q=harvesting')).to.include('The search took too long and was ended');
    text.search = whole;
    expect(await site.page('/search?q=harvesting')).not.to.include('The search took too long');
  });

  it('takes no word for another where that is asked for, and keeps to it from page to page', async () => {
    const answer = (await (await site.get('/search?q=harvestng&spelling=as-written')).json()) as SearchAnswer;
    expect(asked.at(-1)?.asWritten).to.equal(true);
    expect(answer).not.to.have.property('correctedQuery');
    expect(new URL(answer.partOf).searchParams.get('spelling')).to.equal('as-written');
    expect(await site.page('/search?q=harvestng&spelling=as-written')).not.to.include('class="corrected"');
  });
});

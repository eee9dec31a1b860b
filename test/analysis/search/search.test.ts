import { expect } from 'chai';
import { TextIndex, type SearchQuery, type SearchResult } from '../../../node/analysis/search/index.ts';
import type { HarvestedRecord, OwnChange, ReaderRunner } from '../../../node/catalogue/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';

const titled = (value: string, language?: string): Partial<HarvestedRecord> => ({
  titles: [{ value, ...(language !== undefined && { language }) }],
  creators: [],
});
const by = (...names: (string | [family: string, given: string])[]): Partial<HarvestedRecord> => ({
  titles: [{ value: 'A title' }],
  creators: names.map((name) =>
    typeof name === 'string'
      ? { name, kind: 'unknown' as const }
      : { name: name.join(', '), family: name[0], given: name[1], kind: 'person' as const },
  ),
});

describe('a search', () => {
  let test: TestCatalogue;
  let index: TextIndex;
  let runner: ReaderRunner;
  let numbers: Map<string, number>;

  beforeEach(async () => {
    test = await aCatalogue();
    index = new TextIndex({ recentPostings: 30 });
    runner = await test.run(index);
    numbers = new Map();
  });
  afterEach(() => test.close());

  /** Puts records, which are called by their places from 1. */
  async function put(...parts: Partial<HarvestedRecord>[]): Promise<void> {
    const changes = parts.map((each, i): OwnChange => aPut(i + 1, each));
    const results = await test.catalogue.put(changes);
    for (const [i, { key }] of results.entries()) numbers.set(key, i + 1);
    await runner.caughtUp();
  }

  async function result(query: string, more: Partial<SearchQuery> = {}): Promise<SearchResult> {
    return await index.search({ query, limit: 100, offset: 0, ...more });
  }

  async function found(query: string, more: Partial<SearchQuery> = {}): Promise<number[]> {
    const { hits } = await result(query, { asWritten: true, ...more });
    return hits.map(({ key }) => numbers.get(key) ?? 0);
  }

  const sorted = (list: readonly number[]): number[] => [...list].sort((a, b) => a - b);

  describe('in fields', () => {
    it('finds words and phrases only there', async () => {
      await put(
        { ...titled('Open whales'), abstracts: [{ value: 'access' }] },
        { ...titled('Access'), subjects: [{ value: 'Open access' }] },
        { ...titled('Access open'), abstracts: [{ value: 'On open access' }] },
      );
      expect(sorted(await found('title:access'))).to.deep.equal([2, 3]);
      expect(await found('abstract:access title:whales')).to.deep.equal([1]);
      expect(await found('subject:"open access"')).to.deep.equal([2]);
      expect(sorted(await found('"open access"'))).to.deep.equal([2, 3]);
      expect(await found('access -subject:open -whales')).to.deep.equal([3]);
      expect(sorted(await found('whales OR subject:open'))).to.deep.equal([1, 2]);
    });

    it('keeps a phrase within one title, and stop words in their places', async () => {
      await put(
        { titles: [{ value: 'The state' }, { value: 'of the art' }] },
        titled('State of the art'),
        titled('Art of state'),
      );
      expect(await found('"state of the art"')).to.deep.equal([2]);
      expect(await found('"the state of art"')).to.deep.equal([]);
    });
  });

  describe('for an author', () => {
    it('takes surname and initial or given name in any order', async () => {
      await put(
        by(['Knoth', 'Petr']),
        by(['Knoth', 'P.']),
        by('Petr Knoth'),
        by(['Knoth', 'Anna'], ['Smith', 'Petr']),
        by(['García Márquez', 'Gabriel']),
      );
      for (const name of [
        'author:"Knoth, P."',
        'author:"P. Knoth"',
        'author:P.Knoth',
        'author:"Petr Knoth"',
      ]) {
        expect(sorted(await found(name)), name).to.deep.equal([1, 2, 3]);
      }
      expect(await found('author:"A Knoth"')).to.deep.equal([4]);
      expect(sorted(await found('author:knoth'))).to.deep.equal([1, 2, 3, 4]);
      for (const name of [
        'author:"Gabriel Garcia Marquez"',
        'author:"garcia marquez"',
        'author:"Márquez, G"',
      ]) {
        expect(await found(name), name).to.deep.equal([5]);
      }
    });

    it('takes a phrase as a name too, where the given name is spelt out', async () => {
      await put(by(['Knoth', 'Petr']), by(['Fox', 'R.']), titled('The red fox'));
      expect(await found('"petr knoth"')).to.deep.equal([1]);
      expect(await found('"red fox"')).to.deep.equal([3]);
    });

    it('does not stem names', async () => {
      await put(by(['Wings', 'Ada']), titled('A wing'));
      expect(await found('author:wing')).to.deep.equal([]);
      expect(await found('author:wings')).to.deep.equal([1]);
    });
  });

  describe('in other languages', () => {
    it('finds the forms of a word, by the language of the text', async () => {
      await put(
        titled('Publicações científicas', 'pt'),
        titled('Journaux en ligne', 'fr'),
        titled('Wissenschaftliche Bibliotheken', 'de'),
        { ...titled('Biblioteche digitali'), languages: ['it'] },
        titled('Las voces', 'es'),
      );
      expect(await found('publicacao')).to.deep.equal([1]);
      expect(await found('"publicação científica"')).to.deep.equal([1]);
      expect(await found('journal')).to.deep.equal([2]);
      expect(await found('bibliothek')).to.deep.equal([3]);
      expect(await found('biblioteca digitale')).to.deep.equal([4]);
      expect(await found('voz')).to.deep.equal([5]);
    });
  });

  describe('narrowed and counted', () => {
    const COAR = 'http://purl.org/coar/resource_type/';
    const article = `${COAR}c_6501`;
    const thesis = `${COAR}c_46ec`;
    const by4 = 'https://creativecommons.org/licenses/by/4.0/';
    beforeEach(async () => {
      await put(
        { ...titled('Whale'), type: article, published: '2019-05', licence: by4, access: { right: 'open' } },
        { ...titled('Whale songs'), type: article, published: '2021', languages: ['pt-BR'] },
        { ...titled('Whale bones of the sea'), type: thesis, published: '2019-05-03' },
        { ...titled('The last of the whales, and others'), type: thesis, published: '1999' },
        { ...titled('Seal'), type: thesis, published: 'undated' },
      );
    });

    it('has exact facets, each without its own filter', async () => {
      const { total, facets } = await result('whale', {
        facets: true,
        filters: { type: [article], from: 2000 },
      });
      expect(total).to.equal(2);
      expect(facets?.type).to.deep.equal([
        { value: article, count: 2 },
        { value: thesis, count: 1 },
      ]);
      expect(facets?.year).to.deep.equal([
        { value: '2019', count: 1 },
        { value: '2021', count: 1 },
      ]);
      expect(facets?.language).to.deep.equal([
        { value: 'en', count: 1 },
        { value: 'pt', count: 1 },
      ]);
      expect(facets?.licence).to.deep.equal([
        { value: 'https://creativecommons.org/licenses/by/', count: 1 },
      ]);
      expect(facets?.access).to.deep.equal([{ value: 'open', count: 1 }]);
      expect(facets?.origin).to.deep.equal([{ value: test.catalogue.node, count: 2 }]);
      expect((await result('whale')).facets).to.equal(undefined);
    });

    it('has the years from and to, both included', async () => {
      expect(sorted(await found('whale', { filters: { from: 1999, to: 2019 } }))).to.deep.equal([1, 3, 4]);
      expect(await found('whale', { filters: { to: 1998 } })).to.deep.equal([]);
      expect(await found('whale', { filters: { from: 2021 } })).to.deep.equal([2]);
      expect(await found('whale', { filters: { type: [], from: -1e9, to: 1e12 } })).to.have.length(4);
    });

    it('takes narrower types for the type they are of, in filters and in counts', async () => {
      const doctoral = `${COAR}c_db06`;
      const text = `${COAR}c_18cf`;
      const [sixth] = await test.catalogue.put([aPut(6, { ...titled('Whale'), type: doctoral })]);
      numbers.set(sixth?.key ?? '', 6);
      await runner.caughtUp();
      const only = async (type: string): Promise<number[]> =>
        sorted(await found('whale', { filters: { type: [type] } }));
      expect(await only(thesis)).to.deep.equal([3, 4, 6]);
      expect(await only(doctoral)).to.deep.equal([6]);
      expect(await only(text)).to.deep.equal([1, 2, 3, 4, 6]);
      expect(await only('https://example.org/no-type')).to.deep.equal([]);
      const { facets } = await result('whale', { facets: true });
      expect(facets?.type).to.deep.equal([
        { value: thesis, count: 3 },
        { value: article, count: 2 },
        { value: doctoral, count: 1 },
      ]);
    });

    it('can be ordered by date, to the day, with what has none at the end', async () => {
      expect(await found('whale OR seal', { order: 'newest' })).to.deep.equal([2, 3, 1, 4, 5]);
      expect(await found('whale OR seal', { order: 'oldest' })).to.deep.equal([4, 1, 3, 2, 5]);
    });

    it('never has more for a filter', async () => {
      expect(await found('whale songs')).to.deep.equal([2]);
      expect(await found('whale songs', { filters: { type: [thesis] } })).to.deep.equal([]);
    });

    it('follows a record whose words stay as they are', async () => {
      await put({ ...titled('Whale'), type: thesis, published: '2019-05' });
      const { facets } = await result('whale', { facets: true });
      expect(facets?.type).to.deep.equal([
        { value: thesis, count: 3 },
        { value: article, count: 1 },
      ]);
      expect(facets?.licence).to.deep.equal([]);
    });
  });

  describe('that takes too long', () => {
    it('ends with what it has found by then, and says so', async () => {
      let [now, step] = [0, 0];
      index = new TextIndex({ searchMs: 30, now: () => (now += step) });
      await test.close();
      test = await aCatalogue();
      runner = await test.run(index);
      await put(...Array.from({ length: 600 }, (_, i) => titled(`Whale ${i}`)));
      const query = { query: 'whale', limit: 10, offset: 0, facets: true };
      const whole = await index.search(query);
      expect(whole.total).to.equal(600);
      expect(whole).not.to.have.property('isCut');

      step = 15;
      const { total, hits, facets, isCut } = await index.search(query);
      expect(isCut).to.equal(true);
      expect(total).to.be.within(1, 599);
      expect(hits).to.have.length(10);
      expect(facets?.origin).to.deep.equal([{ value: test.catalogue.node, count: total }]);
    });
  });

  describe('with a slip of the pen', () => {
    beforeEach(() =>
      put(titled('Institutional repositories'), titled('The harvest of whales'), by(['Knoth', 'Petr'])),
    );

    it('looks for the nearest word instead, and says so', async () => {
      const { corrected, hits } = await result('instituional reposotory -whales');
      expect(corrected).to.equal('institutional repositories -whales');
      expect(hits.map(({ key }) => numbers.get(key))).to.deep.equal([1]);
      expect((await result('title:"harvets of whales"')).corrected).to.equal('title:"harvest of whales"');
      expect((await result('author:Knuth')).corrected).to.equal('author:knoth');
    });

    it('does not where it is asked not to, the word is known, or nothing is near', async () => {
      expect(await result('harvets', { asWritten: true })).to.deep.equal({ total: 0, hits: [] });
      for (const query of ['harvest', 'xylophone', '20244', 'Petr', 'whale']) {
        expect((await result(query)).corrected, query).to.equal(undefined);
      }
    });

    it('forgets a word with the last record that has it', async () => {
      await put(titled('Institutional archives'));
      expect((await result('reposotories')).corrected).to.equal(undefined);
      expect((await result('arhcives')).corrected).to.equal('archives');
    });
  });

  describe('bad input', () => {
    it('of a record is indexed as far as it goes', async () => {
      const long = 'whale '.repeat(17_000);
      const names = Array.from({ length: 5_000 }, (_, i): [string, string] => [`Author${i}`, 'A.']);
      await put(
        titled(long),
        by(...names),
        titled('?!… — «»'),
        titled('مستودعات الوصول المفتوح', 'ar'),
        titled('機関リポジトリの現状', 'ja'),
        { ...titled('x'), published: 'soon', languages: ['', 'x'.repeat(500)], licence: 'y'.repeat(5_000) },
      );
      expect(await found('"whale whale whale"')).to.deep.equal([1]);
      expect(await found('author:"A. Author7"')).to.deep.equal([2]);
      expect(await found('"الوصول المفتوح"')).to.deep.equal([4]);
      expect(await found('"リポジトリ"')).to.deep.equal([5]);
      expect((await result('x', { facets: true })).facets?.licence).to.deep.equal([]);
    });
  });
});

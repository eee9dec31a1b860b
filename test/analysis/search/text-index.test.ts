import { expect } from 'chai';
import { TextIndex, type Filters } from '../../../node/analysis/search/index.ts';
import type { HarvestedRecord, OwnChange, Reader, ReaderRunner } from '../../../node/catalogue/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { until } from '../../support/until.ts';

const titled = (...values: string[]): Partial<HarvestedRecord> => ({
  titles: values.map((value) => ({ value })),
});
const withdrawal = (n: number): OwnChange => ({
  type: 'withdraw',
  oaiIdentifier: `oai:repository.example:${n}`,
  reason: 'Retracted',
});

describe('the text index', () => {
  let test: TestCatalogue;
  let index: TextIndex;
  let runner: ReaderRunner;

  beforeEach(async () => {
    test = await aCatalogue();
    index = new TextIndex();
    runner = await test.run(index);
  });
  afterEach(async () => {
    await test.close();
  });

  /** Puts the changes and waits until they are indexed. @returns their keys */
  async function put(...changes: OwnChange[]): Promise<string[]> {
    const results = await test.catalogue.put(changes);
    await runner.caughtUp();
    return results.map(({ key }) => key);
  }

  async function search(query: string, filters: Filters = {}): Promise<string[]> {
    const { total, hits } = await index.search({ query, limit: 100, offset: 0, filters });
    expect(hits).to.have.length(total);
    return hits.map(({ key }) => key);
  }

  async function similar(key = ''): Promise<string[]> {
    return (await index.similarTo(key, 100)).map(({ key }) => key);
  }

  describe('a search', () => {
    it('finds words of titles, abstracts, subjects and names of creators, however they are written', async () => {
      const keys = await put(
        aPut(1, titled('Repositórios institucionais')),
        aPut(2, { ...titled('x'), abstracts: [{ value: 'On the REPOSITORIES of Peru.' }] }),
        aPut(3, { ...titled('y'), subjects: [{ value: 'Repository' }] }),
        aPut(4, { ...titled('z'), creators: [{ name: 'Müller, Ana', kind: 'person' }] }),
      );
      expect(await search('repositorios institucional')).to.deep.equal([keys[0]]);
      expect(await search('repository')).to.have.members([keys[1], keys[2]]);
      expect(await search('muller')).to.deep.equal([keys[3]]);
    });

    it('asks for all words, and for any of them only where nothing has them all', async () => {
      const keys = await put(
        aPut(1, titled('open access')),
        aPut(2, titled('open source')),
        aPut(3, titled('closed access')),
      );
      expect(await search('open access')).to.deep.equal([keys[0]]);
      expect(await search('open harbour')).to.have.members([keys[0], keys[1]]);
      expect(await search('whales')).to.deep.equal([]);
    });

    it('puts first what has the word in its title, and the shorter of two texts', async () => {
      const keys = await put(
        aPut(1, { ...titled('Notes on many other things of libraries'), abstracts: [{ value: 'harvest' }] }),
        aPut(2, titled('The harvest of many things in other libraries')),
        aPut(3, titled('Harvest')),
      );
      expect(await search('harvest')).to.deep.equal([keys[2], keys[1], keys[0]]);
    });

    it('finds a title of nothing but common words', async () => {
      const keys = await put(aPut(1, titled('It is what it is')), aPut(2, titled('The state of the art')));
      expect(await search('what it is')).to.deep.equal([keys[0]]);
    });

    it('gives the same page twice, and each hit on one page only, when all are alike', async () => {
      const keys = await put(...Array.from({ length: 25 }, (_, n) => aPut(n, titled('Editorial'))));
      const pages = [];
      for (let offset = 0; offset < 30; offset += 10) {
        pages.push(await index.search({ query: 'editorial', limit: 10, offset }));
      }
      expect(pages.map(({ total }) => total)).to.deep.equal([25, 25, 25]);
      expect(pages.flatMap(({ hits }) => hits.map(({ key }) => key))).to.deep.equal([...keys].sort());
    });

    it('finds nothing for a query without words, and bears one of any length', async () => {
      const [key] = await put(aPut(1, titled('open access')));
      expect(await search('?!')).to.deep.equal([]);
      expect(await search('')).to.deep.equal([]);
      const long = Array.from({ length: 50_000 }, (_, i) => `w${i}`).join(' ');
      expect(await search(`open ${long}`)).to.deep.equal([key]);
    });

    it('can be kept to the records of one origin', async () => {
      const peer = await aCatalogue({ base: 'https://peer.example' });
      try {
        const [own] = await put(aPut(1, titled('open access')));
        await peer.catalogue.put([aPut(1, titled('open access at a peer'))]);
        const page = await peer.catalogue.feeds.page(peer.catalogue.node, 0, { entries: 10, bytes: 10_000 });
        if (page === undefined) throw new Error('no page');
        await test.catalogue.accept(page.head, page.entries);
        await runner.caughtUp();
        expect(await search('open')).to.have.length(2);
        expect(await search('open', { origin: [test.catalogue.node] })).to.deep.equal([own]);
        expect(await search('peer', { origin: [peer.catalogue.node] })).to.have.length(1);
        expect(await search('open', { origin: ['a node that is not followed'] })).to.deep.equal([]);

        await test.catalogue.drop(peer.catalogue.node);
        await runner.caughtUp();
        expect(await search('open')).to.deep.equal([own]);
      } finally {
        await peer.close();
      }
    });
  });

  describe('similar records', () => {
    it('are those that share the rarest words, with those words as they are written', async () => {
      const keys = await put(
        aPut(1, titled('Harvesting metadata of repositories')),
        aPut(2, titled('Metadata harvested from a repository')),
        aPut(3, titled('Metadata of whales')),
        aPut(4, titled('Whales')),
      );
      const found = await index.similarTo(keys[0] ?? '', 10);
      expect(found.map(({ key }) => key)).to.deep.equal([keys[1], keys[2]]);
      expect(found[0]?.terms).to.have.members(['harvesting', 'metadata', 'repositories']);
      expect(found[1]?.terms).to.deep.equal(['metadata']);
    });

    it('are not told by the names of creators', async () => {
      const creators = [{ name: 'Wing, Jeannette', kind: 'person' as const }];
      const keys = await put(
        aPut(1, { ...titled('Lift of a wing'), creators: [] }),
        aPut(2, { ...titled('Computational thinking'), creators }),
        aPut(3, { ...titled('Computational models'), creators }),
      );
      expect(await similar(keys[0])).to.deep.equal([]);
      expect(await similar(keys[1])).to.deep.equal([keys[2]]);
    });

    it('are none for a record without words, an unknown key, or a tombstone', async () => {
      const keys = await put(
        aPut(1, titled()),
        aPut(2, titled('…')),
        aPut(3, titled('gone')),
        aPut(4, titled('gone')),
      );
      await put(withdrawal(3));
      expect(await similar(keys[0])).to.deep.equal([]);
      expect(await similar(keys[1])).to.deep.equal([]);
      expect(await similar(keys[2])).to.deep.equal([]);
      expect(await similar('22222222222222222222')).to.deep.equal([]);
    });
  });

  describe('a withdrawn record', () => {
    it('is found by its title, below every record, and is similar to nothing', async () => {
      const keys = await put(
        aPut(1, { ...titled('Harvest'), abstracts: [{ value: 'secret' }] }),
        aPut(2, titled('A long title in which harvest is one word of many')),
        aPut(3, titled('harvest and other things')),
      );
      await put(withdrawal(1));
      expect(await search('harvest')).to.deep.equal([keys[2], keys[1], keys[0]]);
      expect(await search('secret')).to.deep.equal([]);
      expect(await similar(keys[1])).to.deep.equal([keys[2]]);
    });
  });

  describe('a record that changes', () => {
    it('is found by its new words only', async () => {
      const [key] = await put(aPut(1, titled('harvest')));
      await put(aPut(1, titled('citation')));
      expect(await search('harvest')).to.deep.equal([]);
      expect(await search('citation')).to.deep.equal([key]);
    });

    it('leaves no trail in the store, however often it changes', async () => {
      index = new TextIndex({ recentPostings: 20 });
      test = await test.reopen();
      runner = await test.run(index);
      for (let round = 0; round < 60; round += 1) {
        await put(...[1, 2, 3].map((n) => aPut(n, titled(`open access, version ${round}`))));
      }
      const keys = await test.store.section('search').keys().all();
      expect(keys.length).to.be.below(150);
      expect(await search('open')).to.have.length(3);
      expect(await search('version 59')).to.have.length(3);
    });

    it('costs no writing where its words stay the same', async () => {
      await put(aPut(1, titled('harvest')));
      const documents = async (): Promise<string[]> =>
        await test.store.section('search').keys({ gte: 'd!', lt: 'd"' }).all();
      const before = await documents();
      await put(aPut(1, { ...titled('harvest'), datestamp: '2026-03-01T00:00:00Z' }));
      expect(await documents()).to.deep.equal(before);
    });
  });

  it('shows each record exactly once to those who ask while it is written and merged', async () => {
    index = new TextIndex({ recentPostings: 30 });
    test = await test.reopen();
    runner = await test.run(index);
    const everything = (round: number): OwnChange[] =>
      Array.from({ length: 20 }, (_, n) => aPut(n, titled(`open access in round ${round} of record ${n}`)));
    const keys = await put(...everything(0));
    const over = new AbortController();
    const reading = (async () => {
      let questions = 0;
      for (; !over.signal.aborted; questions += 1) {
        expect((await search('access')).sort()).to.deep.equal([...keys].sort());
        expect(await similar(keys[questions % 20])).to.have.length(19);
      }
      return questions;
    })();
    try {
      for (let round = 1; round <= 40; round += 1) {
        await put(...everything(round).slice((round % 4) * 5, (round % 4) * 5 + 5));
      }
    } finally {
      over.abort();
    }
    expect(await reading).to.be.above(0);
  });

  it('has everything after a restart', async () => {
    const keys = await put(aPut(1, titled('harvest')), aPut(2, titled('harvest of citations')));
    await put(withdrawal(2));
    test = await test.reopen();
    index = new TextIndex();
    runner = await test.run(index);
    await runner.caughtUp();
    expect(await search('harvest')).to.deep.equal(keys);
  });

  it('goes on from what is on disk when a write failed', async () => {
    const clock = new TestClock();
    const other = await aCatalogue({ clock });
    try {
      const tested = new TextIndex({ recentPostings: 4 });
      let failures = 0;
      const failing: Reader = {
        name: tested.name,
        version: tested.version,
        open: (section) => tested.open(section),
        apply: async (changes, section) => {
          const operations = await tested.apply(changes, section);
          failures += 1;
          if (failures % 2 === 1) throw new Error('the disk is full');
          return operations;
        },
        applied: () => tested.applied(),
      };
      const running = await other.run(failing);
      for (let n = 0; n < 8; n += 1) {
        await other.catalogue.put([aPut(n % 5, titled(`open access ${n}`))]);
        await until('the runner waits to try again', () => clock.sleeping > 0);
        clock.advance(60_000);
        await running.caughtUp();
      }
      const { total } = await tested.search({ query: 'open access', limit: 10, offset: 0 });
      expect(total).to.equal(5);
      expect((await tested.search({ query: '4', limit: 10, offset: 0 })).total).to.equal(1);
      expect((await tested.search({ query: '2', limit: 10, offset: 0 })).total).to.equal(0);
    } finally {
      await other.close();
    }
  });

  describe('bad input', () => {
    it('is indexed like any other, as far as there are words in it', async () => {
      const keys = await put(
        aPut(1, titled()),
        aPut(2, titled('', ' ', '?!…—')),
        aPut(3, titled('مستودعات الوصول المفتوح')),
        aPut(4, titled('機関リポジトリの現状')),
        aPut(5, titled('คลังสารสนเทศสถาบัน')),
        aPut(6, titled('a\u0000b \ud800 c')),
        aPut(7, titled('x'.repeat(100_000))),
        aPut(8, {
          ...titled('many hands'),
          creators: Array.from({ length: 5_000 }, (_, i) => ({
            name: `Author ${i}`,
            kind: 'person' as const,
          })),
        }),
      );
      expect(await search('المفتوح')).to.deep.equal([keys[2]]);
      expect(await search('リポジトリ')).to.deep.equal([keys[3]]);
      expect(await search('สารสนเทศ')).to.deep.equal([keys[4]]);
      expect(await search('b')).to.deep.equal([keys[5]]);
      expect(await search('x'.repeat(50))).to.deep.equal([keys[6]]);
      expect(await search('hands')).to.deep.equal([keys[7]]);
      for (const key of keys) await index.similarTo(key, 5);
    });

    it('of any length costs no more than 10,000 words and 1,000 different ones', async () => {
      const words = Array.from({ length: 30_000 }, (_, i) => `word${i}`).join(' ');
      const [key] = await put(aPut(1, titled(words, words, words)));
      expect(await search('word0')).to.deep.equal([key]);
      expect(await search('word29999')).to.deep.equal([]);
    });

    it('does not stop the index, when many records come at once that share no word', async () => {
      index = new TextIndex({ recentPostings: 1_000 });
      test = await test.reopen();
      runner = await test.run(index);
      const words = (n: number): string =>
        Array.from({ length: 1_000 }, (_, i) => `w${n * 1_000 + i}`).join(' ');
      await put(...Array.from({ length: 200 }, (_, n) => aPut(n, titled(words(n)))));
      const [key] = await put(aPut(200, titled('Editorial')));
      await put(aPut(201, titled('Book review')));
      expect(await search('editorial')).to.deep.equal([key]);
      expect(await search('w199999')).to.have.length(1);
    });
  });
});

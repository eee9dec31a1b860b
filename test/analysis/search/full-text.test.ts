import { expect } from 'chai';
import fc from 'fast-check';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import type { HarvestedRecord, OwnChange, ReaderRunner } from '../../../node/catalogue/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';

/** With a file whose text was read; a change of the digest is news of its words. */
const withText = (parts: Partial<HarvestedRecord> = {}, sha256 = '00'): Partial<HarvestedRecord> => ({
  files: [{ url: 'https://repository.example/1.pdf', access: 'open', text: 'extracted', sha256 }],
  ...parts,
});
const titled = (value: string): Partial<HarvestedRecord> => ({ titles: [{ value }] });

describe('full texts in the text index', () => {
  let test: TestCatalogue;
  let index: TextIndex;
  let runner: ReaderRunner;
  let texts: Map<string, Map<string, number>>;
  let asked: string[];

  beforeEach(async () => {
    test = await aCatalogue();
    texts = new Map();
    asked = [];
    ({ index, runner } = await anIndex());
  });
  afterEach(() => test.close());

  async function anIndex(): Promise<{ index: TextIndex; runner: ReaderRunner }> {
    const wordsOf = async (key: string): Promise<ReadonlyMap<string, number> | undefined> => {
      asked.push(key);
      return texts.get(key);
    };
    const index = new TextIndex({ fullText: { wordsOf }, recentPostings: 200 });
    return { index, runner: await test.run(index) };
  }

  /** The key that a record will have is not known before it is put; its words are there before they are asked for. */
  async function put(
    n: number,
    parts: Partial<HarvestedRecord>,
    words: Record<string, number> = {},
  ): Promise<string> {
    const [first] = await test.catalogue.put([aPut(n, { ...parts, files: [] })]);
    const { key } = first ?? { key: '' };
    texts.set(key, new Map(Object.entries(words)));
    await test.catalogue.put([aPut(n, parts)]);
    await runner.caughtUp();
    return key;
  }

  async function search(query: string): Promise<string[]> {
    return (await index.search({ query, limit: 100, offset: 0 })).hits.map(({ key }) => key);
  }

  it('find the record, by a word that is nowhere else', async () => {
    const key = await put(1, withText(titled('On ice')), {
      plankton: 1,
      données: 2,
      海洋浮游生物: 1,
      the: 99,
    });
    for (const query of ['plankton', 'Planktons', 'donnees', '浮游', 'ice plankton']) {
      expect(await search(query), query).to.deep.equal([key]);
    }
    expect(await search('the')).to.deep.equal([]);
  });

  it('stand below titles and abstracts, and those that say a word often above others', async () => {
    const often = await put(1, withText(titled('a b c d e f g')), { plankton: 500 });
    const once = await put(2, withText(titled('x')), { plankton: 1 });
    const abstract = await put(3, {
      ...titled('y'),
      abstracts: [{ value: `${'Many other words. '.repeat(40)} plankton` }],
    });
    const title = await put(
      4,
      titled('Plankton and other words of a title that is long, as titles go at times'),
    );
    expect(await search('plankton')).to.deep.equal([title, abstract, often, once]);
  });

  it('do not count where the description has the word, too', async () => {
    const plain = await put(1, titled('Plankton'));
    const [{ score: before } = { score: 0 }] = (
      await index.search({ query: 'plankton', limit: 1, offset: 0 })
    ).hits;
    const other = await put(2, withText(titled('Plankton')), { plankton: 100 });
    const { hits } = await index.search({ query: 'plankton', limit: 2, offset: 0 });
    expect(hits.map(({ key }) => key)).to.have.members([plain, other]);
    expect(hits[0]?.score).to.equal(hits[1]?.score);
    expect(before).to.be.greaterThan(0);
  });

  it('go with the file, and change with it', async () => {
    const key = await put(1, withText(titled('On ice')), { plankton: 1 });
    texts.set(key, new Map([['nekton', 1]]));
    await test.catalogue.put([aPut(1, withText(titled('On ice'), '01'))]);
    await runner.caughtUp();
    expect(await search('plankton')).to.deep.equal([]);
    expect(await search('nekton')).to.deep.equal([key]);

    const withdrawn: OwnChange = {
      type: 'withdraw-file',
      oaiIdentifier: 'oai:repository.example:1',
      url: 'https://repository.example/1.pdf',
      reason: 'rights',
    };
    await test.catalogue.put([withdrawn]);
    await runner.caughtUp();
    expect(await search('nekton')).to.deep.equal([]);
  });

  it('are there after a restart, as far as they were written and beyond', async () => {
    const keys: string[] = [];
    for (let n = 0; n < 8; n += 1) {
      const words = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`word${n}x${i}`, 1]));
      keys.push(await put(n, withText(titled(`Title ${n}`)), words));
    }
    test = await test.reopen();
    ({ index, runner } = await anIndex());
    await runner.caughtUp();
    for (const [n, key] of keys.entries()) expect(await search(`word${n}x59`)).to.deep.equal([key]);
  });

  it('are asked for only of records that have one', async () => {
    await put(1, titled('On ice'));
    await put(2, {
      ...titled('x'),
      files: [{ url: 'https://x.example/2.pdf', access: 'open', text: 'without-text' }],
    });
    expect(asked).to.deep.equal([]);
  });

  it('are left out of what is indexed without them, which is built anew when they are switched on or off', async () => {
    const key = await put(1, withText(titled('On ice')), { plankton: 1 });
    test = await test.reopen();
    index = new TextIndex();
    runner = await test.run(index);
    await runner.caughtUp();
    expect(await search('plankton')).to.deep.equal([]);
    expect(await search('ice')).to.deep.equal([key]);
  });

  it('of any length cost no more than 20,000 words', async () => {
    const words = Object.fromEntries(Array.from({ length: 30_000 }, (_, i) => [`w${i}x`, 1]));
    const key = await put(1, withText(titled('On ice')), words);
    expect(await search('w19999x')).to.deep.equal([key]);
    expect(await search('w20000x')).to.deep.equal([]);
  });

  it('change nothing about similar records', async () => {
    const word = fc.constantFrom(...'ice sea plankton krill whale depth light season'.split(' '));
    const aText = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
    const described = fc.record({ title: aText, abstract: aText, text: fc.array(word, { maxLength: 8 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(described, { minLength: 2, maxLength: 8 }), async (records) => {
        // The same keys in both: of what is alike to the same degree, the first key goes first.
        const identity = Identity.generate();
        const [plain, withTexts] = [await aCatalogue({ identity }), await aCatalogue({ identity })];
        try {
          const bare = new TextIndex();
          const full = new TextIndex({
            fullText: {
              wordsOf: async (key) =>
                new Map(records.find((_, i) => keys[i] === key)?.text.map((w) => [w, 2])),
            },
          });
          const changes = records.map(({ title, abstract }, n) =>
            aPut(n, withText({ ...titled(title), abstracts: [{ value: abstract }] })),
          );
          let keys: string[] = [];
          const put = async (of: TestCatalogue): Promise<string[]> =>
            (await of.catalogue.put(changes)).map(({ key }) => key);
          await put(plain);
          keys = await put(withTexts);
          await (await plain.run(bare)).caughtUp();
          await (await withTexts.run(full)).caughtUp();
          for (const key of keys)
            expect(await full.similarTo(key, 10)).to.deep.equal(await bare.similarTo(key, 10));
        } finally {
          await plain.close();
          await withTexts.close();
        }
      }),
      { numRuns: 15 },
    );
  });
});

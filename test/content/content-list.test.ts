import { expect } from 'chai';
import fc from 'fast-check';
import { isTombstone, type Holding } from '../../vocab/record.ts';
import { recordKey } from '../../vocab/record-key.ts';
import type { ReaderRunner } from '../../node/catalogue/index.ts';
import {
  CONTENT_ORDERS,
  CONTENT_STATES,
  ContentIndex,
  ContentList,
  contentStateOf,
  TEXT_STATES,
  textStateOf,
  type ContentQuery,
} from '../../node/content/index.ts';
import { aPut } from '../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

const SEED = 20_261_121;

describe('the list of the content', () => {
  let test: TestCatalogue;
  let index: ContentIndex;
  let runner: ReaderRunner;
  let list: ContentList;
  let found: string[] = [];
  beforeEach(async () => {
    test = await aCatalogue();
    index = new ContentIndex({ self: test.catalogue.node });
    runner = await test.run(index);
    list = new ContentList({
      node: test.catalogue.node,
      index,
      holdings: test.catalogue.holdings,
      text: {
        search: ({ offset, limit }) =>
          Promise.resolve({
            total: found.length,
            hits: found.slice(offset, offset + limit).map((key) => ({ key })),
          }),
      },
      works: { worksOf: (keys) => Promise.resolve(keys.map(() => ({ members: ['one', 'two', 'three'] }))) },
    });
    found = [];
  });
  afterEach(() => test.close());

  const put = async (
    ...changes: Parameters<TestCatalogue['catalogue']['put']>[0][number][]
  ): Promise<void> => {
    await test.catalogue.put(changes);
    await runner.caughtUp();
  };
  const keyOf = (n: number): string => recordKey(test.catalogue.node, `oai:repository.example:${n}`);
  const titles = async (asked: Partial<ContentQuery>): Promise<(string | undefined)[]> => {
    const { items } = await list.page({ words: '', limit: 50, ...asked });
    return items.map(({ holding }) => holding.titles[0]?.value);
  };

  it('orders titles as people do, without case, accents, quotes and what stands in front', async () => {
    const written = ['zebra', 'Émile', '“Ábaco”', 'abacus two', 'Abacus', 'été', '¿Eco?', '10 years', '鳥'];
    await put(...written.map((value, n) => aPut(n, { titles: [{ value }] })));
    const sorted = ['10 years', '“Ábaco”', 'Abacus', 'abacus two', '¿Eco?', 'Émile', 'été', 'zebra', '鳥'];
    expect(await titles({ order: 'title' })).to.deep.equal(sorted);
    expect(await titles({ order: 'title', isTurned: true })).to.deep.equal(sorted.toReversed());
  });

  it('puts the latest first, and what has no date of publication last', async () => {
    const of = (n: number, published: string | undefined) => {
      const { type, record } = aPut(n, { titles: [{ value: String(n) }] }) as Extract<
        ReturnType<typeof aPut>,
        { type: 'put' }
      >;
      const { published: _, ...rest } = record;
      return { type, record: { ...rest, ...(published !== undefined && { published }) } };
    };
    await put(of(1, '2001'), of(2, undefined), of(3, '2001-05'), of(4, '1999'));
    expect(await titles({ order: 'published' })).to.deep.equal(['3', '1', '4', '2']);
  });

  it('goes through pages as through one list, whatever is chosen and changes', async () => {
    const rights = ['open', 'restricted', 'embargoed', 'metadata-only'] as const;
    const aChange = fc.record({
      n: fc.integer({ min: 1, max: 12 }),
      withdraw: fc.boolean(),
      title: fc.constantFrom('A', 'B', 'Ça', 'd'),
      right: fc.constantFrom(...rights),
      text: fc.constantFrom(undefined, 'extracted' as const, 'unavailable' as const),
      hasFile: fc.boolean(),
      day: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z'),
      published: fc.constantFrom('1999', '2020-02'),
    });
    const aChoice = fc.record({
      state: fc.option(fc.constantFrom(...CONTENT_STATES), { nil: undefined }),
      text: fc.option(fc.constantFrom(...TEXT_STATES), { nil: undefined }),
      order: fc.constantFrom(...CONTENT_ORDERS),
      isTurned: fc.boolean(),
      limit: fc.integer({ min: 1, max: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(aChange, { maxLength: 20 }), aChoice, async (changes, asked) => {
        for (const { n, withdraw, title, right, text, hasFile, day, published } of changes) {
          const oaiIdentifier = `oai:repository.example:${n}`;
          const file = { url: `https://repository.example/${n}.pdf`, access: right };
          const files = hasFile ? [{ ...file, ...(text !== undefined && { text }) }] : [];
          const parts = { titles: [{ value: title }], access: { right }, files, datestamp: day, published };
          await test.catalogue.put([aPut(n, parts)]);
          if (withdraw) await test.catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'a test' }]);
        }
        await runner.caughtUp();
        const keys = Array.from({ length: 12 }, (_, i) => keyOf(i + 1));
        const held = await test.catalogue.holdings.getMany(keys);
        const fitting = held.filter(
          (holding): holding is Holding =>
            holding !== undefined &&
            (asked.state === undefined || contentStateOf(holding) === asked.state) &&
            (asked.text === undefined || textStateOf(holding) === asked.text),
        );
        const seen: string[] = [];
        const values: string[] = [];
        let after: string | undefined;
        do {
          const page = await list.page({ words: '', ...asked, after });
          expect(page.total).to.equal(fitting.length);
          expect(page.items.length).to.be.at.most(asked.limit);
          for (const { key, holding } of page.items) {
            seen.push(key);
            values.push(valueOf(asked.order, holding));
          }
          after = page.next;
        } while (after !== undefined);
        expect(seen.toSorted()).to.deep.equal(
          fitting.map((holding) => recordKey(holding.node, holding.oaiIdentifier)).toSorted(),
        );
        const isDown = (asked.order !== 'title') !== asked.isTurned;
        expect(values).to.deep.equal(isDown ? values.toSorted().toReversed() : values.toSorted());
      }),
      { seed: SEED, numRuns: 40 },
    );
  });

  it('orders and filters what words find, and keeps the best first unless told', async () => {
    await put(
      ...['C', 'A', 'B', 'D'].map((value, n) =>
        aPut(n, { titles: [{ value }], access: { right: n === 3 ? 'restricted' : 'open' } }),
      ),
    );
    found = [0, 1, 2, 3].map(keyOf);
    expect(await titles({ words: 'x' })).to.deep.equal(['C', 'A', 'B', 'D']);
    expect(await titles({ words: 'x', limit: 2, after: '2' })).to.deep.equal(['B', 'D']);
    expect(await titles({ words: 'x', order: 'title', state: 'open' })).to.deep.equal(['A', 'B', 'C']);
    const second = await list.page({ words: 'x', order: 'title', limit: 3, after: '3' });
    expect(second.items.map(({ key }) => key)).to.deep.equal([keyOf(3)]);
    expect([second.total, second.next, second.isCut]).to.deep.equal([4, undefined, false]);
  });

  it('finds one record by its OAI identifier, key and address, also when it is withdrawn', async () => {
    await put(aPut(1), aPut(2), {
      type: 'withdraw',
      oaiIdentifier: 'oai:repository.example:2',
      reason: 'a test',
    });
    for (const words of [
      ' oai:repository.example:2 ',
      keyOf(2),
      `https://node.example/records/${keyOf(2)}`,
    ]) {
      const { items, total } = await list.page({ words, limit: 5 });
      expect(total, words).to.equal(1);
      expect(items[0]?.key).to.equal(keyOf(2));
      expect(items[0] !== undefined && isTombstone(items[0].holding)).to.equal(true);
      expect(items[0]?.copies).to.equal(2);
    }
  });

  it('refuses places that are none', async () => {
    for (const [words, after] of [
      ['', 'x'],
      ['', '../'],
      ['', `\u0001${'a'.repeat(19)}`],
      ['x', '-1'],
      ['x', '10000'],
      ['x', `a\u0001${'a'.repeat(20)}`],
    ] as const) {
      const refused = await list.page({ words, after, limit: 5 }).catch((error: unknown) => error);
      expect(refused, after).to.have.property('code', 'CONTENT_NO_PLACE');
    }
  });
});

function valueOf(order: (typeof CONTENT_ORDERS)[number], holding: Holding): string {
  if (order === 'changed') return holding.datestamp;
  if (order === 'published') return isTombstone(holding) ? '' : (holding.published ?? '');
  return (holding.titles[0]?.value ?? '').replace('Ç', 'c').toLowerCase();
}

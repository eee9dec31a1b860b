import { expect } from 'chai';
import { findWorks } from '../../node/http/search/find-works.ts';

/** An index that finds these records, and works of which some have several. */
function over(works: Readonly<Record<string, readonly string[]>>): Parameters<typeof findWorks>[0] {
  const keys = Object.values(works).flat();
  return {
    text: {
      search: async ({ offset, limit }) => ({
        total: keys.length,
        hits: keys.slice(offset, offset + limit).map((key) => ({ key, score: 1 })),
      }),
    },
    duplicates: {
      worksOf: async (asked) =>
        asked.map((key) => {
          const [id, members] = Object.entries(works).find(([, each]) => each.includes(key)) ?? [];
          return id === undefined || members === undefined ? undefined : { id, members: [...members] };
        }),
    },
  };
}

describe('the works that a search finds', () => {
  const manyOf = (work: string, count: number): string[] =>
    Array.from({ length: count }, (_, i) => `${work}${i}`);
  const parts = over({ wa: manyOf('a', 50), wb: ['b0'], wc: manyOf('c', 3) });

  it('have one row each, with the first of many copies and how many there are more', async () => {
    const { hits, total, hasMore } = await findWorks(parts, { query: 'whale', page: 1, size: 20 });
    expect(
      hits.map(({ key, work, copies, moreCopies }) => [key, work, copies.length, moreCopies]),
    ).to.deep.equal([
      ['a0', 'wa', 10, 39],
      ['b0', 'wb', 0, 0],
      ['c0', 'wc', 2, 0],
    ]);
    expect(hits[2]?.copies).to.deep.equal(['c1', 'c2']);
    expect([total, hasMore]).to.deep.equal([54, false]);
  });

  it('are found by few searches where one work has very many copies', async () => {
    const { text, duplicates } = over({ wa: manyOf('a', 900), wb: ['b0'] });
    let searches = 0;
    const counted: typeof text = { search: (query) => ((searches += 1), text.search(query)) };
    const found = await findWorks({ text: counted, duplicates }, { query: 'whale', page: 1, size: 20 });
    expect(found.hits.map(({ key }) => key)).to.deep.equal(['a0', 'b0']);
    expect(searches).to.be.at.most(6);
  });

  it('come page by page, no work twice', async () => {
    const pages = await Promise.all(
      [1, 2, 3].map((page) => findWorks(parts, { query: 'whale', page, size: 1 })),
    );
    expect(pages.map(({ hits, hasMore }) => [hits[0]?.key, hasMore])).to.deep.equal([
      ['a0', true],
      ['b0', true],
      ['c0', false],
    ]);
  });
});

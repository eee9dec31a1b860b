import { expect } from 'chai';
import { findWorks } from '../../node/http/search/find-works.ts';

describe('the works of a search that has very many', () => {
  it('are looked for among the best thousand records, whichever page is asked for', async () => {
    let deepest = 0;
    const text = {
      search: ({ offset, limit }: { offset: number; limit: number }) => {
        deepest = Math.max(deepest, offset + limit);
        const hits = Array.from({ length: limit }, (_, n) => ({ key: String(offset + n), score: 1 }));
        return Promise.resolve({ total: 1_000_000, hits });
      },
    };
    const duplicates = { worksOf: (keys: readonly string[]) => Promise.resolve(keys.map(() => undefined)) };
    const far = await findWorks({ text, duplicates }, { query: 'whale', page: 50, size: 100 });
    expect(deepest).to.be.at.most(1_000);
    expect([far.hits.length, far.hasMore, far.isCutOff]).to.deep.equal([0, false, true]);
    const last = await findWorks({ text, duplicates }, { query: 'whale', page: 10, size: 100 });
    expect(last.hits.map(({ key }) => key).at(-1)).to.equal('999');
  });
});

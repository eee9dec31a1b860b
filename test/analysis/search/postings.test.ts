import { expect } from 'chai';
import fc from 'fast-check';
import {
  contentOf,
  countOf,
  creatorsOf,
  encodePostings,
  END,
  mergePostings,
  packWeight,
  PostingCursor,
  type PostingBlock,
} from '../../../node/analysis/search/postings.ts';

const MOST = END - 1;

const postings = fc
  .uniqueArray(fc.record({ document: fc.nat(MOST), weight: fc.nat(80_000) }), {
    selector: ({ document }) => document,
    maxLength: 50,
  })
  .map((list) => list.sort((a, b) => a.document - b.document));

const blocksOf = (list: readonly { document: number; weight: number }[], parts: number): PostingBlock[] =>
  Array.from({ length: parts }, (_, i) => {
    const part = list.slice(
      Math.floor((list.length * i) / parts),
      Math.floor((list.length * (i + 1)) / parts),
    );
    return encodePostings(
      part.length,
      part.flatMap(({ document, weight }) => [document, weight]),
    );
  }).filter((block) => block !== undefined);

function read(blocks: readonly PostingBlock[]): { document: number; weight: number }[] {
  const found = [];
  for (const cursor = new PostingCursor(blocks); cursor.document !== END; cursor.advance()) {
    found.push({ document: cursor.document, weight: cursor.weight });
  }
  return found;
}

describe('postings', () => {
  it('are read as they were written, over any number of blocks', () => {
    fc.assert(
      fc.property(postings, fc.integer({ min: 1, max: 4 }), (list, parts) => {
        expect(read(blocksOf(list, parts))).to.deep.equal(list);
      }),
    );
  });

  it('lose the dead in a merge, and keep their counts', () => {
    fc.assert(
      fc.property(postings, fc.integer({ min: 1, max: 4 }), (list, parts) => {
        const isLive = (document: number): boolean => document % 3 !== 0;
        const { block, postings: kept } = mergePostings(blocksOf(list, parts), isLive);
        const alive = list.filter(({ document }) => isLive(document));
        expect(kept).to.equal(alive.length);
        expect(block === undefined ? [] : read([block])).to.deep.equal(alive);
        expect(block === undefined ? 0 : countOf(block)).to.equal(list.length);
      }),
    );
  });

  it('are nothing at all when the last of them is gone and counted', () => {
    const came = encodePostings(1, [7, 4]) ?? new Uint8Array();
    const went = encodePostings(-1, []) ?? new Uint8Array();
    expect(countOf(went)).to.equal(-1);
    expect(mergePostings([came, went], () => false)).to.deep.equal({ block: undefined, postings: 0 });
  });

  it('carry content and creators in one weight', () => {
    expect([contentOf(packWeight(20_000, 2)), creatorsOf(packWeight(20_000, 2))]).to.deep.equal([20_000, 2]);
    expect(creatorsOf(packWeight(1, 5_000))).to.equal(3);
  });
});

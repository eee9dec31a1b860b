import { expect } from 'chai';
import fc from 'fast-check';
import { DocumentTable, rankOf } from '../../../../node/analysis/search/documents/document-table.ts';
import { noFacets } from '../../../../node/analysis/search/documents/facet-values.ts';
import { BestHits, isBetter } from '../../../../node/analysis/search/ranking/best-hits.ts';

const facets = { ...noFacets, origin: 1 };

describe('the best hits', () => {
  it('are those that a full sort puts first, whatever the order they are offered in', () => {
    const hit = fc.record({ score: fc.nat(4), tombstone: fc.boolean(), key: fc.constantFrom('a', 'b', 'c') });
    fc.assert(
      fc.property(fc.array(hit, { maxLength: 60 }), fc.nat(20), fc.nat(), (hits, limit, start) => {
        const edit = new DocumentTable([], 0, 0).edit();
        for (const [document, { key, tombstone }] of hits.entries()) {
          edit.add(document, { key: key.repeat(20), tombstone, length: 1, facets });
        }
        const table = edit.table();
        const best = new BestHits(table, limit);
        for (const i of hits.keys()) {
          const document = (start + i) % hits.length;
          best.offer(document, hits[document]?.score ?? 0, 1);
        }
        const sorted = hits
          .map(({ score }, document) => ({
            document,
            score,
            order: score,
            matched: 1,
            ...table.describe(document),
          }))
          .sort((a, b) => (isBetter(a, b) ? -1 : 1));
        expect(best.sorted()).to.deep.equal(sorted.slice(0, limit));
        expect(best.total).to.equal(hits.length);
      }),
    );
  });

  it('of one score stand in the order of their keys', () => {
    const characters = 'abcdefghijklmnopqrstuvwxyz234567'.split('');
    const key = fc
      .array(fc.constantFrom(...characters), { minLength: 20, maxLength: 20 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(key, key, (a, b) => {
        const [x, y] = [a.slice(0, 6), b.slice(0, 6)];
        expect(Math.sign(rankOf(a) - rankOf(b))).to.equal(x < y ? -1 : x > y ? 1 : 0);
      }),
    );
  });
});

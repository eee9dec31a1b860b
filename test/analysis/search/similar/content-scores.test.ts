import { expect } from 'chai';
import fc from 'fast-check';
import { DocumentTable } from '../../../../node/analysis/search/documents/document-table.ts';
import { noFacets } from '../../../../node/analysis/search/documents/facet-values.ts';
import { PostingCursor } from '../../../../node/analysis/search/postings/posting-cursor.ts';
import { encodePostings } from '../../../../node/analysis/search/postings/postings.ts';
import { packWeight } from '../../../../node/analysis/search/postings/weights.ts';
import { BestHits } from '../../../../node/analysis/search/ranking/best-hits.ts';
import {
  contentShare,
  halfOfLength,
  scoreContents,
} from '../../../../node/analysis/search/similar/content-scores.ts';
import { seededRandom } from '../../../../scripts/random.ts';

/** More than two stretches. */
const DOCUMENTS = 9_000;

interface Term {
  weight: number;
  /** Document and times, by ascending documents. */
  postings: readonly (readonly [document: number, times: number])[];
}

describe('scores of contents', () => {
  it('of the best are those that all postings of all terms give', () => {
    const table = tableOf(DOCUMENTS);
    const shares = fc.array(fc.tuple(fc.double({ min: 0.001, max: 0.7, noNaN: true }), fc.nat(100)), {
      minLength: 1,
      maxLength: 24,
    });
    fc.assert(
      fc.property(shares, fc.nat(), fc.integer({ min: 1, max: 60 }), (drawn, seed, limit) => {
        const terms = termsOf(drawn, seed);
        const best = new BestHits(table, limit);
        const cursors = terms.map(({ weight, postings }) => ({
          weight,
          bit: undefined,
          cursor: new PostingCursor([
            encodePostings({
              pairs: postings.flatMap(([document, times]) => [document, packWeight(times, 1)]),
              codes: [],
            }),
          ]),
        }));
        scoreContents(table, cursors, (document, score) => {
          best.offer(document, score, 0);
          return best.least;
        });
        const all = new BestHits(table, limit);
        for (const [document, score] of scoresOfAll(table, terms)) all.offer(document, score, 0);
        expect(best.sorted()).to.deep.equal(all.sorted());
      }),
      { seed: 7, numRuns: 40 },
    );
  });
});

/** Some are dead, some tombstones; many are of one length, and so of one score. */
function tableOf(documents: number): DocumentTable {
  const random = seededRandom(1).uniform;
  const edit = new DocumentTable([], 0, 0).edit();
  for (let document = 0; document < documents; document += 1) {
    if (random() < 0.1) continue;
    const length = random() < 0.5 ? 10 : Math.floor(random() * 300);
    const facets = { ...noFacets, origin: 1 };
    edit.add(document, { key: '2'.repeat(20), tombstone: random() < 0.05, length, facets });
  }
  return edit.table();
}

/** Terms that weigh less are in more documents. */
function termsOf(drawn: readonly (readonly [weight: number, share: number])[], seed: number): Term[] {
  const random = seededRandom(seed).uniform;
  return drawn
    .map(([weight, share]) => ({
      weight,
      postings: Array.from({ length: DOCUMENTS }, (_, document) => document)
        .filter(() => random() * 100 < share * (0.7 - weight))
        .map((document) => [document, Math.floor(random() * 5)] as const),
    }))
    .sort((a, b) => b.weight - a.weight);
}

function scoresOfAll(table: DocumentTable, terms: readonly Term[]): Map<number, number> {
  const average = table.averageLength;
  const scores = new Map<number, number>();
  for (const { weight, postings } of terms) {
    for (const [document, times] of postings) {
      if (times === 0 || !table.isLive(document) || table.isTombstone(document)) continue;
      const length = table.pages[Math.floor(document / 512)]?.lengths[document % 512] ?? 0;
      const share = weight * contentShare(times, halfOfLength(length, average));
      scores.set(document, (scores.get(document) ?? 0) + share);
    }
  }
  return scores;
}

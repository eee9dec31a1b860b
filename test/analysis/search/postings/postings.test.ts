import { expect } from 'chai';
import fc from 'fast-check';
import { mergeRuns } from '../../../../node/analysis/search/postings/merge-runs.ts';
import {
  asLast,
  codeOf,
  firstField,
  PositionCursor,
  stretchOf,
} from '../../../../node/analysis/search/postings/positions.ts';
import { END, PostingCursor } from '../../../../node/analysis/search/postings/posting-cursor.ts';
import {
  blocksOf,
  encodePostings,
  type PostingBlock,
} from '../../../../node/analysis/search/postings/postings.ts';
import {
  contentOf,
  fields,
  fieldsOf,
  isOfCreators,
  packWeight,
} from '../../../../node/analysis/search/postings/weights.ts';

const MOST = END - 1;

interface Posting {
  document: number;
  weight: number;
  positions: number[];
}

/** Some positions in some of the fields, and the weight that says which. */
const standing = fc
  .tuple(
    fc.nat(5_000),
    fc.uniqueArray(fc.tuple(fc.constantFrom(...Object.values(fields)), fc.nat(12_000)), {
      minLength: 1,
      maxLength: 8,
      selector: ([field, place]) => stretchOf(field) + place,
    }),
  )
  .map(([content, places]) => ({
    weight: packWeight(
      content,
      places.reduce((sum, [field]) => sum | field, 0),
    ),
    positions: places.map(([field, place]) => stretchOf(field) + place).sort((a, b) => a - b),
  }));

const postings: fc.Arbitrary<Posting[]> = fc
  .uniqueArray(fc.tuple(fc.nat(MOST), standing), { selector: ([document]) => document, maxLength: 50 })
  .map((list) => list.map(([document, rest]) => ({ document, ...rest })))
  .map((list) => list.sort((a, b) => a.document - b.document));

function codesOf({ weight, positions }: Posting): number[] {
  let before = stretchOf(firstField(fieldsOf(weight)));
  return positions.map((position, i) => {
    const code = codeOf(position - before);
    before = position;
    return i === positions.length - 1 ? asLast(code) : code;
  });
}

const blocksWith = (list: readonly Posting[], parts: number): PostingBlock[] =>
  Array.from({ length: parts }, (_, i) => {
    const part = list.slice(
      Math.floor((list.length * i) / parts),
      Math.floor((list.length * (i + 1)) / parts),
    );
    return encodePostings({
      pairs: part.flatMap(({ document, weight }) => [document, weight]),
      codes: part.flatMap(codesOf),
    });
  });

/** A part without postings is no bytes. */
const runsOf = (list: readonly Posting[], parts: number): Uint8Array[] =>
  blocksWith(list, parts).map((block) => (read([block]).length === 0 ? new Uint8Array() : block));

function read(blocks: readonly PostingBlock[]): Posting[] {
  const found = [];
  for (const block of blocks) {
    const standing = new PositionCursor(block);
    for (const cursor = new PostingCursor([block]); cursor.document !== END; cursor.advance()) {
      const { document, weight } = cursor;
      found.push({ document, weight, positions: standing.next(fieldsOf(weight)) });
    }
  }
  return found;
}

describe('postings', () => {
  it('are read as they were written, over any number of blocks', () => {
    fc.assert(
      fc.property(postings, fc.integer({ min: 1, max: 4 }), (list, parts) => {
        expect(read(blocksWith(list, parts))).to.deep.equal(list);
      }),
    );
  });

  it('lose the dead in a merge', () => {
    fc.assert(
      fc.property(postings, fc.integer({ min: 1, max: 4 }), (list, parts) => {
        const isLive = (document: number): boolean => document % 3 !== 0;
        const { run, dropped } = mergeRuns(runsOf(list, parts), isLive);
        const alive = list.filter(({ document }) => isLive(document));
        expect(dropped).to.equal(list.length - alive.length);
        expect(read(blocksOf(run))).to.deep.equal(alive);
      }),
    );
  });

  it('are all there after a merge where all live, whether long or short, and after another', () => {
    fc.assert(
      fc.property(postings, fc.integer({ min: 1, max: 4 }), (list, parts) => {
        const [one, two] = [list.slice(0, list.length / 2), list.slice(list.length / 2)];
        const merged = mergeRuns([mergeRuns(runsOf(one, parts)).run, mergeRuns(runsOf(two, parts)).run]);
        expect(merged.dropped).to.equal(0);
        expect(read(blocksOf(merged.run))).to.deep.equal(list);
      }),
    );
  });

  it('carry content and fields in one weight', () => {
    const weight = packWeight(20_000, fields.title | fields.abstract);
    expect([contentOf(weight), fieldsOf(weight), isOfCreators(weight)]).to.deep.equal([20_000, 9, false]);
    expect(isOfCreators(packWeight(0, fields.author))).to.equal(true);
  });
});

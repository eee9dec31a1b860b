import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { encodePostings } from '../../../../node/analysis/search/postings/postings.ts';
import { SegmentPacking } from '../../../../node/analysis/search/segments/segment-packing.ts';
import { SegmentScan } from '../../../../node/analysis/search/segments/segment-scan.ts';
import { SegmentTerms } from '../../../../node/analysis/search/segments/segment-terms.ts';
import { listedTerms } from '../../../../node/analysis/search/segments/term-list.ts';
import {
  openStore,
  writeBatch,
  type Operation,
  type Section,
  type Store,
} from '../../../../node/store/index.ts';

interface Entry {
  term: string;
  count: number;
  run: Uint8Array;
}

const NONE = new Uint8Array();

/** Few letters, so that many terms begin alike; lengths from none to more than a pack has. */
const entries: fc.Arbitrary<Entry[]> = fc
  .uniqueArray(
    fc.record({
      term: fc.string({ unit: fc.constantFrom('a', 'b', '~', 'é', '\uff5e', '𝐀', '𝐁'), maxLength: 6 }),
      count: fc.integer({ min: -3, max: 9_000 }),
      length: fc.oneof(fc.nat(20), fc.constant(0), fc.constant(6_000)),
    }),
    { selector: ({ term }) => term, minLength: 1, maxLength: 400, size: 'max' },
  )
  .map((list) =>
    list
      .sort((a, b) => (a.term < b.term ? -1 : 1))
      .map(({ term, count, length }, i) => ({
        term,
        count,
        run:
          length === 0
            ? NONE
            : encodePostings({
                pairs: Array.from({ length }, (_, n) => (n % 2 === 0 ? n + i : 9)),
                codes: [],
              }),
      })),
  );

async function write(section: Section, segment: number, list: readonly Entry[]): Promise<readonly string[]> {
  const operations: Operation[] = [];
  const packing = new SegmentPacking(segment);
  for (const { term, count, run } of list) packing.add(term, count, run, operations);
  packing.end(operations);
  await writeBatch(section, operations, { durable: false });
  return packing.firsts;
}

describe('segments', () => {
  let directory: string;
  let store: Store;
  let sections = 0;

  before(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-segments-'));
    store = await openStore(directory);
  });
  after(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });
  const aSection = (): Section => store.section(`search-${sections++}`);

  it('have each term that was put into them, wherever it lies, and no other', async () => {
    await fc.assert(
      fc.asyncProperty(entries, entries, fc.nat(9_000), async (one, two, most) => {
        const section = aSection();
        const firsts = [await write(section, 1, one), await write(section, 7, two)];
        const loaded = await SegmentTerms.load(section, [1, 7]);
        expect([loaded.packs(1), loaded.packs(7)]).to.deep.equal(firsts.map(({ length }) => length));
        const terms = [...new Set([...one, ...two].flatMap(({ term }) => [term, `${term}b`]))];
        for (const limit of [Infinity, most]) {
          const found = await loaded.postings([1, 7], terms, limit);
          const truth = terms.map((term) => {
            const both = [...one, ...two].filter((entry) => entry.term === term);
            const count = both.reduce((sum, entry) => sum + entry.count, 0);
            const runs = both.map(({ run }) => run).filter(({ length }) => length > 0);
            return { count, blocks: count > limit ? [] : runs.map((run) => Buffer.from(run)) };
          });
          expect(
            found.map(({ count, blocks }) => ({ count, blocks: blocks.map((block) => Buffer.from(block)) })),
          ).to.deep.equal(truth);
        }
        for (const letter of ['a', '~', 'é']) {
          const lists = await loaded.listsOf(1, letter);
          const listed = lists.flatMap((list) => listedTerms(list).map(({ term }) => term));
          const wanted = one.flatMap(({ term }) => (term.startsWith(letter) ? [term] : []));
          expect(listed).to.include.members(wanted);
        }
      }),
      { numRuns: 15, seed: 6 },
    );
  });

  it('are gone through in order', async () => {
    await fc.assert(
      fc.asyncProperty(entries, async (list) => {
        const section = aSection();
        const firsts = await write(section, 3, list);
        const scan = new SegmentScan(section, 3, firsts.length);
        const seen: Entry[] = [];
        for (await scan.enterPack(); scan.term !== undefined;) {
          seen.push({ term: scan.term, count: scan.count, run: Buffer.from(scan.run) });
          if (!scan.advance()) await scan.enterPack();
        }
        expect(seen).to.deep.equal(list.map((entry) => ({ ...entry, run: Buffer.from(entry.run) })));
      }),
      { numRuns: 15, seed: 6 },
    );
  });
});

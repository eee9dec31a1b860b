import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Metrics } from '../../../protocols/counter/index.ts';
import {
  checkWorks,
  identifierHash,
  itemNames,
  pageOf,
  PAGES,
  rowOf,
  rowsOf,
  UsageSummaryError,
  workNames,
  worksDigest,
} from '../../../protocols/usage-summary/index.ts';
import { aSummary, noWorks, use, worksOf } from './a-summary.ts';

function find(pages: readonly Uint8Array[], name: string): { item: number; metrics: Metrics } | undefined {
  const hash = identifierHash(name);
  return rowOf(pages[pageOf(hash)] ?? new Uint8Array(), hash);
}

function refusal(check: () => void): string {
  try {
    check();
    return 'accepted';
  } catch (error) {
    return error instanceof UsageSummaryError ? error.code : String(error);
  }
}

const count = fc.oneof(fc.nat(200), fc.nat(0xffff_ffff));
const metrics = fc
  .tuple(count, count, count, count)
  .map(([a, b, c, d]) => use(Math.max(a, b), Math.min(a, b), Math.max(c, d), Math.min(c, d)));

describe('the works of a usage summary', () => {
  it('are found by each of their names, and say of one item the same under all of them', () => {
    fc.assert(
      fc.property(fc.array(metrics, { maxLength: 600 }), (uses) => {
        const items = uses.map((one, i) => [[`record:${i}`, `doi:10.1/${i}`], one] as const);
        const { pages, state } = worksOf(items);
        expect(state.count).to.equal(uses.length);
        const numbers = new Set<number>();
        for (const [[byKey, byDoi], one] of items) {
          const found = find(pages, byKey);
          expect(found?.metrics).to.deep.equal(one);
          expect(find(pages, byDoi)).to.deep.equal(found);
          numbers.add(found?.item ?? -1);
        }
        expect(numbers.size).to.equal(uses.length);
        expect(find(pages, 'doi:10.1/other')).to.equal(undefined);
        const total = uses.reduce(
          (sum, one) =>
            use(
              sum.totalInvestigations + one.totalInvestigations,
              sum.uniqueInvestigations + one.uniqueInvestigations,
              sum.totalRequests + one.totalRequests,
              sum.uniqueRequests + one.uniqueRequests,
            ),
          use(0, 0, 0, 0),
        );
        checkWorks(aSummary({ works: state, total }), pages);
      }),
      { numRuns: 25, seed: 7_011 },
    );
  });

  it('are the same in whatever order the items come', () => {
    const items = Array.from({ length: 500 }, (_, i) => [[`record:${i}`], use(i + 1, 1, 0, 0)] as const);
    const rows = ({ pages }: ReturnType<typeof worksOf>): unknown =>
      pages.flatMap((page, number) =>
        [...rowsOf(number, page)].map(({ hash, metrics }) => ({ hash, metrics })),
      );
    expect(rows(worksOf(items.toReversed()))).to.deep.equal(rows(worksOf(items)));
    expect(worksOf(items).state).to.deep.equal(worksOf(items).state);
  });

  it('count an identifier that two items have for one of them only', () => {
    const { pages, state } = worksOf([
      [['record:a', 'doi:10.1/x'], use(3, 2, 1, 1)],
      [['record:b', 'doi:10.1/x'], use(5, 4, 1, 1)],
      [['doi:10.1/x'], use(9, 9, 0, 0)],
    ]);
    expect(state.count).to.equal(2);
    expect(find(pages, 'doi:10.1/x')?.metrics).to.deep.equal(use(3, 2, 1, 1));
    checkWorks(aSummary({ works: state }), pages);
  });

  it('of nothing are no bytes', () => {
    const { pages, state } = worksOf([]);
    expect(state).to.deep.equal({ count: 0, bytes: 0, digest: worksDigest([]) });
    expect(pages.every(({ length }) => length === 0)).to.equal(true);
    checkWorks(aSummary(), pages);
  });

  describe('are refused', () => {
    const made = worksOf(
      Array.from({ length: 40 }, (_, i) => [[`record:${i}`, `doi:10.1/${i}`], use(3, 2, 1, 1)]),
    );
    const number = made.pages.findIndex(({ length }) => length > 0);
    const page = made.pages[number] ?? new Uint8Array();

    /** As their summary would sign them. */
    const signed = (pages: readonly Uint8Array[], parts: { count?: number; total?: Metrics } = {}): string =>
      refusal(() =>
        checkWorks(
          aSummary({
            total: parts.total ?? use(120, 80, 40, 40),
            works: {
              count: parts.count ?? made.state.count,
              bytes: pages.reduce((sum, { length }) => sum + length, 0),
              digest: worksDigest(pages),
            },
          }),
          pages,
        ),
      );

    it('where they are not those that were signed', () => {
      const summary = aSummary({ works: made.state, total: use(120, 80, 40, 40) });
      checkWorks(summary, made.pages);
      const altered = Uint8Array.from(page);
      altered[altered.length - 1] = 9;
      const moved = [...made.pages.slice(1), made.pages[0] ?? new Uint8Array()];
      for (const pages of [made.pages.with(number, altered), moved, made.pages.slice(1), []])
        expect(refusal(() => checkWorks(summary, pages))).to.equal('USAGE_WORKS_ALTERED');
    });

    it('where they were used more, together, than the items of the month', () => {
      expect(signed(made.pages)).to.equal('accepted');
      for (const total of [use(119, 80, 40, 40), use(120, 79, 40, 40), use(120, 80, 39, 39)])
        expect(signed(made.pages, { total })).to.equal('USAGE_WORKS_EXCEED');
    });

    it('where there are others than it says, or an item is beyond them', () => {
      for (const count of [39, 41, 0])
        expect(signed(made.pages, { count })).to.equal('USAGE_WORKS_MALFORMED');
    });

    it('where rows are out of order, double, cut off, too many, or of no use', () => {
      const two = worksOf([
        [['record:a'], use(3, 2, 1, 1)],
        [['record:b'], use(3, 2, 1, 1)],
      ]);
      const rows = two.pages.flatMap((one, number) => [...rowsOf(number, one)]);
      expect(rows).to.have.length(2);
      const bytesOf = (hashes: readonly number[], uses: readonly number[]): Uint8Array =>
        Uint8Array.of(hashes.length, ...hashes.flatMap((hash) => [0, 0, 0, 0, 0, 0, hash]), ...uses);
      const alone = (bytes: Uint8Array, count = 2): string =>
        signed([bytes, ...noWorks.pages.slice(1)], { count, total: use(120, 80, 40, 40) });
      const row = (item: number): number[] => [item, 3, 2, 1, 1];
      expect(alone(bytesOf([1, 2], [...row(0), ...row(1)]))).to.equal('accepted');
      const wrong = {
        'out of order': bytesOf([2, 1], [...row(0), ...row(1)]),
        double: bytesOf([1, 1], [...row(0), ...row(1)]),
        'cut off': bytesOf([1, 2], row(0)),
        'in the middle of a number': bytesOf([1, 2], [...row(0), 1, 3, 2, 1, 0x81]),
        'a number without end': bytesOf(
          [1, 2],
          [...row(0), 1, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01, 2, 1, 1],
        ),
        'of more than 32 bits': bytesOf([1, 2], [...row(0), 1, 0xff, 0xff, 0xff, 0xff, 0x7f, 2, 1, 1]),
        'with something behind it': bytesOf([1, 2], [...row(0), ...row(1), 0]),
        'more unique than there is': bytesOf([1, 2], [...row(0), 1, 2, 3, 1, 1]),
        'one item, two figures': bytesOf([1, 2, 3], [...row(0), ...row(1), 1, 4, 2, 1, 1]),
        'no rows, but bytes': Uint8Array.of(0, 1, 2),
        'a million rows in three bytes': Uint8Array.of(0xc0, 0x84, 0x3d),
      };
      for (const [what, bytes] of Object.entries(wrong))
        expect(alone(bytes), what).to.equal('USAGE_WORKS_MALFORMED');
    });

    it('whatever bytes they are, and nothing else happens', () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(PAGES - 1), (bytes, at) => {
          const outcome = signed(made.pages.with(at, bytes));
          expect(outcome).to.match(/^USAGE_WORKS_|^accepted$/);
        }),
        { numRuns: 300, seed: 7_012 },
      );
    });
  });

  it('go by the names that are the same at all nodes, at most three', () => {
    const identifiers = [
      { scheme: 'url', value: 'https://repository.example/1' },
      { scheme: 'issn', value: '1234-5678' },
      { scheme: 'handle', value: '10/1' },
      { scheme: 'doi', value: '10.1/x' },
      { scheme: 'urn', value: 'urn:nbn:x' },
    ] as const;
    const key = 'a'.repeat(20);
    expect(itemNames(key, identifiers)).to.deep.equal([`record:${key}`, 'doi:10.1/x', 'handle:10/1']);
    expect(
      workNames([
        { key, identifiers },
        { key: 'b'.repeat(20), identifiers: identifiers.slice(3, 4) },
      ]),
    ).to.have.members([
      `record:${key}`,
      'handle:10/1',
      'doi:10.1/x',
      'urn:urn:nbn:x',
      `record:${'b'.repeat(20)}`,
    ]);
  });
});

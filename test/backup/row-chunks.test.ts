import { expect } from 'chai';
import * as fc from 'fast-check';
import { RowChunks, rowsOf, type RowChunk } from '../../node/backup/row-chunks.ts';

type Row = [key: string, value: Uint8Array];

function chunksOf(rows: readonly Row[]): RowChunk[] {
  const cutter = new RowChunks();
  const cut = rows.map(([key, value]) => cutter.add(key, value));
  return [...cut, cutter.take()].filter((chunk) => chunk !== undefined);
}

const key = (n: number): string => `!catalogue!b!${n.toString(36).padStart(8, '0')}`;
const rows = (numbers: readonly number[], bytes: number): Row[] =>
  numbers.map((n) => [key(n), Buffer.alloc(bytes, n)]);
const numbers = Array.from({ length: 20_000 }, (_, i) => i * 2);
const digests = (chunks: readonly RowChunk[]): Set<string> =>
  new Set(chunks.map(({ bytes }) => bytes.toString('latin1')));

describe('rows in chunks', () => {
  it('are the same rows again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'grapheme' }), fc.uint8Array({ maxLength: 300 })), {
          maxLength: 60,
        }),
        (given) => {
          const chunks = chunksOf(given);
          const read = chunks.flatMap(({ bytes }) =>
            [...rowsOf(bytes)].map(({ key: name, value }): Row => [name, Uint8Array.from(value)]),
          );
          expect(read).to.deep.equal(given);
          expect(chunks.reduce((sum, chunk) => sum + chunk.rows, 0)).to.equal(given.length);
        },
      ),
      { seed: 9 },
    );
  });

  it('make chunks of about a megabyte', () => {
    const chunks = chunksOf(rows(numbers, 1_000));
    const mean = (20_000 * 1_029) / chunks.length;
    expect(mean).to.be.within(500_000, 2_000_000);
    for (const { bytes } of chunks) expect(bytes.length).to.be.at.most(4 * 1024 * 1024);
  });

  it('that come, go or change make few chunks other ones', () => {
    const before = digests(chunksOf(rows(numbers, 1_000)));
    const added = numbers.toSpliced(7_000, 0, 14_001);
    const gone = numbers.toSpliced(12_345, 3);
    const longer = rows(numbers, 1_000).with(5_000, [key(10_000), Buffer.alloc(2_345, 7)]);
    for (const after of [rows(added, 1_000), rows(gone, 1_000), longer]) {
      const fresh = [...digests(chunksOf(after))].filter((one) => !before.has(one));
      expect(fresh.length).to.be.within(1, 3);
    }
  });

  it('may be larger than a chunk', () => {
    const large = Buffer.alloc(9 * 1024 * 1024, 1);
    const chunks = chunksOf([
      [key(1), Buffer.of(1)],
      [key(2), large],
      [key(3), Buffer.of(3)],
    ]);
    expect(chunks.map((chunk) => chunk.rows)).to.deep.equal([1, 1, 1]);
  });

  it('that go beyond their end are refused', () => {
    const [{ bytes } = { bytes: Buffer.of() }] = chunksOf(rows([1, 2], 10));
    expect(() => [...rowsOf(bytes.subarray(0, bytes.length - 1))]).to.throw(RangeError);
  });
});

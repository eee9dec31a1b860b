import { expect } from 'chai';
import type { Reference } from '../../../vocab/record.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { aReference, DrivenCitations, keyOf } from './driven-citations.ts';

const byDoi = (doi: string): Reference => ({ text: `doi:${doi}`, identifier: { scheme: 'doi', value: doi } });
const work = (
  n: number,
): { identifiers: { scheme: 'doi'; value: string }[]; titles: { value: string }[] } => ({
  identifiers: [{ scheme: 'doi', value: `10.1234/work.${n}` }],
  titles: [{ value: `A work that is about the number ${n}` }],
});

describe('neighbours in the graph of citations', () => {
  let test: TestCatalogue;
  let citations: DrivenCitations;

  beforeEach(async () => {
    test = await aCatalogue();
    citations = await DrivenCitations.over(test.store.section('citations'));
  });
  afterEach(() => test.close());

  it('share references, whether or not the cited works are held', async () => {
    const title = 'On the measurement of likeness between texts';
    await citations.apply([
      [1, { ...work(1), references: [byDoi('10.9999/far'), aReference({ title }), byDoi('10.9999/only')] }],
      [2, { ...work(2), references: [aReference({ title }), byDoi('10.9999/FAR')] }],
      [3, { ...work(3), references: [byDoi('10.9999/far')] }],
      [4, { ...work(4), references: [byDoi('10.9999/other')] }],
    ]);
    const found = await citations.reader.neighbours([keyOf(1)]);
    expect(found.map(({ record, sharedReferences }) => ({ record, sharedReferences }))).to.have.deep.members([
      { record: keyOf(2), sharedReferences: 2 },
      { record: keyOf(3), sharedReferences: 1 },
    ]);
    const [of2, of3] = [2, 3].map((n) => found.find(({ record }) => record === keyOf(n)));
    expect(of2?.coupling).to.be.above(of3?.coupling ?? Infinity);
    expect(of2).to.include({ isCited: false, isCiting: false, citedTogether: 0 });
  });

  it('are cited together, cited and citing', async () => {
    await citations.apply([
      [1, { ...work(1), references: [byDoi('10.1234/work.4')] }],
      [2, work(2)],
      [3, { ...work(3), references: [byDoi('10.1234/work.1'), byDoi('10.1234/work.2')] }],
      [4, work(4)],
    ]);
    const found = new Map((await citations.reader.neighbours([keyOf(1)])).map((one) => [one.record, one]));
    expect([...found.keys()]).to.have.members([keyOf(2), keyOf(3), keyOf(4)]);
    expect(found.get(keyOf(2))).to.include({ citedTogether: 1, isCited: false });
    expect(found.get(keyOf(3))).to.include({ isCiting: true, isCited: false, citedTogether: 0 });
    expect(found.get(keyOf(4))).to.include({ isCited: true, isCiting: false });
  });

  it('are those of all records of a work, and none of them', async () => {
    await citations.apply([
      [1, { ...work(1), references: [byDoi('10.9999/a')] }],
      [2, { ...work(1), references: [byDoi('10.9999/b'), byDoi('10.9999/a')] }],
      [3, { ...work(3), references: [byDoi('10.9999/b')] }],
    ]);
    const found = await citations.reader.neighbours([keyOf(1), keyOf(2)]);
    expect(found.map(({ record }) => record)).to.deep.equal([keyOf(3)]);
  });

  it('go with a withdrawn record, and are not told by a reference that all have', async () => {
    const common = byDoi('10.9999/classic');
    await citations.apply(
      Array.from({ length: 70 }, (_, n) => [n, { ...work(n), references: [common] }] as const),
    );
    expect(await citations.reader.neighbours([keyOf(1)])).to.deep.equal([]);
    await citations.apply([
      [100, { ...work(100), references: [byDoi('10.9999/rare')] }],
      [101, { ...work(101), references: [byDoi('10.9999/rare')] }],
    ]);
    expect(await citations.reader.neighbours([keyOf(100)])).to.have.length(1);
    await citations.apply([[101, 'withdrawn']]);
    expect(await citations.reader.neighbours([keyOf(100)])).to.deep.equal([]);
  });
});

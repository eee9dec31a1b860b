import { expect } from 'chai';
import fc from 'fast-check';
import { OwnFilter } from '../../../node/federation/lookup/own-filter.ts';
import { WorkKeyIndex } from '../../../node/federation/lookup/work-key-index.ts';
import type { OwnChange, ReaderRunner } from '../../../node/catalogue/index.ts';
import {
  digestIn,
  segmentDigest,
  segmentOf,
  SegmentReader,
  versionOf,
  workKeys,
  type SignedManifest,
} from '../../../protocols/holdings-filter/index.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';

const { signal } = new AbortController();

const put = (n: number, title = n): OwnChange =>
  aPut(n, {
    titles: [{ value: `Measurements of coral reef number ${title}` }],
    identifiers: [{ scheme: 'doi', value: `10.5555/${n}` }],
  });
const withdraw = (n: number): OwnChange => ({
  type: 'withdraw',
  oaiIdentifier: `oai:repository.example:${n}`,
  reason: 'Retracted',
});

describe('the own holdings filter', () => {
  let test: TestCatalogue;
  let index: WorkKeyIndex;
  let runner: ReaderRunner;
  let filter: OwnFilter;

  async function open(): Promise<void> {
    index = new WorkKeyIndex({ node: test.catalogue.node });
    runner = await test.run(index);
    filter = aFilter(index);
    await filter.load();
  }
  const aFilter = (of: WorkKeyIndex): OwnFilter =>
    new OwnFilter({ index: of, catalogue: test.catalogue, signer: test.identity, clock: test.clock });

  beforeEach(async () => {
    test = await aCatalogue();
    await open();
  });
  afterEach(() => test.close());

  async function change(...changes: OwnChange[]): Promise<number> {
    await test.catalogue.put(changes);
    await runner.caughtUp();
    return await filter.refresh(signal);
  }

  const made = (): SignedManifest => {
    if (filter.manifest === undefined) throw new Error('there is no filter');
    return filter.manifest;
  };

  async function segments(): Promise<Uint8Array[]> {
    const all = Array.from({ length: 2 ** made().bits }, (_, i) => i);
    return (await filter.segments(versionOf(made()), all)) ?? [];
  }

  /** Of all records that stand: whether the filter says so of each of their keys. */
  async function missing(): Promise<string[]> {
    const readers = (await segments()).map((bytes) => new SegmentReader(bytes));
    const found: string[] = [];
    for (const { holding } of await test.catalogue.log.after(0, 10_000)) {
      if (holding === undefined || isTombstone(holding)) continue;
      for (const key of workKeys(holding))
        if (readers[segmentOf(key, made().bits)]?.has(key) !== true) found.push(key);
    }
    return found;
  }

  it('has the keys of all records that stand, whatever changes there were, as if made at once', async () => {
    const aChange = fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.nat(40), fc.nat(60)).map(([n, title]) => put(n, title)) },
      { weight: 1, arbitrary: fc.nat(40).map(withdraw) },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(aChange, { maxLength: 8 }), { maxLength: 4 }), async (batches) => {
        for (const batch of batches) {
          await change(put(100), ...batch.filter((one) => one.type === 'put'));
          // What is not there cannot be withdrawn.
          for (const one of batch.filter((one) => one.type === 'withdraw'))
            await change(one).catch(() => undefined);
        }
        await change(put(100));
        expect(await missing()).to.deep.equal([]);
        const keys = await index.keysIn({ gte: '', lt: 'g' });
        expect(made()).to.include({ keys: keys.length, seq: test.catalogue.head.seq });
        expect((await segments()).map(segmentDigest)).to.deep.equal(
          Array.from({ length: 2 ** made().bits }, (_, i) => digestIn(made(), i)),
        );
      }),
      { seed: 5, numRuns: 15 },
    );
  });

  it('is made anew only where a change touches it', async () => {
    await change(...Array.from({ length: 600 }, (_, i) => put(i)));
    expect(made().bits).to.equal(1);
    const before = await segments();
    expect(await change(put(7))).to.equal(0);
    const touched = await change(aPut(9_999, { identifiers: [{ scheme: 'doi', value: '10.5555/new' }] }));
    expect(touched).to.equal(1);
    const after = await segments();
    expect(
      after.filter((segment, i) => !Buffer.from(segment).equals(before[i] ?? Buffer.alloc(0))),
    ).to.have.length(1);
    expect(await missing()).to.deep.equal([]);
  });

  it('names the head that it was made of, also where no key has changed', async () => {
    await change(put(1));
    const version = versionOf(made());
    await change({ ...put(1), ...aPut(1, { ...recordOf(put(1)), abstracts: [{ value: 'New' }] }) });
    expect(made().seq).to.equal(test.catalogue.head.seq);
    expect(versionOf(made())).to.equal(version);
  });

  it('gives no segments of a version that has passed', async () => {
    await change(put(1));
    const version = versionOf(made());
    await change(put(2));
    expect(await filter.segments(version, [0])).to.equal(undefined);
  });

  it('is the same after a restart, and goes on from there', async () => {
    await change(put(1), put(2));
    const before = made();
    await test.catalogue.put([put(3)]);
    await runner.caughtUp();
    test = await test.reopen();
    await open();
    expect(made()).to.deep.equal(before);
    await runner.caughtUp();
    expect(await filter.refresh(signal)).to.equal(1);
    expect(await missing()).to.deep.equal([]);
  });

  it('has nothing of records that have gone', async () => {
    await change(put(1), put(2));
    await change(withdraw(1), withdraw(2));
    expect(made().keys).to.equal(0);
    expect(await test.store.section('work-keys').keys({ gt: 'k!', lt: 'k!~' }).all()).to.deep.equal([]);
  });
});

function recordOf(change: OwnChange): object {
  return 'record' in change ? change.record : {};
}

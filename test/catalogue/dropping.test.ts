import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { describeOnEachStore } from '../support/stores.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

const PAGE = { entries: 2_000, bytes: 1e9 };

describeOnEachStore('a feed whose dropping was broken off', () => {
  let origin: TestCatalogue;
  let copy: TestCatalogue;

  beforeEach(async () => {
    [origin, copy] = [await aCatalogue({ base: 'https://origin.example' }), await aCatalogue()];
    await origin.catalogue.put(Array.from({ length: 1_100 }, (_, i) => aPut(i)));
    await take();
    await dropUntilItFails();
  });
  afterEach(async () => {
    await Promise.all([origin.close(), copy.close()]);
  });

  async function take(): Promise<void> {
    const page = await origin.catalogue.feeds.page(origin.catalogue.node, 0, PAGE);
    await copy.catalogue.accept(origin.catalogue.head, page?.entries ?? []);
    expect(await copy.catalogue.confirm(origin.catalogue.head)).to.equal('complete');
  }

  /** The disk is full after the first of three batches. */
  async function dropUntilItFails(): Promise<void> {
    const { db } = copy.store.section('catalogue');
    const batch = db.batch.bind(db);
    let batches = 0;
    Object.assign(db, {
      batch: () => {
        if (++batches > 1) throw new Error('no space left on device');
        return batch();
      },
    });
    const failed: unknown = await copy.catalogue.drop(origin.catalogue.node).catch((error: unknown) => error);
    Object.assign(db, { batch });
    expect(failed).to.have.property('code', 'CATALOGUE_CANNOT_WRITE');
  }

  it('is dropped to its end at the next start', async () => {
    copy = await copy.reopen();
    const { catalogue } = copy;
    expect(catalogue.feeds.state(origin.catalogue.node)).to.equal(undefined);
    expect(await catalogue.feeds.newest(origin.catalogue.node, undefined, 10)).to.deep.equal([]);
    const changes = await catalogue.log.after(0, 2_000);
    expect(changes).to.have.length(1_100);
    expect(changes.every(({ holding }) => holding === undefined)).to.equal(true);
  });

  it('can be dropped again, or come again, without a start', async () => {
    await take();
    expect(copy.catalogue.feeds.state(origin.catalogue.node)).to.include({ live: 1_100, records: 1_100 });
    await copy.catalogue.drop(origin.catalogue.node);
    expect(copy.catalogue.feeds.state(origin.catalogue.node)).to.equal(undefined);
    expect(await copy.catalogue.log.after(0, 2_000)).to.have.length(1_100);
  });
});

describeOnEachStore('an own record that is larger than other nodes take', () => {
  it('goes without its raw metadata, and is the same when it comes again', async () => {
    const test = await aCatalogue();
    try {
      const raw = [1, 2].map((n) => ({ format: `f${n}`, text: `${n}`.repeat(1_900_000) }));
      const [first] = await test.catalogue.put([aPut(1, { raw })]);
      const holding = await test.catalogue.holdings.get(first?.key ?? '');
      expect(holding).to.deep.include({ raw: [], titles: [{ value: 'A title', language: 'en' }] });
      const [again] = await test.catalogue.put([aPut(1, { raw })]);
      expect(again?.outcome).to.equal('unchanged');
    } finally {
      await test.close();
    }
  });
});

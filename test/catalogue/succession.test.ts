import { expect } from 'chai';
import { Catalogue } from '../../node/catalogue/index.ts';
import { Identity } from '../../node/identity/index.ts';
import { openStore } from '../../node/store/index.ts';
import { isTombstone } from '../../vocab/record.ts';
import { recordKey } from '../../vocab/record-key.ts';
import { aPut } from '../support/builders.ts';
import { describeOnEachStore, storeIn } from '../support/stores.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

const base = 'https://node.example';

/** A node that goes on under another key (docs/identity.md). */
describeOnEachStore('the own feed under another key', () => {
  const former = Identity.generate();
  const present = Identity.generate();
  let test: TestCatalogue;
  beforeEach(async () => {
    test = await aCatalogue({ identity: former, base });
  });
  afterEach(() => test.close());

  async function reopenedBy(identity: Identity, predecessors: readonly string[] = []): Promise<Catalogue> {
    await test.leave();
    test = await aCatalogue({ ...test, identity, base, predecessors });
    return test.catalogue;
  }
  const oaiIdentifierOf = (n: number): string => {
    const put = aPut(n);
    return 'record' in put ? put.record.oaiIdentifier : '';
  };

  it('has all records again, signed anew and under their new keys', async () => {
    await test.catalogue.put([aPut(1), aPut(2), aPut(3)]);
    await test.catalogue.put([{ type: 'withdraw', oaiIdentifier: oaiIdentifierOf(2), reason: 'an error' }]);
    const catalogue = await reopenedBy(present, [former.node]);
    expect(catalogue.head).to.include({ node: present.node, live: 3 });
    expect(catalogue.feeds.states().map(({ node }) => node)).to.deep.equal([present.node]);
    const [key1, key2] = [1, 2].map((n) => recordKey(present.node, oaiIdentifierOf(n)));
    const record = await catalogue.holdings.get(key1 ?? '');
    expect(record).to.include({ id: `${base}/records/${key1}`, node: present.node });
    const tombstone = await catalogue.holdings.get(key2 ?? '');
    expect(tombstone !== undefined && isTombstone(tombstone) && tombstone.tombstone).to.include({
      kind: 'withdrawn',
      reason: 'an error',
    });
    expect(await catalogue.holdings.withIdentifier('oai', oaiIdentifierOf(1))).to.deep.equal([key1]);
  });

  it('is found under the former keys, also after several changes of keys', async () => {
    await test.catalogue.put([aPut(1)]);
    const third = Identity.generate();
    await reopenedBy(present, [former.node]);
    const catalogue = await reopenedBy(third, [former.node, present.node]);
    const key = recordKey(third.node, oaiIdentifierOf(1));
    for (const { node } of [former, present]) {
      const formerKey = recordKey(node, oaiIdentifierOf(1));
      expect(await catalogue.holdings.movedTo(formerKey)).to.equal(key);
      expect((await catalogue.holdings.place(formerKey))?.kind).to.equal('dropped');
    }
    expect(await catalogue.holdings.movedTo(key)).to.equal(undefined);
  });

  it('keeps withdrawals of files, also of records that are gone', async () => {
    const url = 'https://repository.example/a.pdf';
    const put = aPut(1, { files: [{ url, access: 'open' }] });
    const oaiIdentifier = oaiIdentifierOf(1);
    await test.catalogue.put([put]);
    await test.catalogue.put([{ type: 'withdraw-file', oaiIdentifier, url, reason: 'third-party rights' }]);
    await test.catalogue.put([{ type: 'delete', oaiIdentifier, datestamp: '2026-01-01', reason: 'gone' }]);
    const catalogue = await reopenedBy(present, [former.node]);
    await catalogue.put([put]);
    const again = await catalogue.holdings.get(recordKey(present.node, oaiIdentifier));
    const files = again !== undefined && !isTombstone(again) ? again.files : [];
    expect(files.map(({ withdrawn }) => withdrawn?.reason)).to.deep.equal(['third-party rights']);
  });

  it('tells readers of the log of what goes and what comes', async () => {
    await test.catalogue.put([aPut(1)]);
    const catalogue = await reopenedBy(present, [former.node]);
    const changes = await catalogue.log.after(0, 10);
    const formerKey = recordKey(former.node, oaiIdentifierOf(1));
    expect(changes.map(({ key }) => key)).to.have.members([
      formerKey,
      recordKey(present.node, oaiIdentifierOf(1)),
    ]);
  });

  it('takes many records over in steps, and goes on where it was broken off', async () => {
    await test.catalogue.put(Array.from({ length: 700 }, (_, n) => aPut(n)));
    await test.leave();
    const store = await openStore(storeIn(test.directory));
    const section = store.section('catalogue');
    const { db } = section;
    const batch = db.batch.bind(db);
    let left = 1;
    const untilPowerCut = (): ReturnType<typeof batch> => {
      if (left === 0) throw new Error('a power cut');
      left -= 1;
      return batch();
    };
    Object.assign(db, { batch: untilPowerCut });
    const own = { signer: present, base, name: 'Test', networks: ['test'], predecessors: [former.node] };
    const error = await Catalogue.open({ section, ...own, clock: test.clock }).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).to.include({ message: 'a power cut' });
    await store.close();

    test = await aCatalogue({ ...test, identity: present, base, predecessors: [former.node] });
    const { catalogue } = test;
    const page = await catalogue.feeds.page(present.node, 0, { entries: 5_000, bytes: 1e9 });
    expect(page?.entries).to.have.length(700);
    expect(catalogue.head.live).to.equal(700);
    expect(catalogue.feeds.states().map(({ node }) => node)).to.deep.equal([present.node]);
  });

  it('is not touched by a key that nobody has named', async () => {
    await test.catalogue.put([aPut(1)]);
    await test.leave();
    const error = await aCatalogue({ ...test, identity: present, base }).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'CATALOGUE_OTHER_KEY' });
    test = await aCatalogue({ ...test, identity: former, base });
    expect(test.catalogue.head.live).to.equal(1);
  });
});

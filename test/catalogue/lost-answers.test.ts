import { expect } from 'chai';
import { aPut } from '../support/builders.ts';
import { describeOnEachStore } from '../support/stores.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

describeOnEachStore('a write whose answer was lost', () => {
  let test: TestCatalogue;
  beforeEach(async () => void (test = await aCatalogue()));
  afterEach(() => test.close());

  /** The connection to the database breaks after the commit, and before it was told. */
  async function putWithoutAnswer(n: number): Promise<void> {
    const { db } = test.store.section('catalogue');
    const batch = db.batch.bind(db) as () => { write: (options: object) => Promise<void> };
    Object.assign(db, {
      batch: () => {
        const open = batch();
        const write = open.write.bind(open);
        return Object.assign(open, {
          write: async (options: object) => {
            await write(options);
            throw new Error('the connection was lost');
          },
        });
      },
    });
    const failed: unknown = await test.catalogue.put([aPut(n)]).catch((error: unknown) => error);
    Object.assign(db, { batch });
    expect(failed).to.have.property('code', 'CATALOGUE_CANNOT_WRITE');
  }

  it('stands, and what comes next is behind it', async () => {
    const { catalogue } = test;
    const told: string[] = [];
    await putWithoutAnswer(1);
    catalogue.onCommit(({ node, keys }) => told.push(`${node === catalogue.node} ${keys.length}`));
    const [first] = await catalogue.put([aPut(1)]);
    expect(first?.outcome).to.equal('unchanged');
    await catalogue.put([aPut(2)]);
    expect(told).to.deep.equal(['true 0', 'true 1']);
    expect(catalogue.head).to.include({ seq: 2, live: 2 });
    const changes = await catalogue.log.after(0, 10);
    expect(changes.map(({ position, holding }) => [position, holding?.oaiIdentifier])).to.deep.equal([
      [1, 'oai:repository.example:1'],
      [2, 'oai:repository.example:2'],
    ]);
    expect(catalogue.writeFailure).to.equal(undefined);
  });

  it('may be lost with those before it, and readers get what came in their places', async () => {
    const { catalogue } = test;
    const section = test.store.section('catalogue');
    const before = await section.iterator().all();
    await catalogue.put([aPut(1)]);
    expect(await catalogue.log.after(0, 10)).to.have.lengthOf(1);
    await putWithoutAnswer(2);
    // As where another database takes the place of the first, and had not got its last rows.
    await section.clear();
    for (const [key, value] of before) await section.put(key, value);
    await catalogue.put([aPut(3)]);
    const changes = await catalogue.log.after(0, 10);
    expect(changes.map(({ position, holding }) => [position, holding?.oaiIdentifier])).to.deep.equal([
      [1, 'oai:repository.example:3'],
    ]);
  });
});

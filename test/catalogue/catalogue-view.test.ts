import { expect } from 'chai';
import { CatalogueView, type Committed } from '../../node/catalogue/index.ts';
import { logKey } from '../../node/catalogue/layout.ts';
import { isTombstone } from '../../vocab/record.ts';
import { aPeer } from '../http/support/a-peer.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { aRecord } from '../support/builders.ts';

describe('a catalogue that another process writes', () => {
  let test: TestCatalogue;
  let view: CatalogueView;
  let told: Committed[];
  beforeEach(async () => {
    test = await aCatalogue();
    const opened = await CatalogueView.open(test.store.section('catalogue'));
    if (opened === undefined) throw new Error('there is no catalogue');
    view = opened;
    told = [];
    view.onCommit((committed) => void told.push(committed));
  });
  afterEach(async () => {
    await test.close();
  });

  async function put(...identifiers: string[]): Promise<string[]> {
    const records = identifiers.map((oaiIdentifier) => aRecord({ oaiIdentifier }));
    const results = await test.catalogue.put(records.map((record) => ({ type: 'put', record })));
    return results.map(({ key }) => key);
  }

  it('is not there where no catalogue was opened', async () => {
    expect(await CatalogueView.open(test.store.section('another'))).to.equal(undefined);
  });

  it('knows what was written after the next look, and tells of which records', async () => {
    const keys = await put('oai:a:1', 'oai:a:2');
    expect(view.position).to.equal(0);
    expect(await view.refresh()).to.equal(true);
    expect(view.position).to.equal(test.catalogue.position);
    expect(told.flatMap((committed) => committed.keys)).to.have.members(keys);
    expect(view.feeds.state(view.node)).to.include({ records: 2 });
    expect(await view.refresh()).to.equal(false);
    expect(told).to.have.length(1);
  });

  it('tells of a withdrawal, with the position behind it already', async () => {
    const [key = ''] = await put('oai:a:1', 'oai:a:2');
    await view.refresh();
    const positions: number[] = [];
    view.onCommit(() => void positions.push(view.position));
    await test.catalogue.put([{ type: 'withdraw', oaiIdentifier: 'oai:a:1', reason: 'by mistake' }]);
    await view.refresh();
    expect(told.at(-1)).to.deep.include({ node: view.node, keys: [key] });
    expect(positions).to.deep.equal([test.catalogue.position]);
    const holding = await view.holdings.get(key);
    expect(holding !== undefined && isTombstone(holding)).to.equal(true);
  });

  it('tells of the records of another node, and of each that is dropped with its feed', async () => {
    const peer = await aPeer({
      name: 'Elsewhere',
      base: 'https://elsewhere.example',
      clock: new TestClock(),
    });
    try {
      const record = aRecord({ oaiIdentifier: 'oai:b:1' });
      const keys = await peer.publish([{ type: 'put', record }], test.catalogue);
      await view.refresh();
      expect(told.at(-1)).to.deep.include({ node: peer.node, keys });
      expect(view.feeds.states()).to.have.length(2);
      await test.catalogue.drop(peer.node);
      await view.refresh();
      expect(told.at(-1)?.keys).to.deep.equal(keys);
      expect(view.feeds.state(peer.node)).to.equal(undefined);
    } finally {
      await peer.close();
    }
  });

  it('has all forgotten where the database was set back, and goes on from there', async () => {
    await put('oai:a:1', 'oai:a:2');
    await view.refresh();
    const before = view.position;
    await test.store.section('catalogue').del(logKey(before));
    expect(await view.refresh()).to.equal(true);
    expect(told.at(-1)?.keys).to.deep.equal([]);
    expect(view.position).to.equal(before - 1);
    expect(await view.refresh()).to.equal(false);
  });

  it('names no record where more was written than is told one by one', async () => {
    await put(...Array.from({ length: 1_001 }, (_, i) => `oai:a:${i}`));
    await view.refresh();
    expect(told.map(({ keys }) => keys)).to.deep.equal([[]]);
    expect(view.position).to.equal(test.catalogue.position);
  });
});

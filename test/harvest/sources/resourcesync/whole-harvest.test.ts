import { expect } from 'chai';
import { Harvester, type HarvestSummary } from '../../../../node/harvest/index.ts';
import { guardedFetch, type Fetch } from '../../../../node/outbound/index.ts';
import { isTombstone } from '../../../../vocab/record.ts';
import { recordKey } from '../../../../vocab/record-key.ts';
import { aSite, type TestSite } from '../../../http/support/a-site.ts';
import { aPut } from '../../../support/builders.ts';
import { HastyClock } from '../../../support/hasty-clock.ts';
import { oaiDc } from '../../../support/misbehaving-repository.ts';
import { MisbehavingSyncSource } from '../../../support/misbehaving-sync-source.ts';
import { aCatalogue, silentLog, type TestCatalogue } from '../../../support/test-catalogue.ts';
import { putRecords } from './support.ts';
import { stages } from '../../../support/harvest-stages.ts';

const MINUTE = 60_000;
const WEEK = 7 * 86_400_000;

/** A harvester of one source by ResourceSync over a real store. */
class TestHarvest {
  readonly clock = new HastyClock();
  readonly #url: string;
  readonly #fetch: Fetch;
  #test: TestCatalogue | undefined;
  #harvester: Harvester | undefined;

  constructor(
    url: string,
    fetch: Fetch = guardedFetch({ allow: [url], userAgent: 'NGR-Node/test', timeoutMs: 30_000 }),
  ) {
    this.#url = url;
    this.#fetch = fetch;
  }

  /** Opens the store again, as after a restart. */
  async open(): Promise<void> {
    await this.#harvester?.stop();
    this.#test =
      this.#test === undefined ? await aCatalogue({ clock: this.clock }) : await this.#test.reopen();
    this.#harvester = new Harvester({
      sources: [{ name: 'test', type: 'resourcesync', url: this.#url }],
      stages,
      catalogue: this.#test.catalogue,
      section: this.#test.store.section('harvest'),
      fetch: this.#fetch,
      clock: this.clock,
      log: silentLog,
      intervalMs: 60 * MINUTE,
    });
  }

  get harvester(): Harvester {
    if (this.#harvester === undefined) throw new Error('not open');
    return this.#harvester;
  }

  get test(): TestCatalogue {
    if (this.#test === undefined) throw new Error('not open');
    return this.#test;
  }

  async run(full = false): Promise<HarvestSummary> {
    const [summary] = await this.harvester.run({ full });
    if (summary === undefined) throw new Error('no summary');
    return summary;
  }

  async codes(): Promise<string[]> {
    const codes = (await this.harvester.issues({ limit: 100 })).map(({ code }) => code);
    // What small records lack is beside the point.
    return codes.filter((code) => !code.startsWith('RECORD_NO_'));
  }

  /** The title of a record, or what kind of tombstone it is. */
  async held(oaiIdentifier: string): Promise<string | undefined> {
    const { catalogue } = this.test;
    const holding = await catalogue.holdings.get(recordKey(catalogue.node, oaiIdentifier));
    if (holding === undefined) return undefined;
    return isTombstone(holding) ? holding.tombstone.kind : holding.titles[0]?.value;
  }

  async close(): Promise<void> {
    await this.#harvester?.stop();
    await this.#test?.close();
  }
}

describe('a harvest by ResourceSync', () => {
  let server: MisbehavingSyncSource;
  let harvest: TestHarvest;
  beforeEach(async () => {
    const clock = new HastyClock();
    server = await MisbehavingSyncSource.start({
      now: () => harvest?.clock.now() ?? clock.now(),
      steady: () => harvest?.clock.steady() ?? clock.steady(),
      sleep: () => Promise.resolve(),
    });
    harvest = new TestHarvest(server.url);
    await harvest.open();
  });
  afterEach(async () => {
    await harvest.close();
    await server.close();
  });
  const at = (n: number): string => `${server.url}/records/${n}.xml`;

  it('brings in all, then what changes, then finds what vanished', async () => {
    putRecords(server, 1, 2, 3);
    expect(await harvest.run()).to.include({ kind: 'full', outcome: 'complete', created: 3 });
    harvest.clock.advance(MINUTE);
    server.put('/records/2.xml', oaiDc('Two'));
    server.remove('/records/3.xml');
    expect(await harvest.run()).to.include({
      kind: 'incremental',
      outcome: 'complete',
      updated: 1,
      deleted: 1,
    });
    expect([await harvest.held(at(2)), await harvest.held(at(3))]).to.deep.equal(['Two', 'deleted']);

    server.drop('/records/1.xml');
    server.changes.length = 0;
    harvest.clock.advance(WEEK);
    expect(await harvest.run()).to.include({ kind: 'full', outcome: 'complete', deleted: 1 });
    expect(await harvest.held(at(1))).to.equal('deleted');
    expect(await harvest.codes()).to.deep.equal([]);
  });

  it('keeps what is listed and cannot be had, and closes the issue when it can', async () => {
    putRecords(server, 1, 2);
    await harvest.run();
    harvest.clock.advance(MINUTE);
    server.put('/records/2.xml', oaiDc('Two'));
    server.spoil = (path) => (path === '/records/2.xml' ? { body: 'forged' } : undefined);
    expect(await harvest.run(true)).to.include({ outcome: 'complete', deleted: 0 });
    expect(await harvest.held(at(2))).to.equal('Title 2');
    expect(await harvest.codes()).to.include('RESOURCESYNC_WRONG_HASH');
    server.spoil = () => undefined;
    await harvest.run(true);
    expect(await harvest.held(at(2))).to.equal('Two');
    expect(await harvest.codes()).to.deep.equal([]);
  });

  it('goes on where it was broken off, by a node that was restarted', async () => {
    const numbers = Array.from({ length: 500 }, (_, i) => i);
    putRecords(server, ...numbers);
    harvest.clock.advance(MINUTE);
    server.spoil = (path) => (/^\/records\/4\d\d\.xml/.test(path) ? { status: 503 } : undefined);
    expect(await harvest.run()).to.include({ outcome: 'failed', created: 400 });
    expect(await harvest.codes()).to.deep.equal(['RESOURCESYNC_HTTP_STATUS']);
    await harvest.open();
    server.spoil = () => undefined;
    server.asked.length = 0;
    expect(await harvest.run()).to.include({ kind: 'full', outcome: 'complete', created: 100 });
    expect(server.fetched).to.have.length(100);
    expect(await harvest.codes()).to.deep.equal([]);
  });

  it('does not take records for vanished where a list could not be read', async () => {
    server.listSize = 2;
    putRecords(server, 1, 2, 3, 4);
    await harvest.run();
    harvest.clock.advance(MINUTE);
    server.spoil = (path) => (path === '/resourcelist/2.xml' ? { body: '<html>' } : undefined);
    expect(await harvest.run(true)).to.include({ outcome: 'complete', deleted: 0 });
    expect(await harvest.codes()).to.have.members(['RESOURCESYNC_NOT_A_SITEMAP', 'HARVEST_INCOMPLETE_LIST']);
  });

  it('gives the files that the lists tell of to their records', async () => {
    server.put('/1.pdf', 'a file', { type: 'application/pdf', links: [{ rel: 'describedby', href: at(1) }] });
    putRecords(server, 1);
    await harvest.run();
    const { catalogue } = harvest.test;
    const holding = await catalogue.holdings.get(recordKey(catalogue.node, at(1)));
    expect(holding).to.have.property('files').that.has.length(1);
    expect(holding).to.have.nested.property('files[0].access', 'open');
    expect(holding).to.have.nested.property('files[0].length', 6);
  });
});

describe("another node's records, harvested by ResourceSync", () => {
  let site: TestSite;
  let harvest: TestHarvest;
  beforeEach(async () => {
    site = await aSite();
    const asked = guardedFetch({ allow: [site.url], userAgent: 'NGR-Node/test', timeoutMs: 30_000 });
    // The node gives its records the addresses under which the world knows it.
    harvest = new TestHarvest('https://node.example/', (address, init) =>
      asked(String(address).replace('https://node.example', site.url), init),
    );
    await harvest.open();
  });
  afterEach(async () => {
    await harvest.close();
    await site.close();
  });
  const oai = (n: number): string => `oai:repository.example:${n}`;
  const tick = (): void => {
    site.clock.advance(MINUTE);
    harvest.clock.advance(MINUTE);
  };

  it('keep their OAI identifiers, and are the same again', async () => {
    await site.put(aPut(1), aPut(2, { titles: [{ value: 'Zwei', language: 'de' }] }));
    expect(await harvest.run()).to.include({ outcome: 'complete', created: 2 });
    expect(await harvest.codes()).to.deep.equal([]);
    const { catalogue } = harvest.test;
    const holding = await catalogue.holdings.get(recordKey(catalogue.node, oai(2)));
    expect(holding).to.deep.include({
      oaiIdentifier: oai(2),
      titles: [{ value: 'Zwei', language: 'de' }],
      published: '2016',
    });
    expect(holding).to.have.nested.property('provenance.format', 'ngr_jsonld');
  });

  it('follow what changes there, what is withdrawn, and what comes anew', async () => {
    await site.put(aPut(1), aPut(2), aPut(3));
    await harvest.run();
    tick();
    await site.put(
      aPut(1, { titles: [{ value: 'Changed' }] }),
      { type: 'withdraw', oaiIdentifier: oai(2), reason: 'A wish of the author.' },
      aPut(4),
    );
    expect(await harvest.run()).to.include({
      kind: 'incremental',
      outcome: 'complete',
      created: 1,
      updated: 1,
      deleted: 1,
    });
    expect(await harvest.held(oai(1))).to.equal('Changed');
    expect(await harvest.held(oai(2))).to.equal('deleted');
    tick();
    expect(await harvest.run(true)).to.include({ outcome: 'complete', created: 0, updated: 0, deleted: 0 });
  });

  it('are fetched one by one, by their OAI identifiers', async () => {
    await site.put(aPut(1), aPut(2));
    await harvest.run();
    tick();
    await site.put(aPut(2, { titles: [{ value: 'Anew' }] }));
    expect((await harvest.harvester.refetch(oai(2))).titles).to.deep.equal([{ value: 'Anew' }]);
  });
});

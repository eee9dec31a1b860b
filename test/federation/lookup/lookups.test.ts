import { expect } from 'chai';
import type { LookedUpCopy } from '../../../node/federation/index.ts';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import { aPut } from '../../support/builders.ts';
import { TestNetwork } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';
import { aDay, aLookupMember, type LookupMember } from './lookup-network.ts';

const work = (n: number): Partial<HarvestedRecord> => ({
  titles: [{ value: `Measurements of coral reef number ${n} over ten years` }],
  identifiers: [{ scheme: 'doi', value: `10.5555/reef.${n}` }],
});

describe('lookups', () => {
  let net: TestNetwork;
  let a: LookupMember;
  let b: LookupMember;
  let c: LookupMember;
  let d: LookupMember;
  let e: LookupMember;
  let key: string;

  beforeEach(async () => {
    net = new TestNetwork();
    d = await aLookupMember(net, 'd');
    a = await aLookupMember(net, 'a', [d]);
    b = await aLookupMember(net, 'b');
    c = await aLookupMember(net, 'c');
    e = await aLookupMember(net, 'e');
    const [outcome] = await a.catalogue.put([aPut(1, work(1)), aPut(2, work(2))]);
    key = outcome?.key ?? '';
    await b.catalogue.put([aPut(11, work(1)), aPut(12, work(7))]);
    // Another title, the same DOI.
    await c.catalogue.put([aPut(21, { ...work(1), titles: [{ value: 'Corals: a preprint' }] })]);
    await d.catalogue.put([aPut(31, work(1))]);
    await e.catalogue.put([aPut(41, work(9))]);
    net.link(a, b, c, d, e);
    const all = [a, b, c, d, e];
    await until('all know one another', () =>
      all.every((one) => all.every((other) => (one.sees(other)?.headSeq ?? 0) === other.catalogue.head.seq)),
    );
    await until('a has the feed that it follows', () => a.hasAllOf(d));
  });
  afterEach(() => net.close());

  const institutions = (copies: readonly LookedUpCopy[]): string[] =>
    copies.map(({ record }) => new URL(record.id).hostname).toSorted();

  it('find the copies at nodes that are not followed, and no others', async () => {
    expect(await a.lookups.copiesOf(key)).to.deep.equal([]);
    await aDay(a, b, c, d, e);
    const copies = await a.lookups.copiesOf(key);
    expect(institutions(copies)).to.deep.equal(['b.example', 'c.example']);
    const ofB = copies.find(({ record }) => record.node === b.catalogue.node);
    expect(ofB?.institution).to.equal('Test');
    expect(ofB?.reasons).to.include('doi:10.5555/reef.1');
    expect(a.catalogue.feeds.states().map(({ node }) => node)).to.have.members([
      a.catalogue.node,
      d.catalogue.node,
    ]);
    expect(await a.catalogue.holdings.get(ofB?.key ?? '')).to.equal(undefined);
  });

  it('look a record up when its page is asked for, without making anyone wait', async () => {
    await aDay(a, b, c, d, e);
    const [mine] = await a.catalogue.put([aPut(3, work(7))]);
    expect(await a.lookups.copiesOf(mine?.key ?? '')).to.deep.equal([]);
    await until(
      'the copy at b is known',
      async () => (await a.lookups.copiesOf(mine?.key ?? '')).length === 1,
    );
  });

  it('put a tombstone in the place of a copy that was withdrawn', async () => {
    await aDay(a, b, c, d, e);
    await b.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:11', reason: 'Retracted' },
    ]);
    await until('a has heard of it', () => a.sees(b)?.headSeq === b.catalogue.head.seq);
    await a.round();
    expect(institutions(await a.lookups.copiesOf(key))).to.deep.equal(['c.example']);
  });

  it('let a copy go after a day in which its node was not there', async () => {
    await aDay(a, b, c, d, e);
    for (const other of [b, c, d, e]) net.cut(a, other);
    a.time.advance(23 * 60 * 60 * 1_000);
    await a.round();
    expect(institutions(await a.lookups.copiesOf(key))).to.have.length(2);
    a.time.advance(2 * 60 * 60 * 1_000);
    expect(await a.lookups.copiesOf(key)).to.deep.equal([]);
    await a.round();
    expect(await a.store.section('looked-up').keys().all()).to.deep.equal([]);
  });

  it('believe a copy for another day when its node confirms it', async () => {
    await aDay(a, b, c, d, e);
    for (let day = 0; day < 3; day++) {
      await aDay(a, b, c, d, e);
      expect(institutions(await a.lookups.copiesOf(key))).to.deep.equal(['b.example', 'c.example']);
    }
  });

  it('know after a restart what they knew', async () => {
    await aDay(a, b, c, d, e);
    a = await a.restart();
    expect(institutions(await a.lookups.copiesOf(key))).to.deep.equal(['b.example', 'c.example']);
    await aDay(a, b, c, d, e);
    expect(institutions(await a.lookups.copiesOf(key))).to.deep.equal(['b.example', 'c.example']);
  });

  it('show nothing of a node that came to be denied', async () => {
    await aDay(a, b, c, d, e);
    const excluded = a.federation.isExcluded.bind(a.federation);
    a.federation.isExcluded = (node) => node === b.catalogue.node || excluded(node);
    const unfollowed = a.federation.unfollowed.bind(a.federation);
    a.federation.unfollowed = () => unfollowed().filter(({ node }) => node !== b.catalogue.node);
    expect(institutions(await a.lookups.copiesOf(key))).to.deep.equal(['c.example']);
    await a.round();
    const rows = await a.store.section('filters').keys().all();
    expect(rows.filter((row) => row.includes(b.catalogue.node))).to.deep.equal([]);
    expect(rows.filter((row) => row.includes(c.catalogue.node))).not.to.deep.equal([]);
  });
});

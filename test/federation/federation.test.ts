import { expect } from 'chai';
import { GOSSIP_MS } from '../../node/federation/index.ts';
import { isTombstone } from '../../vocab/record.ts';
import { aPut } from '../support/builders.ts';
import { TestClock } from '../support/test-clock.ts';
import { TestNetwork } from '../support/test-network.ts';
import { until } from '../support/until.ts';

const titles = (n: number): Parameters<typeof aPut>[1] => ({ titles: [{ value: `Title ${n}` }] });

describe('federation', () => {
  let net: TestNetwork;
  beforeEach(() => {
    net = new TestNetwork();
  });
  afterEach(async () => {
    await net.close();
  });

  it('brings what a node holds to those it meets', async () => {
    const [a, b] = [await net.member('a'), await net.member('b')];
    await a.catalogue.put(Array.from({ length: 1_200 }, (_, i) => aPut(i)));
    net.link(a, b);
    await until('b has all of a', () => b.hasAllOf(a));
    expect(b.sees(a)).to.include({
      records: 1_200,
      lag: 0,
      complete: true,
      base: 'https://a.example',
      followed: true,
    });
  });

  it('stops at once while a stream to another node cannot be opened', async () => {
    const [a, b] = [await net.member('a'), await net.member('b')];
    b.network.open = (_, __, signal) =>
      new Promise((___, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
      });
    net.link(a, b);
    await a.catalogue.put(Array.from({ length: 100 }, (_, i) => aPut(i)));
    await until('b knows what it lacks', () => (b.sees(a)?.lag ?? 0) > 0);
    await b.federation.stop();
  });

  it('tells of changes as they come, and of a withdrawal', async () => {
    const [a, b] = [await net.member('a'), await net.member('b')];
    net.link(a, b);
    await a.catalogue.put([aPut(1), aPut(2)]);
    await until('b has all of a', () => b.hasAllOf(a));
    const [gone] = await a.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Retracted' },
    ]);
    await until('b has the withdrawal', () => b.hasAllOf(a));
    const holding = await b.catalogue.holdings.get(gone?.key ?? '');
    expect(holding !== undefined && isTombstone(holding) && holding.tombstone.reason).to.equal('Retracted');
  });

  it('brings a feed over others that have it, where the origin is not there', async () => {
    const [a, b, c] = [await net.member('a'), await net.member('b'), await net.member('c')];
    await a.catalogue.put([aPut(1), aPut(2), aPut(3)]);
    net.link(a, b);
    await until('b has all of a', () => b.hasAllOf(a));
    net.cut(a, b);
    net.link(b, c);
    await until('c has all of a', () => c.hasAllOf(a));
    expect(c.sees(a)).to.include({ connected: false, complete: true });
  });

  it('catches up after lost gossip, by heads exchanged in pairs', async () => {
    const clock = new TestClock();
    const [a, b] = [await net.member('a', { clock }), await net.member('b', { clock })];
    net.link(a, b);
    await until('they have met', () => b.sees(a)?.lastContact !== undefined);
    net.hub.deliveries = () => 0;
    await a.catalogue.put([aPut(1)]);
    await until('the round has begun', () => clock.sleeping > 0);
    await until('b has all of a', () => {
      clock.advance(1_000);
      return b.hasAllOf(a);
    });
  });

  it('leaves the last change to gossip for a moment, where it hears of it by an exchange first', async () => {
    const clock = new TestClock();
    const [a, b] = [await net.member('a', { clock }), await net.member('b', { clock })];
    net.link(a, b);
    await a.catalogue.put([aPut(1)]);
    await until('b has all of a', () => {
      clock.advance(100);
      return b.hasAllOf(a);
    });
    clock.advance(GOSSIP_MS);
    net.hub.deliveries = () => 0;
    await a.catalogue.put([aPut(2)]);
    await until('b has heard of it', () => {
      clock.advance(500);
      return b.sees(a)?.headSeq === 2;
    });
    clock.advance(GOSSIP_MS / 2);
    await until('what was to be done is done', () => clock.sleeping > 0);
    expect(b.catalogue.feeds.state(a.catalogue.node)?.seq).to.equal(1);
    await until('b has all of a', () => {
      clock.advance(500);
      return b.hasAllOf(a);
    });
  });

  it('is not disturbed by messages that come several times', async () => {
    const [a, b] = [await net.member('a'), await net.member('b')];
    net.hub.deliveries = () => 3;
    net.link(a, b);
    for (let i = 0; i < 5; i++) {
      await a.catalogue.put([aPut(1, titles(i))]);
      await until('b has all of a', () => b.hasAllOf(a));
    }
    expect(b.catalogue.feeds.state(a.catalogue.node)).to.include({ seq: 5, live: 1 });
  });

  it('converges after a partition, whatever changed on both sides', async () => {
    const members = [
      await net.member('a'),
      await net.member('b'),
      await net.member('c'),
      await net.member('d'),
    ];
    const [a, b, c, d] = members as [
      (typeof members)[0],
      (typeof members)[0],
      (typeof members)[0],
      (typeof members)[0],
    ];
    net.link(a, b);
    net.link(c, d);
    for (const [i, member] of members.entries()) await member.catalogue.put([aPut(i), aPut(10 + i)]);
    await until('the sides agree', () => b.hasAllOf(a) && c.hasAllOf(d));
    net.link(b, c);
    await until('all have all', () => members.every((x) => members.every((y) => x === y || x.hasAllOf(y))));
  });

  describe('follow rules', () => {
    it('keep out who is on the deny list', async () => {
      const a = await net.member('a');
      const b = await net.member('b', { rules: { deny: [a.catalogue.node] } });
      const c = await net.member('c');
      await a.catalogue.put([aPut(1)]);
      net.link(a, b, c);
      await until('c has all of a', () => c.hasAllOf(a));
      await until('b knows of a', () => b.sees(a) !== undefined);
      expect(b.sees(a)).to.include({ followed: false, why: 'deny list', records: 0 });
      expect(b.catalogue.feeds.state(a.catalogue.node)).to.equal(undefined);
    });

    it('follow the listed only, where the mode says so', async () => {
      const a = await net.member('a');
      const b = await net.member('b');
      const c = await net.member('c', { rules: { mode: 'listed', allow: [a.catalogue.node] } });
      await a.catalogue.put([aPut(1)]);
      await b.catalogue.put([aPut(2)]);
      net.link(a, b, c);
      await until('c has all of a', () => c.hasAllOf(a));
      expect(c.sees(b)).to.include({ followed: false, why: 'not on the allow list' });
      expect(c.catalogue.feeds.state(b.catalogue.node)).to.equal(undefined);
    });

    it('do not reach into another network', async () => {
      const [a, b] = [await net.member('a'), await net.member('b', { networks: ['other'] })];
      await a.catalogue.put([aPut(1)]);
      net.link(a, b);
      await until('they have met', () => b.sees(a)?.lastContact !== undefined);
      expect(b.catalogue.feeds.states()).to.have.length(1);
    });
  });
});

import { expect } from 'chai';
import { aPut } from '../../support/builders.ts';
import { TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';
import { Attacker, copyOf } from './attacker.ts';

describe('a relay that holds back', () => {
  let net: TestNetwork;
  let origin: TestMember;
  let honest: TestMember;
  let victim: TestMember;
  let relay: Attacker;

  beforeEach(async () => {
    net = new TestNetwork();
    [origin, honest, victim] = [
      await net.member('origin'),
      await net.member('honest'),
      await net.member('victim'),
    ];
    relay = new Attacker(net);
    await relay.start();
    await origin.catalogue.put([aPut(1), aPut(2), aPut(3)]);
    net.link(origin, honest);
    await until('the honest relay has all', () => honest.hasAllOf(origin));
    net.cut(origin, honest);
  });
  afterEach(async () => {
    await relay.network.stop();
    await net.close();
  });

  async function isMendedByAnother(): Promise<void> {
    net.link(victim, honest);
    await until('the victim has all', () => victim.hasAllOf(origin));
    expect(victim.reputation.refusals(honest.catalogue.node)).to.deep.equal([]);
  }

  it('is found out when it leaves out an entry, whichever', async () => {
    const { head, entries } = await copyOf(origin);
    relay.holds({ head, entries: entries.slice(0, -1) });
    relay.attach(victim);
    await until('it is found out', () => relay.refusedBy(victim).includes('FEED_DIVERGED'));
    expect(victim.sees(origin)?.complete).to.equal(false);
    await isMendedByAnother();
  });

  it('cannot pass off an old state as the newest where another one tells of the newer', async () => {
    relay.holds(await copyOf(origin));
    await origin.catalogue.put([aPut(4)]);
    net.link(origin, honest);
    await until('the honest relay has all', () => honest.hasAllOf(origin));
    net.cut(origin, honest);
    relay.attach(victim);
    await until(
      'the old state is here',
      () => victim.catalogue.feeds.state(origin.catalogue.node)?.seq === 3,
    );
    await isMendedByAnother();
  });

  it('is left for another when it says that it has what it then does not give', async () => {
    const { head } = await copyOf(origin);
    relay.answer((request) => (request.type === 'heads' ? { type: 'heads', heads: [head] } : undefined));
    relay.attach(victim);
    await until('it was asked', () => relay.asked.some(({ type }) => type === 'entries'));
    await isMendedByAnother();
  });

  it('keeps from the feed only those who have no other source', async () => {
    const other = await net.member('other');
    const copy = await copyOf(origin);
    relay.holds(copy);
    relay.attach(other);
    await until('the one has all', () => other.hasAllOf(origin));
    relay.answer(() => undefined);
    relay.attach(victim);
    await until('the victim has asked', () => relay.asked.length > 2);
    expect(victim.hasAllOf(origin)).to.equal(false);
    net.link(other, victim);
    await until('the victim has all by the one that was served', () => victim.hasAllOf(origin));
  });
});

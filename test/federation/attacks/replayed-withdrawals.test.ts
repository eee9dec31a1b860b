import { expect } from 'chai';
import { encodeAnnouncement } from '../../../protocols/heads/index.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { aPut } from '../../support/builders.ts';
import { TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';
import { Attacker, copyOf, HEADS_TOPIC } from './attacker.ts';

const identifier = 'oai:repository.example:1';

describe('a withdrawn record', () => {
  let net: TestNetwork;
  let origin: TestMember;
  let follower: TestMember;
  let attacker: Attacker;
  let key: string;
  let old: Awaited<ReturnType<typeof copyOf>>;

  /** The record is withdrawn, and the attacker has kept what was signed before. */
  beforeEach(async () => {
    net = new TestNetwork();
    [origin, follower] = [await net.member('origin'), await net.member('follower')];
    attacker = new Attacker(net);
    await attacker.start();
    [key = ''] = (await origin.catalogue.put([aPut(1), aPut(2)])).map((one) => one.key);
    old = await copyOf(origin);
    net.link(origin, follower);
    await until('the follower has the records', () => follower.hasAllOf(origin));
    await origin.catalogue.put([{ type: 'withdraw', oaiIdentifier: identifier, reason: 'Retracted' }]);
    await until('the follower has the withdrawal', () => follower.hasAllOf(origin));
    net.cut(origin, follower);
    attacker.holds(old);
  });
  afterEach(async () => {
    await attacker.network.stop();
    await net.close();
  });

  async function staysWithdrawn(member: TestMember): Promise<void> {
    const holding = await member.catalogue.holdings.get(key);
    expect(holding !== undefined && isTombstone(holding)).to.equal(true);
  }

  it('does not come back by the old head and its page, from any holder', async () => {
    attacker.attach(follower);
    await until('it was told', () => attacker.asked.some(({ type }) => type === 'heads'));
    await follower.catalogue.accept(old.head, old.entries);
    expect(await follower.catalogue.confirm(old.head)).to.equal('stale');
    await staysWithdrawn(follower);
    expect(follower.hasAllOf(origin)).to.equal(true);
  });

  it('does not come back by the old announcement, as whoever', async () => {
    attacker.attach(follower);
    const message = encodeAnnouncement({ head: old.head, after: 0, changes: old.entries });
    await attacker.network.publish(HEADS_TOPIC, message);
    await attacker.network.publishAs(origin.catalogue.node, HEADS_TOPIC, message);
    expect(follower.network.verdicts.slice(-2)).to.deep.equal(['reject', 'ignore']);
    await staysWithdrawn(follower);
  });

  it('does not come back after a restart', async () => {
    const { identity, directory } = follower;
    await follower.leave();
    follower = await net.member('follower', { identity, directory });
    attacker.attach(follower);
    await until('it was told', () => follower.sees(origin)?.lag === 0 && attacker.asked.length > 0);
    await follower.catalogue.accept(old.head, old.entries);
    await staysWithdrawn(follower);
  });

  it('does not come back where its feed was dropped and is followed again, by an old copy only', async () => {
    const { identity, directory } = follower;
    await follower.catalogue.drop(origin.catalogue.node);
    await follower.leave();
    follower = await net.member('follower', { identity, directory });
    attacker.attach(follower);
    await until('the old copy is refused', () => attacker.refusedBy(follower).includes('FEED_STALE'));
    expect(await follower.catalogue.holdings.get(key)).to.equal(undefined);
    expect(follower.reputation.isRefused(attacker.node), 'an honest holder may be late').to.equal(false);

    net.link(origin, follower);
    await until('the feed is here as it is now', () => follower.hasAllOf(origin));
    await staysWithdrawn(follower);
  });
});

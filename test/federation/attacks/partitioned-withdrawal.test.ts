import { expect } from 'chai';
import { isTombstone } from '../../../vocab/record.ts';
import { aPut } from '../../support/builders.ts';
import { TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

describe('a withdrawal', () => {
  let net: TestNetwork;
  beforeEach(() => {
    net = new TestNetwork();
  });
  afterEach(() => net.close());

  it('reaches everyone who is connected, and those away when they come back with their stale copies', async () => {
    const members: TestMember[] = [];
    for (const name of ['origin', 'a', 'b', 'away', 'newcomer']) members.push(await net.member(name));
    const [origin, a, b, away, newcomer] = members as [
      TestMember,
      TestMember,
      TestMember,
      TestMember,
      TestMember,
    ];
    const [put] = await origin.catalogue.put([aPut(1), aPut(2)]);
    const isGoneAt = async (member: TestMember): Promise<boolean> => {
      const holding = await member.catalogue.holdings.get(put?.key ?? '');
      return holding !== undefined && isTombstone(holding);
    };
    net.link(origin, a, b, away);
    await until('all have it', () => [a, b, away].every((one) => one.hasAllOf(origin)));
    for (const other of [origin, a, b]) net.cut(away, other);

    await origin.catalogue.put([
      { type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'Retracted' },
    ]);
    // By gossip, without any round of heads: within the announcer's pause of 30 ms.
    await until('who is connected has it', async () => (await isGoneAt(a)) && (await isGoneAt(b)));

    // One that is away serves its old copy to a newcomer, as it cannot know better.
    net.link(away, newcomer);
    await until(
      'the newcomer has the old copy',
      () => newcomer.hasAllOf(away) && newcomer.sees(origin)?.seq === 2,
    );
    expect(await isGoneAt(newcomer)).to.equal(false);

    net.link(newcomer, a);
    await until('the newcomer has it', () => isGoneAt(newcomer));
    await until('and by it the one that was away', () => isGoneAt(away));
    for (const member of members) expect(await isGoneAt(member)).to.equal(true);
    for (const member of [a, newcomer])
      expect(member.reputation.refusals(away.catalogue.node)).to.deep.equal([]);
  });
});

import { expect } from 'chai';
import { ForkError } from '../../../node/catalogue/index.ts';
import { encodeAnnouncement } from '../../../protocols/heads/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';
import { aHead, Attacker, copyOf, HEADS_TOPIC, signedAnew } from './attacker.ts';
import { systemClock } from '../../../node/clock.ts';

const base = 'https://evil.example';

describe('two entries signed for one place', () => {
  const identity = Identity.generate();
  let net: TestNetwork;
  let member: TestMember;
  let histories: [TestCatalogue, TestCatalogue];

  beforeEach(async () => {
    net = new TestNetwork();
    member = await net.member('member');
    const clock = { ...systemClock, sleep: () => Promise.resolve() };
    histories = [await aCatalogue({ identity, base, clock }), await aCatalogue({ identity, base, clock })];
    await histories[0].catalogue.put([aPut(1), aPut(2)]);
    await histories[1].catalogue.put([aPut(3), aPut(4), aPut(5)]);
  });
  afterEach(async () => {
    await net.close();
    for (const history of histories) await history.close();
  });

  const why = (): string | undefined =>
    member.federation.peers().find(({ node }) => node === identity.node)?.why;

  async function takeFirst(): Promise<void> {
    const { head, entries } = await copyOf(histories[0]);
    await member.catalogue.accept(head, entries);
    expect(await member.catalogue.confirm(head)).to.equal('complete');
  }

  async function codeOf(act: () => Promise<unknown>): Promise<unknown> {
    return await act().then(
      () => 'nothing was thrown',
      (error: unknown) => (error instanceof ForkError ? error.fork.kind : error),
    );
  }

  it('are found out where the one is here and the other comes', async () => {
    await takeFirst();
    const { head, entries } = await copyOf(histories[1]);
    expect(await codeOf(() => member.catalogue.accept(head, entries))).to.equal('entries');
    expect(member.catalogue.feeds.state(identity.node)?.live, 'nothing is taken in').to.equal(2);
  });

  it('are found out in one message, so that no copy here has fewer entries than its head counts', async () => {
    const { head, entries } = await copyOf(histories[0]);
    const [first, second] = entries;
    if (first === undefined || second === undefined) throw new Error('no entries');
    const twin = { block: second.block, entry: signedAnew(identity, second.entry, { seq: first.entry.seq }) };
    expect(await codeOf(() => member.catalogue.accept(head, [first, twin]))).to.equal('entries');
    expect(member.catalogue.feeds.state(identity.node)).to.equal(undefined);
  });

  it('are found out by a head that contradicts the one under which the copy was whole', async () => {
    await takeFirst();
    const other = aHead(identity, { seq: 2, live: 2, setDigest: 'ab'.repeat(32) });
    expect(await codeOf(() => member.catalogue.confirm(other))).to.equal('heads');
  });

  it('are no fault of who carries them: the feed is in quarantine, and the carrier is not blamed', async () => {
    await takeFirst();
    await member.federation.stop();
    await member.federation.start();
    const carrier = new Attacker(net);
    await carrier.start();
    // Beyond what is here the second history goes on; only then it is read from its beginning, and contradicts.
    carrier.holds(await copyOf(histories[1]));
    carrier.attach(member);
    await until('it is proved', () => why() === 'two histories');
    expect(carrier.refusedBy(member)).to.deep.equal([]);
    await carrier.network.stop();
  });

  it('are found out when they come by gossip', async () => {
    await takeFirst();
    const author = net.hub.member(identity.node);
    await author.start();
    net.hub.link(identity.node, member.catalogue.node);
    const { head, entries } = await copyOf(histories[1]);
    await author.publish(HEADS_TOPIC, encodeAnnouncement({ head, after: 0, changes: entries }));
    await until('it is proved', () => why() === 'two histories');
    await author.stop();
  });

  it('are forgiven by the operator’s word, and the feed is read anew as the node tells it now', async () => {
    await takeFirst();
    const { head, entries } = await copyOf(histories[1]);
    const author = net.hub.member(identity.node);
    await author.start();
    net.hub.link(identity.node, member.catalogue.node);
    await author.publish(HEADS_TOPIC, encodeAnnouncement({ head, after: 0, changes: entries }));
    await until('it is proved', () => why() === 'two histories');
    await author.stop();

    const carrier = new Attacker(net);
    await carrier.start();
    carrier.holds({ head, entries });
    carrier.attach(member);
    await until('it was told who has it', () => carrier.asked.length > 0);
    expect(await member.federation.forgive(identity.node)).to.equal(true);
    await until('the second history is here', () => {
      const state = member.catalogue.feeds.state(identity.node);
      return state?.live === 3 && state.head?.seq === 3;
    });
    expect(why()).to.equal('network');
    await carrier.network.stop();
  });
});

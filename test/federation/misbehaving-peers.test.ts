import { expect } from 'chai';
import { Identity } from '../../node/identity/index.ts';
import {
  encodeAnnouncement,
  leafOf,
  SetDigest,
  signEntries,
  signHead,
  type SignedHead,
} from '../../protocols/heads/index.ts';
import {
  decodeFrame,
  encodeFrame,
  REPLICATION_PROTOCOL,
  serveReplication,
  type Request,
  type Response,
} from '../../protocols/replication/index.ts';
import { aPut } from '../support/builders.ts';
import type { MemoryNetwork } from '../support/memory-network.ts';
import { aCatalogue } from '../support/test-catalogue.ts';
import { TestNetwork, type TestMember } from '../support/test-network.ts';
import { until } from '../support/until.ts';

const HEADS = '/ngr/1/heads/test';

/** A head with the given parts, signed by the identity. */
function aHead(identity: Identity, parts: Partial<SignedHead> = {}): SignedHead {
  const setDigest = SetDigest.empty().digest();
  const head = {
    base: 'https://evil.example',
    name: 'Evil',
    networks: ['test'],
    seq: 0,
    live: 0,
    setDigest,
    time: Date.now(),
    ...parts,
  };
  return signHead({ ...head, node: identity.node }, identity);
}

describe('a peer that misbehaves', () => {
  let net: TestNetwork;
  let victim: TestMember;
  let honest: TestMember;
  let identity: Identity;
  let attacker: MemoryNetwork;

  beforeEach(async () => {
    net = new TestNetwork();
    victim = await net.member('victim');
    honest = await net.member('honest');
    identity = Identity.generate();
    attacker = net.hub.member(identity.node);
    await attacker.start();
  });
  afterEach(async () => {
    await attacker.stop();
    await net.close();
  });

  const attach = (): void => net.hub.link(identity.node, victim.catalogue.node);
  const refusedCodes = (): string[] => victim.reputation.refusals(identity.node).map(({ code }) => code);

  /** Others are served all the while: what the honest node publishes arrives. */
  async function othersAreServed(): Promise<void> {
    net.link(victim, honest);
    await honest.catalogue.put([aPut(1), aPut(2)]);
    await until('the victim has all of the honest node', () => victim.hasAllOf(honest));
  }

  describe('by gossip', () => {
    const cases: [string, string, 'ignore' | 'reject', () => Promise<Uint8Array>][] = [
      ['garbage', 'HEADS_BAD_ANNOUNCEMENT', 'reject', async () => Buffer.from([1, 2, 3, 255])],
      [
        'JSON that is no announcement',
        'HEADS_BAD_ANNOUNCEMENT',
        'reject',
        async () => Buffer.from('{"type":"Note"}'),
      ],
      ['deep JSON', 'HEADS_BAD_ANNOUNCEMENT', 'reject', async () => Buffer.from('['.repeat(30_000))],
      ['100 kB', 'HEADS_BAD_ANNOUNCEMENT', 'reject', async () => Buffer.alloc(100_000, 0x20)],
      [
        'a head with a wrong signature',
        'FEED_BAD_SIGNATURE',
        'reject',
        async () => {
          const head = { ...aHead(identity), seq: 5 };
          return encodeAnnouncement({ head, after: 5, changes: [] });
        },
      ],
      [
        'the head of another node',
        'FEED_BAD_SIGNATURE',
        'reject',
        async () => encodeAnnouncement({ head: honest.catalogue.head, after: 0, changes: [] }),
      ],
      [
        'a head of an hour ago',
        'HEADS_OTHER_TIME',
        'ignore',
        async () =>
          encodeAnnouncement({
            head: aHead(identity, { time: Date.now() - 3_600_000 }),
            after: 0,
            changes: [],
          }),
      ],
      [
        'a head of an hour to come',
        'HEADS_OTHER_TIME',
        'ignore',
        async () =>
          encodeAnnouncement({
            head: aHead(identity, { time: Date.now() + 3_600_000 }),
            after: 0,
            changes: [],
          }),
      ],
    ];
    for (const [what, code, verdict, message] of cases) {
      it(`is refused ${what}`, async () => {
        attach();
        await attacker.publish(HEADS, await message());
        expect(victim.network.verdicts).to.deep.equal([verdict]);
        expect(refusedCodes()).to.include(code);
        await othersAreServed();
      });
    }

    it('is refused a change that its head does not cover, and a record of another node', async () => {
      await honest.catalogue.put([aPut(1)]);
      const [stolen] =
        (await honest.catalogue.feeds.page(honest.catalogue.node, 0, { entries: 1, bytes: 1 }))?.entries ??
        [];
      if (stolen === undefined) throw new Error('no entry');
      attach();
      const entry = { ...stolen.entry, node: identity.node };
      const [signature = new Uint8Array()] = signEntries([leafOf(entry)], identity);
      const head = aHead(identity, { base: honest.catalogue.base, seq: 1, live: 1 });
      const changes = [{ entry: { ...entry, signature }, block: stolen.block }];
      await attacker.publish(HEADS, encodeAnnouncement({ head, after: 0, changes }));
      await until('the change is refused', () => refusedCodes().includes('FEED_FOREIGN_ENTRY'));
      expect(victim.catalogue.feeds.state(identity.node)).to.equal(undefined);
    });

    it('is not listened to beyond ten announcements a second', async () => {
      attach();
      const message = encodeAnnouncement({ head: aHead(identity), after: 0, changes: [] });
      for (let i = 0; i < 200; i++) await attacker.publish(HEADS, message);
      expect(refusedCodes()).to.include('HEADS_TOO_MANY');
      await othersAreServed();
    });

    it('is cut off when it goes on', async () => {
      attach();
      for (let i = 0; i < 6; i++) await attacker.publish(HEADS, Buffer.from('garbage'));
      await until('it is cut off', () => !victim.network.connected().includes(identity.node));
      expect(victim.reputation.isRefused(identity.node)).to.equal(true);
      await othersAreServed();
    });
  });

  describe('as a source', () => {
    /** The attacker says that it has a feed, and answers the question for its entries as told. */
    function pretend(answer: (request: Request) => AsyncIterable<Response>): void {
      attacker.serve(REPLICATION_PROTOCOL, (_, channel, signal) => serveReplication(channel, answer, signal));
    }

    it('is left for another when it never answers', async () => {
      attacker.serve(REPLICATION_PROTOCOL, () => new Promise(() => undefined));
      attach();
      await until('it is counted', () => refusedCodes().includes('REPLICATION_TIMEOUT'));
      await othersAreServed();
    });

    it('is left for another when it answers garbage', async () => {
      attacker.serve(REPLICATION_PROTOCOL, async (_, channel, signal) => {
        await channel.read(signal);
        await channel.write(Buffer.from([1, 9, 9, 9]), signal);
      });
      attach();
      await until('it is counted', () => refusedCodes().includes('REPLICATION_BAD_FRAME'));
      await othersAreServed();
    });

    it('is found out when it leaves an entry out, and the origin is asked', async () => {
      await honest.catalogue.put([aPut(1), aPut(2), aPut(3)]);
      const { head, node } = honest.catalogue;
      const all = (await honest.catalogue.feeds.page(node, 0, { entries: 10, bytes: 1e6 }))?.entries ?? [];
      const some = all.filter(({ entry }) => entry.seq !== 2);
      pretend(async function* (request) {
        if (request.type === 'heads') yield { type: 'heads', heads: [head] };
        else if (request.type === 'entries') yield { type: 'page', head, entries: some, more: false };
        else yield { type: 'usage', nodes: [], more: false };
      });
      attach();
      await until('it is found out', () => refusedCodes().includes('FEED_DIVERGED'));
      expect(victim.hasAllOf(honest)).to.equal(false);
      net.link(victim, honest);
      await until('the feed is whole', () => victim.hasAllOf(honest));
    });

    it('cannot say by a forged head that the node’s own data are old', async () => {
      const forged = { ...victim.catalogue.head, seq: 1_000 };
      pretend(async function* (request) {
        if (request.type === 'heads') yield { type: 'heads', heads: [forged] };
        else yield { type: 'absent' };
      });
      attach();
      await until('it is counted', () => refusedCodes().includes('FEED_BAD_SIGNATURE'));
    });

    it('cannot make the node loop by pages without end', async () => {
      await honest.catalogue.put([aPut(1)]);
      const { head } = honest.catalogue;
      pretend(async function* (request) {
        if (request.type === 'heads') yield { type: 'heads', heads: [head] };
        else yield { type: 'page', head, entries: [], more: true };
      });
      attach();
      await until('it is counted', () => refusedCodes().includes('FEED_BAD_ORDER'));
    });
  });

  it('does not get others blamed by signing two feeds', async () => {
    const base = 'https://evil.example';
    const forks = [await aCatalogue({ identity, base }), await aCatalogue({ identity, base })] as const;
    try {
      await forks[0].catalogue.put([aPut(1)]);
      await forks[1].catalogue.put([aPut(2), aPut(3)]);
      for (const [member, fork] of [
        [victim, forks[0]],
        [honest, forks[1]],
      ] as const) {
        const page = await fork.catalogue.feeds.page(identity.node, 0, { entries: 10, bytes: 1e6 });
        if (page === undefined) throw new Error('no page');
        await member.catalogue.accept(page.head, page.entries);
        expect(await member.catalogue.confirm(page.head)).to.equal('complete');
      }
      net.link(victim, honest);
      const evil = (): string | undefined =>
        victim.federation.peers().find(({ node }) => node === identity.node)?.why;
      await until('it is found out', () => evil() === 'two histories');
      await othersAreServed();
      expect(victim.reputation.refusals(honest.catalogue.node)).to.deep.equal([]);
    } finally {
      for (const fork of forks) await fork.close();
    }
  });

  it('gets an error for a question that is none, and is counted', async () => {
    attach();
    const channel = await attacker.open(
      victim.catalogue.node,
      REPLICATION_PROTOCOL,
      AbortSignal.timeout(1_000),
    );
    await channel.write(await encodeFrame(['give', 'me', 'everything']), AbortSignal.timeout(1_000));
    const answer = await decodeFrame(await channel.read(AbortSignal.timeout(1_000)));
    expect(answer).to.deep.equal(['error', 'REPLICATION_BAD_MESSAGE']);
    await until('it is counted', () => refusedCodes().includes('REPLICATION_BAD_MESSAGE'));
    await othersAreServed();
  });
});

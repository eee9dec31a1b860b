import { expect } from 'chai';
import {
  decodeFrame,
  encodeFrame,
  REPLICATION_PROTOCOL,
  type FrameChannel,
  type Request,
} from '../../../protocols/replication/index.ts';
import { requestFromWire } from '../../../protocols/replication/messages.ts';
import { aPut } from '../../support/builders.ts';
import { TestClock } from '../../support/test-clock.ts';
import { TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';

type EntriesRequest = Extract<Request, { type: 'entries' }>;

const records = (from: number, length: number): ReturnType<typeof aPut>[] =>
  Array.from({ length }, (_, i) => aPut(from + i));

/** However busy the machine is. */
const patient = { answerTimeoutMs: 60_000 };

const never = (): Promise<never> => new Promise(() => undefined);

/** Rejects when a node that does not answer is stopped. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

/** Looks at each question for entries of a feed that a member is asked, before it is answered. */
function onEntries(
  member: TestMember,
  feed: TestMember,
  look: (request: EntriesRequest, channel: FrameChannel) => Promise<void> | void,
): void {
  const handler = member.network.handlers.get(REPLICATION_PROTOCOL);
  if (handler === undefined) throw new Error('it serves nothing');
  member.network.serve(REPLICATION_PROTOCOL, (from, channel, signal) => {
    const read = async (limited: AbortSignal): Promise<Uint8Array> => {
      const frame = await channel.read(limited);
      const request = requestFromWire(await decodeFrame(frame));
      if (request.type === 'entries' && request.node === feed.catalogue.node)
        await Promise.race([look(request, channel), ended(limited)]);
      return frame;
    };
    const looked: FrameChannel = {
      read,
      write: (frame, limited) => channel.write(frame, limited),
      abort: (reason) => channel.abort(reason),
    };
    return handler(from, looked, signal);
  });
}

describe('a long gap', () => {
  let net: TestNetwork;
  let origin: TestMember;
  let holders: [TestMember, TestMember, TestMember];

  beforeEach(async () => {
    net = new TestNetwork();
    origin = await net.member('origin', patient);
    holders = [
      await net.member('holder1', patient),
      await net.member('holder2', patient),
      await net.member('holder3', patient),
    ];
    await origin.catalogue.put(records(0, 700));
    await origin.catalogue.put(records(700, 1_400));
    for (const holder of holders) net.link(origin, holder);
    await until('the holders have all', () => holders.every((holder) => holder.hasAllOf(origin)));
    for (const holder of holders) net.cut(origin, holder);
  });
  afterEach(() => net.close());

  const refusals = (by: TestMember, of: TestMember): string[] =>
    by.reputation.refusals(of.catalogue.node).map(({ code }) => code);

  it('is fetched from several holders side by side', async () => {
    const follower = await net.member('follower', patient);
    const asked = new Set<TestMember>();
    for (const holder of holders) onEntries(holder, origin, () => void asked.add(holder));
    net.link(follower, ...holders);
    await until('the follower has all', () => follower.hasAllOf(origin));
    expect(asked.size).to.be.greaterThan(1);
  });

  it('is whole though a holder sends what is no page, which is noted against it alone', async () => {
    const follower = await net.member('follower', patient);
    let bad: TestMember | undefined;
    for (const holder of holders) {
      onEntries(holder, origin, async (_, channel) => {
        bad ??= holder;
        if (bad !== holder) return;
        await channel.write(await encodeFrame(['page', 'no head', [], false]), AbortSignal.timeout(1_000));
      });
    }
    net.link(follower, ...holders);
    await until('the follower has all', () => follower.hasAllOf(origin));
    for (const holder of holders)
      expect(refusals(follower, holder).includes('HEADS_BAD_HEAD')).to.equal(holder === bad);
  });

  it('is whole though a holder never answers', async () => {
    const follower = await net.member('follower', { answerTimeoutMs: 1_000 });
    onEntries(holders[0], origin, never);
    net.link(follower, ...holders);
    await until('the follower has all', () => follower.hasAllOf(origin));
  });

  it('is asked of others when a holder is late, and nothing is noted against it', async () => {
    const clock = new TestClock();
    const follower = await net.member('follower', { ...patient, clock });
    let slow: TestMember | undefined;
    for (const holder of holders) {
      onEntries(holder, origin, async () => {
        slow ??= holder;
        if (slow === holder) await never();
      });
    }
    net.link(follower, ...holders);
    await until('one was asked', () => slow !== undefined);
    await until('the follower has all', () => {
      clock.advance(1_000);
      return follower.hasAllOf(origin);
    });
    for (const holder of holders) expect(refusals(follower, holder)).to.deep.equal([]);
  });

  it('is gone on with where it was broken off', async () => {
    const follower = await net.member('follower', patient);
    const [broken, another] = holders;
    let questions = 0;
    onEntries(broken, origin, (_, channel) => {
      if (++questions > 3) channel.abort(new Error('broken off'));
    });
    net.link(follower, broken);
    const had = (): number => follower.catalogue.feeds.state(origin.catalogue.node)?.seq ?? 0;
    await until('something is there, and no more comes', () => questions > 3 && had() > 0);
    net.cut(follower, broken);
    const before = had();
    const places: number[] = [];
    onEntries(another, origin, ({ after }) => void places.push(after));
    net.link(follower, another);
    await until('the follower has all', () => follower.hasAllOf(origin));
    expect(Math.min(...places)).to.be.at.least(before);
  });
});

describe('slow origins', () => {
  it('do not hold up the feeds of others, however many they are', async () => {
    const net = new TestNetwork();
    try {
      const follower = await net.member('follower', patient);
      let asked = 0;
      for (let i = 0; i < 8; i++) {
        const slow = await net.member(`slow${i}`);
        await slow.catalogue.put(records(0, 3));
        onEntries(slow, slow, async () => {
          asked += 1;
          await never();
        });
        net.link(follower, slow);
      }
      await until('all slow ones were asked', () => asked >= 8);
      const quick = await net.member('quick', patient);
      await quick.catalogue.put(records(0, 600));
      net.link(follower, quick);
      await until('the quick one is there', () => follower.hasAllOf(quick));
    } finally {
      await net.close();
    }
  });

  it('do not hold up the end of a node that still waits for their answers', async () => {
    const net = new TestNetwork();
    try {
      const clock = new TestClock();
      const start = clock.now();
      const follower = await net.member('follower', { ...patient, clock });
      const slow = await net.member('slow');
      await slow.catalogue.put(records(0, 3));
      let asked = false;
      onEntries(slow, slow, async () => {
        asked = true;
        await never();
      });
      net.link(follower, slow);
      await until('the slow one was asked', () => asked);
      // A round of heads that stands behind the answer.
      await until('a round has begun', () => {
        clock.advance(1_000);
        return clock.now() - start > 120_000;
      });
      let left = false;
      void follower.leave().then(() => (left = true));
      await until('the follower has ended', () => left);
    } finally {
      await net.close();
    }
  });
});

import { expect } from 'chai';
import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants } from 'node:zlib';
import { encodeAnnouncement } from '../../../protocols/heads/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { Serving } from '../../../node/federation/replication/serving.ts';
import {
  decodeFrame,
  encodeFrame,
  limits,
  REPLICATION_PROTOCOL,
  ReplicationClient,
} from '../../../protocols/replication/index.ts';
import { aPut } from '../../support/builders.ts';
import { TestClock } from '../../support/test-clock.ts';
import { noUsage, TestNetwork, type TestMember } from '../../support/test-network.ts';
import { until } from '../../support/until.ts';
import { aHead, Attacker, HEADS_TOPIC, inventedHeads } from './attacker.ts';

const quickly = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

describe('a flood', () => {
  let net: TestNetwork;
  let victim: TestMember;
  let honest: TestMember;
  let attacker: Attacker;

  async function join(options: Parameters<TestNetwork['member']>[1] = {}): Promise<void> {
    honest = await net.member('honest');
    const rules = { ...options.rules, allow: [honest.catalogue.node] };
    victim = await net.member('victim', { ...options, rules });
    attacker = new Attacker(net);
    await attacker.start();
  }

  beforeEach(() => {
    net = new TestNetwork();
  });
  afterEach(async () => {
    await attacker.network.stop();
    await net.close();
  });

  async function othersAreServed(): Promise<void> {
    net.link(victim, honest);
    await honest.catalogue.put([aPut(1), aPut(2)]);
    await until('the victim has all of the honest node', () => victim.hasAllOf(honest));
  }

  async function open(): Promise<ReplicationClient> {
    const signal = AbortSignal.timeout(1_000);
    return new ReplicationClient(
      await attacker.network.open(victim.catalogue.node, REPLICATION_PROTOCOL, signal),
    );
  }

  it('of announcements by ever new nodes is passed on up to a bound, and those who are followed are heard', async () => {
    await join({ clock: new TestClock(Date.now()), rules: { mode: 'listed' } });
    attacker.attach(victim);
    for (const head of inventedHeads(1_100)) {
      const message = encodeAnnouncement({ head, after: 0, changes: [] });
      await attacker.network.publishAs(head.node, HEADS_TOPIC, message);
    }
    const { verdicts } = victim.network;
    expect(verdicts.filter((verdict) => verdict === 'accept')).to.have.length(1_000);
    expect(verdicts.slice(-100).every((verdict) => verdict === 'ignore')).to.equal(true);
    await othersAreServed();
    await until('its announcement is heard', () => verdicts.at(-1) === 'accept');
  });

  it('of heads of invented nodes is taken at a bounded rate', async () => {
    const clock = new TestClock(Date.now());
    await join({ clock, rules: { mode: 'listed' }, answerTimeoutMs: 10_000 });
    attacker.answer(() => undefined);
    attacker.attach(victim);
    const client = await open();
    const heads = inventedHeads(100);
    const full = Array.from(
      { length: limits.heads },
      (_, i) => heads[i % heads.length] ?? aHead(attacker.identity),
    );
    // A whole network at once is taken as it comes; then the next has to wait.
    for (let i = 0; i < 9; i++) await client.heads(full);
    let isAnswered = false;
    const slow = client.heads(full).finally(() => {
      isAnswered = true;
    });
    await until('it waits', () => clock.sleeping > 0);
    await othersAreServed();
    expect(isAnswered).to.equal(false);
    clock.advance(60_000);
    await slow;
    client.end();
  });

  it('of questions whose usage is known is cut off', async () => {
    let served = 0;
    const usage = {
      ...noUsage,
      marks: () => {
        served += 1;
        return noUsage.marks();
      },
    };
    await join({ usage });
    attacker.answer(() => undefined);
    attacker.attach(victim);
    const client = await open();
    const ask = async (): Promise<void> => {
      for (let i = 0; i < 100; i++) await client.usage('', () => undefined);
    };
    const error = await ask().then(
      () => undefined,
      (cause: unknown) => cause,
    );
    expect(error).to.not.equal(undefined);
    await until('it is counted', () => attacker.refusedBy(victim).includes('USAGE_TOO_MANY'));
    expect(served).to.be.at.most(15);
    await othersAreServed();
  });

  it('of questions for entries is served one after another, at so many bytes a second', async () => {
    await join();
    const clock = new TestClock();
    let read = 0;
    const encoded = new Uint8Array(1_000_000);
    const head = aHead(attacker.identity);
    const feeds = {
      page: () => {
        read += 1;
        return Promise.resolve({ head, entries: [{ encoded }], more: false });
      },
    };
    const serving = new Serving({ feeds, clock });
    const question = { type: 'entries', node: head.node, after: 0, upTo: 1, limit: 500 } as const;
    const asked = (async () => {
      for (let i = 0; i < 200; i++)
        for await (const page of serving.page('greedy', question, AbortSignal.timeout(60_000)))
          expect(page.type).to.equal('page');
    })();
    await until('it waits', () => clock.sleeping > 0);
    expect(read).to.be.at.most(60);
    const other = await serving.page('other', question, AbortSignal.timeout(60_000)).next();
    expect(other.done, 'another one is served at once').to.equal(false);
    await until('all is read in the end', () => {
      clock.advance(60_000);
      return read === 201;
    });
    await asked;
  });

  it('of pages that unfold is refused before it is unfolded', async () => {
    await join();
    const bomb = Buffer.concat([
      Uint8Array.of(1),
      brotliCompressSync(Buffer.alloc(64 * 1024 * 1024), quickly),
    ]);
    expect(bomb.length).to.be.below(100_000);
    const code = await decodeFrame(bomb).then(
      () => undefined,
      (error: { code?: string }) => error.code,
    );
    expect(code).to.equal('REPLICATION_BAD_FRAME');
    attacker.attach(victim);
    const signal = AbortSignal.timeout(5_000);
    const channel = await attacker.network.open(victim.catalogue.node, REPLICATION_PROTOCOL, signal);
    await channel.write(bomb, signal);
    expect(await decodeFrame(await channel.read(signal))).to.deep.equal(['error', 'REPLICATION_BAD_FRAME']);
    await until('it is counted', () => attacker.refusedBy(victim).includes('REPLICATION_BAD_FRAME'));
    await othersAreServed();
  });

  it('of what is garbage ends by cutting off who sends it, and no other', async () => {
    await join();
    attacker.attach(victim);
    for (let i = 0; i < 10; i++) await attacker.network.publish(HEADS_TOPIC, randomBytes(1_000));
    await until('it is cut off', () => !victim.network.connected().includes(attacker.node));
    const innocent = Identity.generate().node;
    expect(victim.reputation.isRefused(attacker.node)).to.equal(true);
    expect(victim.reputation.isRefused(innocent)).to.equal(false);
    expect(await encodeFrame(['heads', []])).to.have.length.below(20);
    await othersAreServed();
  });
});

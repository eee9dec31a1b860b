import { Registry } from 'prom-client';
import { Lookups, WorkKeyIndex } from '../../../node/federation/index.ts';
import { SignatureVerifier } from '../../../protocols/heads/index.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import type { TestMember, TestNetwork } from '../../support/test-network.ts';

/** A member that looks up what those hold that it does not follow. */
export interface LookupMember extends TestMember {
  lookups: Lookups;
  /** Own clock of its lookups: rounds come when the test says so. */
  time: TestClock;
  /** Reads the log to its end, and does what is done every minute. */
  round(): Promise<void>;
  /** Stops the lookups and starts them anew over the same store. */
  restart(): Promise<LookupMember>;
}

/** A member that follows only whom it is told to. */
export async function aLookupMember(
  net: TestNetwork,
  name: string,
  follows: readonly TestMember[] = [],
): Promise<LookupMember> {
  const allow = follows.map(({ catalogue }) => catalogue.node);
  const member = await net.member(name, { rules: { mode: 'listed', allow } });
  return await withLookups(member, new TestClock());
}

async function withLookups(member: TestMember, time: TestClock): Promise<LookupMember> {
  const index = new WorkKeyIndex({ node: member.catalogue.node });
  const runner = await member.run(index);
  const lookups = new Lookups({
    catalogue: member.catalogue,
    network: member.network,
    nodes: member.federation,
    index,
    signer: member.identity,
    verifier: new SignatureVerifier(),
    filters: member.store.section('filters'),
    lookedUp: member.store.section('looked-up'),
    registry: new Registry(),
    answerTimeoutMs: 1_000,
    // No time passes by itself: rounds come by `round`.
    clock: { now: () => time.now(), steady: () => time.now(), sleep: untilAborted },
    log: silentLog,
  });
  await lookups.start();
  const close = member.close.bind(member);
  return Object.assign(member, {
    lookups,
    time,
    round: async () => {
      await runner.caughtUp();
      await lookups.round();
    },
    restart: async () => {
      await lookups.stop();
      return await withLookups(Object.assign(member, { close }), time);
    },
    close: async () => {
      await lookups.stop();
      await close();
    },
  });
}

/** Within a day everyone's filter is made, and everyone visits those it knows. */
export async function aDay(...members: LookupMember[]): Promise<void> {
  for (const hours of [10, 11]) {
    for (const { time } of members) time.advance(hours * 60 * 60 * 1_000);
    for (const member of members) await member.round();
  }
}

function untilAborted(_: number, signal?: AbortSignal): Promise<void> {
  return new Promise((__, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
}

import { Registry } from 'prom-client';
import {
  Federation,
  Reputation,
  type FollowRules,
  type Proofs,
  type Quota,
  type UsageSummaries,
} from '../../node/federation/index.ts';
import { systemClock, type Clock } from '../../node/clock.ts';
import type { Identity } from '../../node/identity/index.ts';
import { aCatalogue, silentLog, type TestCatalogue } from './test-catalogue.ts';
import { MemoryHub, type MemoryNetwork } from './memory-network.ts';

/** A node's catalogue and federation, over a network in memory. */
export interface TestMember extends TestCatalogue {
  federation: Federation;
  network: MemoryNetwork;
  reputation: Reputation;
  /** Its view of another member. */
  sees(other: TestMember): ReturnType<Federation['peers']>[number] | undefined;
  /** Whether it has all of another member's feed, as it is now. */
  hasAllOf(other: TestMember): boolean;
  /** Ends it, and leaves its data in its directory. */
  leave(): Promise<void>;
}

export const noUsage: UsageSummaries = {
  marks: () => new Map(),
  statesOf: () => new Map(),
  async *lackingIn() {
    // Nothing is counted.
  },
  accept: () => Promise.resolve('known'),
  wantedWorks: () => [],
  worksPages: () => Promise.resolve(undefined),
  acceptWorks: () => Promise.resolve(false),
  forget: () => Promise.resolve(),
  onOwnSummary: () => () => undefined,
};

/** Nobody's domain is asked. */
export const noProofs: Proofs = {
  of: () => 'unchecked',
  profile: () => undefined,
  successor: () => undefined,
  predecessors: () => [],
  isWaiting: () => false,
  want: () => undefined,
  onChange: () => undefined,
};

/** Members that join and leave; `close` ends them all. */
export class TestNetwork {
  readonly hub = new MemoryHub();
  readonly #members: TestMember[] = [];

  async member(
    name: string,
    options: {
      rules?: Partial<FollowRules>;
      clock?: Clock;
      usage?: UsageSummaries;
      networks?: readonly string[];
      quota?: Partial<Quota>;
      proofs?: Proofs;
      answerTimeoutMs?: number;
      base?: string;
      /** Those of a member that left. */
      identity?: Identity;
      /** Whether nobody can have heard of it; so it is, unless an identity is given. */
      isKeyNew?: boolean;
      directory?: string;
    } = {},
  ): Promise<TestMember> {
    const clock = options.clock ?? systemClock;
    const networks = options.networks ?? ['test'];
    const { identity, directory } = options;
    const test = await aCatalogue({
      base: options.base ?? `https://${name}.example`,
      networks,
      clock,
      ...(identity !== undefined && { identity }),
      ...(directory !== undefined && { directory }),
    });
    const network = this.hub.member(test.catalogue.node);
    const reputation = new Reputation({ clock });
    const federation = new Federation({
      catalogue: test.catalogue,
      isKeyNew: options.isKeyNew ?? identity === undefined,
      network,
      networks,
      rules: { mode: 'network', networks, proof: 'shown', allow: [], deny: [], ...options.rules },
      quota: { records: 1e9, megabytes: 1e6, entriesPerSecond: 1e6, ...options.quota },
      proofs: options.proofs ?? noProofs,
      section: test.store.section('forks'),
      usage: options.usage ?? noUsage,
      reputation,
      registry: new Registry(),
      clock,
      random: () => 0.5,
      answerTimeoutMs: options.answerTimeoutMs ?? 1_000,
      log: silentLog,
    });
    await federation.start();
    const sees = (other: TestMember): ReturnType<Federation['peers']>[number] | undefined =>
      federation.peers().find(({ node }) => node === other.catalogue.node);
    const member: TestMember = {
      ...test,
      federation,
      network,
      reputation,
      sees,
      hasAllOf: (other) => {
        const { head, node } = other.catalogue;
        const state = test.catalogue.feeds.state(node);
        return (
          state?.seq === head.seq && state.digest.digest() === head.setDigest && state.head?.seq === head.seq
        );
      },
      leave: async () => {
        this.#members.splice(this.#members.indexOf(member), 1);
        await federation.stop();
        await test.leave();
      },
      close: async () => {
        await federation.stop();
        await test.close();
      },
    };
    this.#members.push(member);
    return member;
  }

  link(...members: TestMember[]): void {
    for (const [i, a] of members.entries()) {
      for (const b of members.slice(i + 1)) this.hub.link(a.catalogue.node, b.catalogue.node);
    }
  }

  cut(a: TestMember, b: TestMember): void {
    this.hub.cut(a.catalogue.node, b.catalogue.node);
  }

  async close(): Promise<void> {
    for (const member of this.#members) await member.close();
  }
}

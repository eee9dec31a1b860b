import { expect } from 'chai';
import type { UsageSummaries } from '../../node/federation/index.ts';
import { Identity } from '../../node/identity/index.ts';
import { signSummary, type SignedSummary } from '../../protocols/usage-summary/index.ts';
import { TestClock } from '../support/test-clock.ts';
import { TestNetwork } from '../support/test-network.ts';
import { until } from '../support/until.ts';

/** Summaries in memory, as the usage part holds them. */
class HeldSummaries implements UsageSummaries {
  readonly #held = new Map<string, SignedSummary>();
  #tell: (summary: SignedSummary) => void = () => undefined;
  /** How many came from other nodes, known ones too. */
  accepted = 0;

  async *held(): AsyncGenerator<SignedSummary> {
    yield* [...this.#held.values()].sort((a, b) => (a.node < b.node ? -1 : 1));
  }

  async accept(summary: SignedSummary): Promise<'new' | 'known'> {
    this.accepted += 1;
    const isKnown = (this.#held.get(summary.node)?.revision ?? 0) >= summary.revision;
    if (!isKnown) this.#held.set(summary.node, summary);
    return isKnown ? 'known' : 'new';
  }

  async forget(node: string): Promise<void> {
    this.#held.delete(node);
  }

  onOwnSummary(listener: (summary: SignedSummary) => void): () => void {
    this.#tell = listener;
    return () => undefined;
  }

  state(summary: SignedSummary): void {
    this.#held.set(summary.node, summary);
    this.#tell(summary);
  }

  revision(node: string): number | undefined {
    return this.#held.get(node)?.revision;
  }
}

describe('usage that gossip lost', () => {
  const net = new TestNetwork();
  after(() => net.close());

  it('comes by an exchange in pairs, and what both hold is not sent again', async () => {
    const clock = new TestClock();
    const [mine, theirs] = [new HeldSummaries(), new HeldSummaries()];
    const identity = Identity.generate();
    const a = await net.member('a', { clock, usage: mine, identity });
    const b = await net.member('b', { clock, usage: theirs });
    const node = a.catalogue.node;
    const passing =
      (condition: () => boolean): (() => boolean) =>
      () => {
        clock.advance(5_000);
        return condition();
      };
    net.link(a, b);
    await until(
      'they have met',
      passing(() => b.sees(a)?.followed === true),
    );
    net.hub.deliveries = () => 0;
    const counts = { month: '2026-01', investigations: 3, requests: 1, time: clock.now() };
    for (const revision of [1, 2]) {
      mine.state(signSummary({ node, revision, ...counts }, identity));
      await until(
        `b has revision ${revision}`,
        passing(() => theirs.revision(node) === revision),
      );
    }
    const { accepted } = theirs;
    const later = clock.now() + 60 * 60_000;
    await until(
      'an hour has passed',
      passing(() => clock.now() > later),
    );
    expect(theirs.accepted).to.equal(accepted);
    expect(b.sees(a)?.refused.filter(({ code }) => code.startsWith('USAGE'))).to.deep.equal([]);
  });
});

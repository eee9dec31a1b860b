import { setImmediate } from 'node:timers/promises';
import { expect } from 'chai';
import * as fc from 'fast-check';
import type { UsageTotals } from '../../../node/analysis/usage/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import type { SignedSummary } from '../../../protocols/usage-summary/index.ts';
import { aSignedSummary, aUsage, codeOf, type UsageFixture } from './usage-fixture.ts';

const DAY = 86_400_000;

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('usage summaries', () => {
  let fixture: UsageFixture;
  const other = Identity.generate();
  const third = Identity.generate();
  beforeEach(async () => {
    fixture = await aUsage();
  });
  afterEach(async () => {
    await fixture.close();
  });

  describe('of this node', () => {
    it('are signed when counts have changed, with a revision that goes up, and not otherwise', async () => {
      await fixture.hit();
      const [first] = await all(fixture.usage.held());
      expect(first).to.deep.include({ month: '2026-11', revision: 1, investigations: 1, requests: 0 });
      fixture.clock.advance(DAY);
      expect(await all(fixture.usage.held())).to.deep.equal([first]);
      await fixture.hit({ kind: 'request' });
      const [second] = await all(fixture.usage.held());
      expect(second).to.deep.include({ revision: 2, investigations: 2, requests: 1 });
    });

    it('are accepted by others', async () => {
      await fixture.hit();
      const [summary] = await all(fixture.usage.held());
      if (summary === undefined) throw new Error('no summary');
      const peer = await aUsage();
      try {
        expect(await peer.usage.accept(summary)).to.equal('new');
        expect((await peer.usage.totals()).investigations).to.equal(1);
      } finally {
        await peer.close();
      }
    });

    it('go on with the next revision after a restart', async () => {
      await fixture.hit();
      await all(fixture.usage.held());
      await fixture.restart();
      expect((await fixture.usage.own())[0]?.revision).to.equal(1);
      await fixture.hit({ address: '192.0.2.2' });
      expect((await fixture.usage.own())[0]?.revision).to.equal(2);
    });

    it('go above a revision that a peer still has from before a restore', async () => {
      await fixture.hit();
      const lost = await aSignedSummary(fixture.test.identity, { revision: 7, investigations: 40 });
      expect(await fixture.usage.accept(lost)).to.equal('new');
      const [summary] = await all(fixture.usage.held());
      expect(summary).to.deep.include({ revision: 8, investigations: 1 });
      expect(await fixture.usage.accept(lost)).to.equal('known');
    });

    it('are told of again where a peer had a higher revision', async () => {
      await fixture.hit();
      const told: SignedSummary[] = [];
      fixture.usage.onOwnSummary((summary) => told.push(summary));
      fixture.usage.start();
      await announced(fixture, () => told.length === 1);
      await fixture.usage.accept(await aSignedSummary(fixture.test.identity, { revision: 7 }));
      await announced(fixture, () => told.length === 2);
      expect(told.map(({ revision, investigations }) => [revision, investigations])).to.deep.equal([
        [1, 1],
        [8, 1],
      ]);
    });

    it('are told of once, some seconds after the first of many changes', async () => {
      const told: SignedSummary[] = [];
      fixture.usage.onOwnSummary((summary) => told.push(summary));
      fixture.usage.start();
      await fixture.hit({ time: fixture.clock.now() - 40 * DAY });
      for (let i = 0; i < 10; i++) await fixture.hit({ address: `192.0.2.${i}` });
      await announced(fixture, () => told.length >= 2);
      expect(told.map(({ month, investigations }) => [month, investigations])).to.deep.equal([
        ['2026-10', 1],
        ['2026-11', 10],
      ]);
      await fixture.hit({ kind: 'request' });
      await announced(fixture, () => told.length >= 3);
      expect(told[2]).to.deep.include({ month: '2026-11', revision: 2, requests: 1 });
    });

    it('are told of also where they were signed because someone asked, or before a restart', async () => {
      await fixture.hit();
      await all(fixture.usage.held());
      await fixture.hit({ kind: 'request' });
      await fixture.restart();
      const told: SignedSummary[] = [];
      fixture.usage.onOwnSummary((summary) => told.push(summary));
      fixture.usage.start();
      await all(fixture.usage.held());
      await announced(fixture, () => told.length > 0);
      expect(told.map(({ revision }) => revision)).to.deep.equal([2]);
    });

    it('are told of to nobody who has left', async () => {
      const told: SignedSummary[] = [];
      const stop = fixture.usage.onOwnSummary((summary) => told.push(summary));
      const stayed: SignedSummary[] = [];
      fixture.usage.onOwnSummary((summary) => stayed.push(summary));
      stop();
      fixture.usage.start();
      await fixture.hit();
      await announced(fixture, () => stayed.length > 0);
      expect(told).to.deep.equal([]);
    });
  });

  describe('of other nodes', () => {
    it('are kept, and replaced by a higher revision only', async () => {
      const [one, two, three] = await Promise.all(
        [1, 2, 3].map((revision) => aSignedSummary(other, { revision, investigations: revision * 10 })),
      );
      if (one === undefined || two === undefined || three === undefined) throw new Error('no summaries');
      expect(await fixture.usage.accept(two)).to.equal('new');
      expect(await fixture.usage.accept(two)).to.equal('known');
      expect(await fixture.usage.accept(one)).to.equal('known');
      expect(await fixture.usage.accept(three)).to.equal('new');
      expect(await all(fixture.usage.held())).to.deep.equal([three]);
      await fixture.restart();
      expect(await all(fixture.usage.held())).to.deep.equal([three]);
    });

    it('are refused where they are not what they say', async () => {
      const good = await aSignedSummary(other);
      const cases: [string, SignedSummary][] = [
        ['USAGE_BAD_SIGNATURE', { ...good, investigations: 1_000 }],
        ['USAGE_BAD_SIGNATURE', { ...good, node: third.node }],
        ['USAGE_BAD_SIGNATURE', { ...good, node: fixture.test.identity.node }],
        ['USAGE_BAD_SIGNATURE', { ...good, signature: new Uint8Array(64) }],
        ['USAGE_BAD_SUMMARY', await aSignedSummary(other, { investigations: -1, requests: -1 })],
        ['USAGE_BAD_SUMMARY', await aSignedSummary(other, { investigations: 1.5 })],
        ['USAGE_BAD_SUMMARY', await aSignedSummary(other, { month: '2026-00' })],
        ['USAGE_BAD_SUMMARY', await aSignedSummary(other, { revision: 0 })],
        ['USAGE_BAD_SUMMARY', { ...good, signature: new Uint8Array(3) }],
        ['USAGE_FUTURE_MONTH', await aSignedSummary(other, { month: '2026-12' })],
      ];
      for (const [code, summary] of cases) expect(await codeOf(fixture.usage.accept(summary))).to.equal(code);
      expect((await fixture.usage.totals()).coverage).to.deep.equal({ nodes: 0, summaries: 0 });
    });
  });

  it('add up to the network: by month, by node, with what is covered', async () => {
    await fixture.hit({ kind: 'request' });
    await fixture.usage.accept(
      await aSignedSummary(other, { month: '2026-10', investigations: 7, requests: 2 }),
    );
    await fixture.usage.accept(await aSignedSummary(other, { revision: 3 }));
    const totals = await fixture.usage.totals();
    expect(totals).to.deep.include({ investigations: 18, requests: 7 });
    expect(totals.months).to.deep.equal([
      { month: '2026-10', nodes: 1, investigations: 7, requests: 2 },
      { month: '2026-11', nodes: 2, investigations: 11, requests: 5 },
    ]);
    expect(totals.nodes.find(({ node }) => node === other.node)).to.deep.include({
      investigations: 17,
      requests: 6,
    });
    expect(
      totals.nodes.find(({ node }) => node === other.node)?.months.map(({ revision }) => revision),
    ).to.deep.equal([1, 3]);
    expect(totals.coverage).to.deep.equal({ nodes: 2, summaries: 3, from: '2026-10', to: '2026-11' });
  });

  it('give the same totals however they come: lost, repeated, in any order (DESIGN 6.3, 6.4)', async () => {
    const pool = await Promise.all(
      [other, third].flatMap((identity) =>
        ['2026-09', '2026-10'].flatMap((month) =>
          [1, 2, 3].flatMap((revision) =>
            // Of each revision two: a node that was restored from a copy may sign one twice.
            [0, 1].map((twin) =>
              aSignedSummary(identity, {
                month,
                revision,
                investigations: 100 * revision + 10 * twin,
                time: 1_000 * revision + twin,
              }),
            ),
          ),
        ),
      ),
    );
    const received = fc.array(fc.constantFrom(...pool), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(received, fc.infiniteStream(fc.nat()), async (some, random) => {
        const again = [...some, ...some.slice(0, 5)].sort(() => (random.next().value % 2 === 0 ? 1 : -1));
        expect(await totalsAfter(some)).to.deep.equal(await totalsAfter(again));
      }),
      { numRuns: 25, seed: 7_003 },
    );
  });
});

async function totalsAfter(summaries: readonly SignedSummary[]): Promise<UsageTotals> {
  const fixture = await aUsage();
  try {
    for (const summary of summaries) await fixture.usage.accept(summary);
    return await fixture.usage.totals();
  } finally {
    await fixture.close();
  }
}

/** Lets the seconds pass after which summaries are told of; then nothing more is waited for. */
async function announced({ clock }: UsageFixture, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    if (clock.sleeping > 0) clock.advance(5_000);
    await setImmediate();
  }
  await setImmediate();
  expect(clock.sleeping).to.equal(0);
}

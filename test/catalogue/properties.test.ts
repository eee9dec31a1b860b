import { expect } from 'chai';
import fc from 'fast-check';
import type { Change, OwnChange, ReceivedEntry } from '../../node/catalogue/index.ts';
import type { SignedEntry } from '../../protocols/heads/index.ts';
import { isTombstone } from '../../vocab/record.ts';
import { aPut, aRecord } from '../support/builders.ts';
import { describeOnEachStore, runs } from '../support/stores.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

const SEED = 20261121;
const PAGE = { entries: 10_000, bytes: 1e9 };

/** Changes to a handful of records, so that each is touched often. */
const changeArbitrary: fc.Arbitrary<OwnChange> = fc
  .record({
    n: fc.integer({ min: 1, max: 6 }),
    year: fc.integer({ min: 2000, max: 2003 }),
    doi: fc.constantFrom('10.1/a', '10.1/b'),
    type: fc.constantFrom('put', 'put', 'put', 'delete', 'withdraw', 'reinstate'),
  })
  .map(({ n, year, doi, type }): OwnChange => {
    const oaiIdentifier = `oai:repository.example:${n}`;
    const parts = { published: String(year), identifiers: [{ scheme: 'doi' as const, value: doi }] };
    switch (type) {
      case 'delete':
        return { type, oaiIdentifier, datestamp: '2026-02-02', reason: 'deleted at the source' };
      case 'withdraw':
        return { type, oaiIdentifier, reason: 'on request' };
      case 'reinstate':
        return { type, record: aRecord({ oaiIdentifier, ...parts }) };
      default:
        return aPut(n, parts);
    }
  });
const batchesArbitrary = fc.array(fc.array(changeArbitrary, { minLength: 1, maxLength: 5 }), {
  minLength: 1,
  maxLength: 8,
});

/** Everything the catalogue says, in a form that can be compared. */
async function contents(test: TestCatalogue, node: string): Promise<unknown> {
  const { catalogue } = test;
  const page = await catalogue.feeds.page(node, 0, PAGE);
  const dois = await Promise.all(
    ['10.1/a', '10.1/b'].map((doi) => catalogue.holdings.withIdentifier('doi', doi)),
  );
  const state = catalogue.feeds.state(node);
  return {
    entries: page?.entries.map(({ entry, block }) => [
      entry.seq,
      entry.record,
      entry.kind,
      entry.digest,
      block.length,
    ]),
    dois,
    live: state?.live,
    records: state?.records,
    setDigest: state?.digest.digest(),
  };
}

/** Catalogue, feed, log and identifiers say the same of each record. */
async function expectConsistent({ catalogue }: TestCatalogue, node: string): Promise<void> {
  const page = await catalogue.feeds.page(node, 0, PAGE);
  const changes = await catalogue.log.after(0, 10_000);
  const byKey = new Map(changes.map((change) => [change.key, change]));
  const state = catalogue.feeds.state(node);
  expect(page?.entries.length ?? 0).to.equal(state?.live);
  let records = 0;
  for (const { entry } of page?.entries ?? []) {
    const key = entry.record.slice(-20);
    const holding = await catalogue.holdings.get(key);
    if (holding === undefined) throw new Error(`no holding for ${entry.record}`);
    expect(byKey.get(key)?.holding).to.deep.equal(holding);
    expect(isTombstone(holding)).to.equal(entry.kind === 'withdrawn' || entry.kind === 'deleted');
    if (!isTombstone(holding)) records += 1;
    for (const { scheme, value } of holding.identifiers) {
      expect(await catalogue.holdings.withIdentifier(scheme, value)).to.include(key);
    }
  }
  expect(records).to.equal(state?.records);
  expect(catalogue.position).to.equal(changes.at(-1)?.position ?? catalogue.position);
}

async function using<T>(tests: TestCatalogue[], work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } finally {
    for (const test of tests) await test.close();
  }
}

describeOnEachStore('catalogue, feed and readers (DESIGN 6.1)', () => {
  it('agree after any changes, also after a restart in the middle, and the readers with them', async () => {
    await fc.assert(
      fc.asyncProperty(batchesArbitrary, fc.nat(7), async (batches, restartAt) => {
        let test = await aCatalogue();
        try {
          const seen = new Map<string, string>();
          const reader = {
            name: 'seen',
            version: 1,
            apply: async (changes: readonly Change[]) => {
              for (const { key, holding } of changes) seen.set(key, JSON.stringify(holding));
              return [];
            },
          };
          let runner = await test.run(reader);
          for (const [i, batch] of batches.entries()) {
            await test.catalogue.put(batch);
            if (i === restartAt) {
              test = await test.reopen();
              runner = await test.run(reader);
            }
          }
          await runner.caughtUp();
          await expectConsistent(test, test.catalogue.node);
          for (const { key, holding } of await test.catalogue.log.after(0, 1_000)) {
            expect(seen.get(key)).to.equal(JSON.stringify(holding));
          }
        } finally {
          await test.close();
        }
      }),
      { numRuns: runs(25), seed: SEED },
    );
  });
});

describeOnEachStore('a copy of a feed (DESIGN 6.3)', () => {
  it('is the same however its entries were repeated, split and mixed with older ones', async () => {
    await fc.assert(
      fc.asyncProperty(
        batchesArbitrary,
        fc.array(fc.tuple(fc.nat(100), fc.nat(100)), { maxLength: 6 }),
        async (batches, replays) => {
          const origin = await aCatalogue();
          const copy = await aCatalogue({ base: 'https://copy.example' });
          await using([origin, copy], async () => {
            const sent: ReceivedEntry[] = [];
            origin.catalogue.onCommit(({ entries }) => sent.push(...entries));
            for (const batch of batches) await origin.catalogue.put(batch);
            const { head, node } = origin.catalogue;

            const half = Math.floor(sent.length / 2);
            await copy.catalogue.accept(head, sent.slice(0, half));
            for (const [from, length] of replays) {
              const start = sent.length === 0 ? 0 : from % sent.length;
              // Anything that was sent before may come again, in any order.
              const older = sent.slice(0, half).slice(start % (half + 1), (start % (half + 1)) + length);
              await copy.catalogue.accept(head, older.toReversed());
            }
            await copy.catalogue.accept(head, sent);
            expect(await copy.catalogue.confirm(head)).to.equal('complete');
            expect(await contents(copy, node)).to.deep.equal(await contents(origin, node));
            await expectConsistent(copy, node);
          });
        },
      ),
      { numRuns: runs(25), seed: SEED },
    );
  });

  it('refuses what is forged, altered or not the origin’s to say, and stays as it was', async () => {
    const origin = await aCatalogue();
    const copy = await aCatalogue({ base: 'https://copy.example' });
    const thief = await aCatalogue({ base: 'https://thief.example' });
    await using([origin, copy, thief], async () => {
      await origin.catalogue.put([aPut(1), aPut(2)]);
      await thief.catalogue.put([aPut(1)]);
      const { head, node } = origin.catalogue;
      const [first, second] = (await origin.catalogue.feeds.page(node, 0, PAGE))?.entries ?? [];
      const [stolen] = (await thief.catalogue.feeds.page(thief.catalogue.node, 0, PAGE))?.entries ?? [];
      if (first === undefined || second === undefined || stolen === undefined) throw new Error('no entries');
      const alter = (entry: Partial<SignedEntry>, block = second.block): ReceivedEntry => ({
        entry: { ...second.entry, ...entry },
        block,
      });
      const cases: [string, ReceivedEntry][] = [
        ['FEED_BAD_SIGNATURE', alter({ seq: 9 })],
        ['FEED_BAD_SIGNATURE', alter({ kind: 'withdrawn' })],
        ['FEED_BAD_SIGNATURE', alter({ signature: new Uint8Array(64) })],
        ['FEED_BAD_SIGNATURE', alter({ digest: first.entry.digest })],
        ['FEED_BAD_DIGEST', alter({}, first.block)],
        ['FEED_FOREIGN_ENTRY', stolen],
        ['FEED_FOREIGN_ENTRY', alter({ record: stolen.entry.record })],
        ['FEED_FOREIGN_ENTRY', alter({ record: 'https://node.example/elsewhere' })],
      ];
      for (const [code, forged] of cases) {
        let refused: unknown;
        try {
          await copy.catalogue.accept(head, [first, forged]);
        } catch (error) {
          refused = (error as { code?: unknown }).code;
        }
        expect(refused, code).to.equal(code);
        expect(copy.catalogue.feeds.state(node), code).to.equal(undefined);
      }
      await copy.catalogue.accept(head, [first, second]);
      expect(await copy.catalogue.confirm(head)).to.equal('complete');
    });
  });

  it('notices an entry that was left out', async () => {
    const origin = await aCatalogue();
    const copy = await aCatalogue({ base: 'https://copy.example' });
    await using([origin, copy], async () => {
      await origin.catalogue.put([aPut(1), aPut(2), aPut(3)]);
      const { head, node } = origin.catalogue;
      const entries = (await origin.catalogue.feeds.page(node, 0, PAGE))?.entries ?? [];
      await copy.catalogue.accept(
        head,
        [entries[0], entries[2]].filter((entry) => entry !== undefined),
      );
      expect(await copy.catalogue.confirm(head)).to.equal('diverged');
      expect(await copy.catalogue.feeds.page(node, 0, PAGE), 'is not served on').to.equal(undefined);
      await copy.catalogue.accept(head, entries);
      expect(await copy.catalogue.confirm(head)).to.equal('complete');
    });
  });

  it('lets a withdrawal win over every older entry, whoever brings it', async () => {
    const origin = await aCatalogue();
    const copy = await aCatalogue({ base: 'https://copy.example' });
    await using([origin, copy], async () => {
      await origin.catalogue.put([aPut(1)]);
      const { node, head: oldHead } = origin.catalogue;
      const stale = (await origin.catalogue.feeds.page(node, 0, PAGE))?.entries ?? [];
      await origin.catalogue.put([
        { type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'x' },
      ]);
      const fresh = (await origin.catalogue.feeds.page(node, 0, PAGE))?.entries ?? [];
      await copy.catalogue.accept(origin.catalogue.head, fresh);
      await copy.catalogue.accept(oldHead, stale);
      expect(await copy.catalogue.confirm(oldHead)).to.equal('stale');
      const holding = await copy.catalogue.holdings.get(fresh[0]?.entry.record.slice(-20) ?? '');
      expect(holding).to.have.property('tombstone');
    });
  });

  it('goes as a whole when the feed is dropped, and can come again', async () => {
    const origin = await aCatalogue();
    const copy = await aCatalogue({ base: 'https://copy.example' });
    await using([origin, copy], async () => {
      await origin.catalogue.put([aPut(1), aPut(2)]);
      const { head, node } = origin.catalogue;
      const entries = (await origin.catalogue.feeds.page(node, 0, PAGE))?.entries ?? [];
      await copy.catalogue.accept(head, entries);
      await copy.catalogue.drop(node);
      expect(copy.catalogue.feeds.state(node)).to.equal(undefined);
      const gone = await copy.catalogue.log.after(0, 10);
      expect(gone.map(({ holding }) => holding)).to.deep.equal([undefined, undefined]);
      await copy.catalogue.accept(head, entries);
      expect(await copy.catalogue.confirm(head)).to.equal('complete');
      await expectConsistent(copy, node);
    });
  });
});

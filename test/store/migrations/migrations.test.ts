import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import * as fc from 'fast-check';
import { leafOf, SetDigest, SignatureVerifier, verifyHead } from '../../../protocols/heads/index.ts';
import { keyOfIri } from '../../../vocab/record-key.ts';
import { isTombstone } from '../../../vocab/record.ts';
import { Identity } from '../../../node/identity/index.ts';
import { bringToFormat, FORMAT, openStore, type MigrationProgress } from '../../../node/store/index.ts';
import { migrations, type Migration } from '../../../node/store/migrations/index.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { aLevel, anOldDataDirectory } from './an-old-store.ts';

const BASE = 'https://old.example';

for (const format of [1, 2, 3] as const) {
  describe(`data of format ${format}`, () => {
    let directory: string;
    beforeEach(async () => {
      directory = await anOldDataDirectory(format);
    });
    afterEach(() => rm(directory, { recursive: true, force: true }));

    async function opened(): Promise<TestCatalogue> {
      const identity = await Identity.load(join(directory, 'identity.pem'));
      return await aCatalogue({ identity, base: BASE, directory });
    }

    it('are brought to this one, step by step, and it is told', async () => {
      const told: MigrationProgress[] = [];
      const store = await openStore(directory, { progress: (progress) => told.push(progress) });
      await store.close();
      expect(
        told.filter(({ isFinished }) => isFinished).map(({ from, to }) => `${from}>${to}`),
      ).to.deep.equal(migrations.filter(({ from }) => from >= format).map(({ from, to }) => `${from}>${to}`));
      expect(told.at(-1)?.done).to.equal(9);
      const db = aLevel(directory);
      expect(Buffer.from((await db.get('format')) ?? []).toString()).to.equal(String(FORMAT));
      expect(await db.get('migration')).to.equal(undefined);
      await db.close();
    });

    it('keep records, tombstones, places and those who are followed', async () => {
      const node = await opened();
      const { catalogue, identity } = node;
      const own = catalogue.feeds.state(identity.node);
      expect(own).to.include({ seq: 9, live: 6, records: 4 });
      const entries = [];
      const [digest, holdings] = [SetDigest.empty(), new Map<string, unknown>()];
      let bytes = 0;
      for await (const entry of catalogue.feeds.entries(identity.node)) {
        entries.push(entry);
        digest.add(leafOf(entry));
        const key = keyOfIri(entry.record) ?? '';
        const holding = await catalogue.holdings.get(key);
        bytes += (await catalogue.holdings.received(key, 0))?.block.length ?? 0;
        if (holding !== undefined)
          holdings.set(
            holding.oaiIdentifier,
            isTombstone(holding) ? holding.tombstone.reason : holding.titles[0]?.value,
          );
      }
      expect([...holdings].toSorted(([a], [b]) => (a < b ? -1 : 1))).to.deep.equal([
        ['oai:repository.example:1', 'Open access in Brazil'],
        ['oai:repository.example:2', 'The growth of repositories, revised'],
        ['oai:repository.example:3', 'Identifiers for works'],
        ['oai:repository.example:4', 'Plagiarism, found by the committee'],
        ['oai:repository.example:5', 'deleted at the source'],
        ['oai:repository.example:6', 'A work with a file'],
      ]);
      expect(own?.digest.digest()).to.equal(digest.digest());
      expect(own?.bytes).to.equal(bytes);
      expect(catalogue.head).to.include({ seq: 9, live: 6, setDigest: digest.digest() });
      expect(await verifyHead(catalogue.head, new SignatureVerifier())).to.equal(true);
      const followed = catalogue.feeds.states().filter(({ node }) => node !== identity.node);
      expect(followed.map(({ seq, live, records }) => [seq, live, records])).to.deep.equal([[3, 3, 3]]);
      expect(catalogue.position).to.be.greaterThan(8);
      await node.close();
    });

    it('can be replicated to a node that has never seen the former format', async () => {
      const node = await opened();
      const { catalogue, identity } = node;
      const follower = await aCatalogue({ base: 'https://follower.example' });
      const page = await catalogue.feeds.page(identity.node, 0, { entries: 100, bytes: 1e6 });
      if (page === undefined) throw new Error('the own feed is not whole');
      expect(await follower.catalogue.accept(page.head, page.entries)).to.equal(6);
      expect(await follower.catalogue.confirm(page.head)).to.equal('complete');
      await follower.close();
      await node.close();
    });

    it('come to the same wherever they were interrupted', async () => {
      const whole = await rowsAfter(directory, []);
      for (const stops of [[1], [1, 1], [2, 1, 1], [3], [4, 1]]) {
        const again = await anOldDataDirectory(format);
        // The fixtures are the same each time, the interruptions are not.
        expect(await rowsAfter(again, stops), String(stops)).to.deep.equal(whole);
        await rm(again, { recursive: true });
      }
    });

    it('are refused by the version of the former format while they are on their way', async () => {
      await interrupted(directory, 1);
      const db = aLevel(directory);
      const former = migrations.filter(({ to }) => to <= format);
      const refused = await bringToFormat(db, { place: directory, migrations: former }).then(
        () => undefined,
        (error: { code?: unknown }) => error.code,
      );
      expect(refused).to.equal('STORE_TOO_NEW');
      await db.close();
    });
  });
}

describe('a step of the migration', () => {
  it('goes on from its cursor after any number of interruptions, and does no row twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 6 }), async (stops) => {
        const directory = await anOldDataDirectory(2);
        const seen: number[] = [];
        const step: Migration = {
          from: FORMAT,
          to: FORMAT + 1,
          about: 'rows are numbered',
          async *pieces(_, cursor) {
            for (let n = cursor?.[0] ?? 0; n < 5; n += 1) {
              const value = Uint8Array.of(n);
              yield {
                operations: [{ type: 'put', key: `x${n}`, value }],
                cursor: Uint8Array.of(n + 1),
                done: n + 1,
              };
              seen.push(n);
            }
          },
        };
        await rowsAfter(directory, []);
        for (const stop of stops) await interrupted(directory, stop, [...migrations, step]);
        const rows = await rowsAfter(directory, [], [...migrations, step]);
        expect(rows.filter(([key]) => key.startsWith('x'))).to.have.length(5);
        expect(seen).to.deep.equal([...new Set(seen)]);
        expect(rows.find(([key]) => key === 'format')?.[1]).to.equal(
          Buffer.from(String(FORMAT + 1)).toString('hex'),
        );
        await rm(directory, { recursive: true });
      }),
      { numRuns: 10, seed: 9 },
    );
  });

  it('leads from each format to the next', () => {
    expect(migrations.map(({ from, to }) => to - from)).to.deep.equal(migrations.map(() => 1));
    expect(migrations.map(({ from }) => from)).to.deep.equal(migrations.map((_, i) => i + 1));
  });
});

describe('the format of a store', () => {
  async function codeOf(format: string): Promise<unknown> {
    const directory = await anOldDataDirectory(2);
    const db = aLevel(directory);
    await db.put('format', Buffer.from(format));
    await db.close();
    const code = await openStore(directory).then(
      (store) => store.close(),
      (error: { code?: unknown }) => error.code,
    );
    const after = aLevel(directory);
    expect(Buffer.from((await after.get('format')) ?? []).toString()).to.equal(format);
    await after.close();
    await rm(directory, { recursive: true });
    return code;
  }

  it('of a later version is refused, and left as it is', async () => {
    expect(await codeOf(String(FORMAT + 1))).to.equal('STORE_TOO_NEW');
    expect(await codeOf(`${FORMAT}>${FORMAT + 1}`)).to.equal('STORE_TOO_NEW');
  });

  it('that is no number is damage', async () => {
    expect(await codeOf('three')).to.equal('STORE_DAMAGED');
    expect(await codeOf('0')).to.equal('STORE_DAMAGED');
  });
});

class Killed extends Error {}

/** Brings the data on until so many pieces of work were written, and ends there as a killed process does. */
async function interrupted(
  directory: string,
  pieces: number,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  const db = aLevel(directory);
  let left = pieces;
  const killing = steps.map((step): Migration => ({
    ...step,
    async *pieces(store, cursor) {
      for await (const piece of step.pieces(store, cursor)) {
        if (left === 0) throw new Killed();
        left -= 1;
        yield piece;
      }
    },
  }));
  await bringToFormat(db, { place: directory, migrations: killing }).catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
  });
  await db.close();
}

/** All rows of the store as hex, when it was brought to the format with these interruptions on the way. */
async function rowsAfter(
  directory: string,
  stops: readonly number[],
  steps: readonly Migration[] = migrations,
): Promise<[string, string][]> {
  for (const stop of stops) await interrupted(directory, stop, steps);
  const db = aLevel(directory);
  await bringToFormat(db, { place: directory, migrations: steps });
  const rows: [string, string][] = [];
  for await (const [key, value] of db.iterator()) rows.push([key, Buffer.from(value).toString('hex')]);
  await db.close();
  return rows;
}

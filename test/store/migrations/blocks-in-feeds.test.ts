import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { Identity } from '../../../node/identity/index.ts';
import { bringToFormat } from '../../../node/store/index.ts';
import { blocksInFeeds } from '../../../node/store/migrations/blocks-in-feeds.ts';
import { migrations } from '../../../node/store/migrations/index.ts';
import { aCatalogue } from '../../support/test-catalogue.ts';
import { aLevel, anOldDataDirectory } from './an-old-store.ts';

type Rows = Map<string, string>;

describe('data of format 3', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await anOldDataDirectory(2);
    await bringTo(3);
  });
  afterEach(() => rm(directory, { recursive: true, force: true }));

  async function bringTo(format: number): Promise<void> {
    const db = aLevel(directory);
    await bringToFormat(db, {
      place: directory,
      migrations: migrations.filter(({ to }) => to <= format),
    });
    await db.close();
  }

  /** As hex, by key. */
  async function rowsOf(prefix: string): Promise<Rows> {
    const db = aLevel(directory);
    const rows: Rows = new Map();
    for await (const [key, value] of db.iterator({ gt: `!catalogue!${prefix}`, lt: `!catalogue!${prefix}~` }))
      rows.set(key.slice(`!catalogue!${prefix}`.length), Buffer.from(value).toString('hex'));
    await db.close();
    return rows;
  }

  it('have each block beside its entry afterwards, byte for byte', async () => {
    const [blocks, entries] = [await rowsOf('b!'), await rowsOf('f!')];
    await bringTo(4);
    expect([...(await rowsOf('b!'))]).to.deep.equal([]);
    const items = await rowsOf('f!');
    expect([...items.keys()]).to.deep.equal([...entries.keys()]);
    const moved = new Set<string>();
    for (const [place, item] of items) {
      const entry = entries.get(place) ?? '';
      expect(item.startsWith(`82${entry}`), place).to.equal(true);
      const block = [...blocks.values()].find((bytes) => item.endsWith(bytes));
      if (block !== undefined) moved.add(block);
    }
    expect([...moved].toSorted()).to.deep.equal([...blocks.values()].toSorted());
  });

  it('have a log that leads to the entries', async () => {
    const log = await rowsOf('l!');
    await bringTo(4);
    const after = await rowsOf('l!');
    expect([...after.keys()]).to.deep.equal([...log.keys()]);
    const places = new Set((await rowsOf('f!')).keys());
    expect([...after.values()].map((value) => Buffer.from(value, 'hex').toString())).to.satisfy(
      (logged: string[]) => logged.every((place) => places.has(place)),
    );
    const identity = await Identity.load(join(directory, 'identity.pem'));
    const opened = await aCatalogue({ identity, base: 'https://old.example', directory });
    const { catalogue } = opened;
    const changes = await catalogue.log.after(0, 100);
    expect(changes.map(({ key }) => key)).to.deep.equal(
      [...log.values()].map((value) => Buffer.from(value, 'hex').toString()),
    );
    expect(changes.every(({ holding }) => holding !== undefined)).to.equal(true);
    await opened.close();
  });

  it('are left without an entry whose block is lost, as it was passed over before', async () => {
    const [lost] = (await rowsOf('b!')).keys();
    const db = aLevel(directory);
    await db.del(`!catalogue!b!${lost}`);
    await db.close();
    const before = await rowsOf('f!');
    await bringTo(4);
    expect((await rowsOf('f!')).size).to.equal(before.size - 1);
    const identity = await Identity.load(join(directory, 'identity.pem'));
    const opened = await aCatalogue({ identity, base: 'https://old.example', directory });
    const { catalogue } = opened;
    expect(await catalogue.holdings.get(lost ?? '')).to.equal(undefined);
    expect(await catalogue.log.after(0, 100)).to.have.length(before.size - 1);
    await opened.close();
  });

  it('do not depend on where the work was broken off, piece by piece', async () => {
    await bringTo(4);
    const whole = await rowsOf('');
    const again = await anOldDataDirectory(2);
    await rm(directory, { recursive: true });
    directory = again;
    await bringTo(3);
    const db = aLevel(directory);
    let cursor: Uint8Array | undefined;
    // One piece at a time, each from where the last one ended.
    for (;;) {
      const [piece] = await firstPiece(blocksInFeeds.pieces(db, cursor));
      if (piece === undefined) break;
      await db.batch([...piece.operations]);
      cursor = piece.cursor;
    }
    await db.close();
    expect(await rowsOf('')).to.deep.equal(whole);
  });
});

async function firstPiece<T>(pieces: AsyncIterable<T>): Promise<T[]> {
  for await (const piece of pieces) return [piece];
  return [];
}

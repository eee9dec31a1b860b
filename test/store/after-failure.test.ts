import { expect } from 'chai';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { refuseAfterFailure } from '../../node/store/after-failure.ts';
import { asStore } from '../../node/store/store.ts';
import { aLevel } from './migrations/an-old-store.ts';
import { writeBatch, type Database } from '../../node/store/index.ts';

describe('a store of which the disk has refused a write', () => {
  let directory: string;
  let db: Database;
  let refusing: NodeJS.ErrnoException | undefined;
  let failure: () => Error | undefined;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    db = aLevel(directory);
    await db.open();
    refusing = undefined;
    // In place of the disk, below what is tested.
    const put = db.put.bind(db);
    Object.assign(db, {
      put: async (key: string, value: Uint8Array) => {
        if (refusing !== undefined) throw refusing;
        await put(key, value);
      },
    });
    failure = refuseAfterFailure(db);
  });
  afterEach(async () => {
    await db.close();
    await rm(directory, { recursive: true });
  });
  const coded = (code: string): NodeJS.ErrnoException => Object.assign(new Error(code), { code });
  const thrown = (doing: Promise<unknown>): Promise<unknown> =>
    doing.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('writes nothing more by any way, and is still read', async () => {
    const section = asStore(db).section('a');
    await section.put('k', Buffer.from('1'));
    refusing = coded('LEVEL_IO_ERROR');
    expect(await thrown(section.put('k', Buffer.from('2')))).to.equal(refusing);
    expect(failure()).to.equal(refusing);
    const was = refusing;
    refusing = undefined;
    const put = { type: 'put', key: 'k', value: Buffer.from('3') } as const;
    for (const write of [
      () => section.put('k', Buffer.from('3')),
      () => section.del('k'),
      () => section.clear(),
      () => section.batch([put]),
      () => section.batch().put('k', Buffer.from('3')).write(),
      () => writeBatch(section, [put], { durable: true }),
      () => db.put('x', Buffer.from('3')),
    ])
      expect(await thrown(write()), String(write)).to.equal(was);
    expect(Buffer.from((await section.get('k')) ?? []).toString()).to.equal('1');
    expect(await db.keys().all()).to.deep.equal(['!a!k']);
  });

  it('is another thing than a write that was wrong', async () => {
    refusing = coded('LEVEL_INVALID_KEY');
    expect(await thrown(db.put('k', Buffer.of(1)))).to.equal(refusing);
    refusing = undefined;
    await db.put('k', Buffer.of(1));
    await writeBatch(asStore(db).section('a'), [{ type: 'put', key: 'k', value: Buffer.of(1) }], {
      durable: false,
    });
    expect(failure()).to.equal(undefined);
    expect(await db.keys().all()).to.deep.equal(['!a!k', 'k']);
  });
});

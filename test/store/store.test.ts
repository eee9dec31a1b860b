import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Level } from 'level';
import {
  numberKey,
  numberOfKey,
  openError,
  openStore,
  writeBatch,
  WriteQueue,
  type Operation,
} from '../../node/store/index.ts';
import { describeOnEachStore, storeIn } from '../support/stores.ts';

describeOnEachStore('a store', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  });
  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  it('keeps what was written, each part in its own section', async () => {
    const store = await openStore(storeIn(directory));
    const [a, b] = [store.section('a'), store.section('b')];
    await writeBatch(a, [{ type: 'put', key: 'k', value: Buffer.from('of a') }], { durable: true });
    await writeBatch(b, [{ type: 'put', key: 'k', value: Buffer.from('of b') }], { durable: false });
    await writeBatch(
      b,
      [
        { type: 'put', key: 'x', value: Buffer.from('1') },
        { type: 'del', key: 'k' },
      ],
      { durable: true },
    );
    await store.close();
    const again = await openStore(storeIn(directory));
    expect(Buffer.from((await again.section('a').get('k')) ?? []).toString()).to.equal('of a');
    expect(await again.section('b').get('k')).to.equal(undefined);
    expect(await again.section('b').keys().all()).to.deep.equal(['x']);
    await again.close();
  });

  it('shows a snapshot as it was, over many rows and while they are written', async () => {
    const store = await openStore(storeIn(directory));
    const section = store.section('a');
    const rows = (value: string): Operation[] =>
      Array.from({ length: 3_000 }, (_, i) => ({
        type: 'put',
        key: numberKey(i),
        value: Buffer.from(value),
      }));
    await writeBatch(section, rows('before'), { durable: true });
    const snapshot = section.snapshot();
    await writeBatch(section, [...rows('after'), { type: 'del', key: numberKey(7) }], { durable: true });
    let seen = 0;
    for await (const [key, value] of section.iterator({ snapshot })) {
      expect(key).to.equal(numberKey(seen));
      expect(Buffer.from(value).toString()).to.equal('before');
      seen += 1;
    }
    expect(seen).to.equal(3_000);
    expect(await section.get(numberKey(7), { snapshot })).to.be.instanceOf(Uint8Array);
    await snapshot.close();
    expect(await section.get(numberKey(7))).to.equal(undefined);
    await store.close();
  });

  it('reads a range from either end, and from a key in it', async () => {
    const store = await openStore(storeIn(directory));
    const section = store.section('a');
    const keys = Array.from({ length: 1_000 }, (_, i) => numberKey(i));
    await writeBatch(
      section,
      keys.map((key) => ({ type: 'put', key, value: Buffer.from(key) })),
      { durable: true },
    );
    const range = { gte: numberKey(100), lt: numberKey(900) };
    expect(await section.keys(range).all()).to.deep.equal(keys.slice(100, 900));
    expect(await section.keys({ ...range, reverse: true, limit: 250 }).all()).to.deep.equal(
      keys.slice(650, 900).toReversed(),
    );
    const iterator = section.keys({ ...range, limit: 500 });
    expect(await iterator.nextv(3)).to.deep.equal(keys.slice(100, 103));
    iterator.seek(numberKey(600));
    expect(await iterator.nextv(400)).to.have.length.within(1, 300);
    iterator.seek(numberKey(950));
    expect(await iterator.next()).to.equal(undefined);
    await iterator.close();
    await section.clear({ gte: numberKey(10) });
    expect(await section.keys().all()).to.deep.equal(keys.slice(0, 10));
    await store.close();
  });

  it('keeps the last of several writes of one key in a batch', async () => {
    const store = await openStore(storeIn(directory));
    const section = store.section('a');
    const put = (key: string, value: string): Operation => ({ type: 'put', key, value: Buffer.from(value) });
    await writeBatch(
      section,
      [
        put('x', '1'),
        { type: 'del', key: 'x' },
        put('y', '1'),
        put('y', '2'),
        put('x', '3'),
        { type: 'del', key: 'z' },
      ],
      { durable: true },
    );
    const entries = await section.iterator().all();
    expect(entries.map(([key, value]) => [key, Buffer.from(value).toString()])).to.deep.equal([
      ['x', '3'],
      ['y', '2'],
    ]);
    await store.close();
  });
});

describe('the embedded store', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
  });
  afterEach(async () => {
    await chmod(directory, 0o700);
    await rm(directory, { recursive: true });
  });

  async function codeOfOpening(): Promise<unknown> {
    try {
      const store = await openStore(directory);
      await store.close();
      return undefined;
    } catch (error) {
      return (error as { code?: unknown }).code;
    }
  }

  it('is refused where no directory can be made', async function () {
    if (!existsSync('/proc')) this.skip();
    for (const place of ['/proc/ngr', '/proc/ngr/data/below']) {
      const refused = await openStore(place).then(
        () => undefined,
        (error: { code?: unknown }) => error.code,
      );
      expect(refused).to.equal('STORE_NO_RIGHTS');
    }
  });

  it('is not opened twice', async () => {
    const store = await openStore(directory);
    expect(await codeOfOpening()).to.equal('STORE_LOCKED');
    await store.close();
    expect(await codeOfOpening()).to.equal(undefined);
  });

  it('is not opened where a file lies in its place', async () => {
    await writeFile(join(directory, 'store'), 'a file');
    expect(await codeOfOpening()).to.equal('STORE_NO_RIGHTS');
  });

  it('refuses data of a later version, and leaves them as they are', async () => {
    await mkdir(join(directory, 'store'));
    const db = new Level<string, Uint8Array>(join(directory, 'store'), { valueEncoding: 'view' });
    await db.put('format', Buffer.from('99'));
    await db.close();
    expect(await codeOfOpening()).to.equal('STORE_TOO_NEW');
  });

  it('tells a full disk and a damaged file by their names', () => {
    const full = new Error('open failed', {
      cause: Object.assign(new Error('IO error: No space left on device'), {}),
    });
    expect(openError('/data', full)).to.include({ code: 'STORE_NO_SPACE' });
    expect(openError('/data', new Error('Corruption: bad block')).message).to.include(
      'Corruption: bad block',
    );
    expect(openError('/data', new Error('Corruption: bad block'))).to.include({ code: 'STORE_DAMAGED' });
  });
});

describe('numbers in keys', () => {
  it('have the order of numbers', () => {
    const numbers = [0, 1, 9, 10, 255, 256, 65_536, 2 ** 40];
    expect(numbers.map(numberKey).toSorted()).to.deep.equal(numbers.map(numberKey));
    expect(numbers.map(numberKey).map(numberOfKey)).to.deep.equal(numbers);
  });
});

describe('a queue of writes', () => {
  it('runs one after another, also after one that failed', async () => {
    const queue = new WriteQueue();
    const done: number[] = [];
    const slow = queue.run(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      done.push(1);
    });
    const failed = queue.run(() => Promise.reject(new Error('no'))).catch(() => done.push(2));
    const last = queue.run(async () => done.push(3));
    await Promise.all([slow, failed, last, queue.idle()]);
    expect(done).to.deep.equal([1, 2, 3]);
  });
});

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
} from '../../node/store/index.ts';

describe('the store', () => {
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

  it('keeps what was written, each part in its own section', async () => {
    const store = await openStore(directory);
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
    const again = await openStore(directory);
    expect(Buffer.from((await again.section('a').get('k')) ?? []).toString()).to.equal('of a');
    expect(await again.section('b').get('k')).to.equal(undefined);
    expect(await again.section('b').keys().all()).to.deep.equal(['x']);
    await again.close();
  });

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

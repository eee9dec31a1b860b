import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { copyStore, inspectStore, openStore, writeBatch, type Operation } from '../../node/store/index.ts';
import { postgresFor, type PostgresServer } from '../support/postgres-server.ts';
import { leaseTimes } from './postgres/lease-times.ts';

const ROWS = 25_000;

describe('a copy of a store', () => {
  let server: PostgresServer;
  let folder: string;
  let here: string;
  let url: string;
  before(async function () {
    server = await postgresFor(this);
    folder = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    here = join(folder, 'here');
    const store = await openStore(here);
    for (const part of ['a', 'b']) {
      const rows = Array.from({ length: ROWS / 2 }, (_, i): Operation => {
        const value = Buffer.from([i & 255, 0, 255, (i >> 8) & 255]);
        return { type: 'put', key: `${i}é\u{1F4DA}`, value: i % 7 === 0 ? Buffer.alloc(0) : value };
      });
      await writeBatch(store.section(part), rows, { durable: false });
    }
    await store.close();
  });
  beforeEach(function () {
    url = server.urlOf(`copy ${this.currentTest?.title}`);
  });
  after(async () => {
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  async function codeOf(work: Promise<unknown>): Promise<unknown> {
    return await work.then(
      () => undefined,
      (error: { code?: unknown }) => error.code,
    );
  }

  it('goes into a database and back, the same to the last byte', async () => {
    const there = await copyStore(here, url);
    expect(there).to.include({ rows: ROWS, from: here });
    const back = await copyStore(url, join(folder, 'back'));
    expect(back).to.include({ rows: ROWS, digest: there.digest, bytes: there.bytes });
    const store = await openStore(url);
    expect(Buffer.from((await store.section('b').get('12é\u{1F4DA}')) ?? [])).to.deep.equal(
      Buffer.from([12, 0, 255, 0]),
    );
    expect(await store.section('a').keys().all()).to.have.length(ROWS / 2);
    await store.close();
  });

  it('is not made over something, of nothing, or of what is in use', async () => {
    const store = await openStore(url, { leaseTimes });
    // Each waits for as long as a lease lasts.
    const [into, from] = [
      copyStore(here, url, { leaseTimes }),
      copyStore(url, join(folder, 'x'), { leaseTimes }),
    ];
    expect(await Promise.all([codeOf(into), codeOf(from)])).to.deep.equal(['STORE_LOCKED', 'STORE_LOCKED']);
    await store.close();
    expect(await codeOf(copyStore(here, url))).to.equal('STORE_NOT_EMPTY');
    expect(await codeOf(copyStore(join(folder, 'nothing'), join(folder, 'y')))).to.equal('STORE_EMPTY');
    const open = await openStore(here);
    expect(await codeOf(copyStore(here, join(folder, 'y')))).to.equal('STORE_LOCKED');
    await open.close();
  });

  it('that was broken off is no store, and is made anew by the next', async () => {
    const stopping = new AbortController();
    const broken = copyStore(here, url, {
      signal: stopping.signal,
      progress: ({ rows }) => {
        if (rows >= 10_000) stopping.abort(new Error('asked to stop'));
      },
    });
    expect(await broken.catch((error: Error) => error.message)).to.equal('asked to stop');
    expect(await codeOf(openStore(url))).to.equal('STORE_BEING_COPIED');
    expect(await codeOf(copyStore(url, join(folder, 'z')))).to.equal('STORE_BEING_COPIED');
    expect(await copyStore(here, url)).to.include({ rows: ROWS });
  });
});

describe('a copy in a directory that was broken off', () => {
  it('is told of by whoever only looks', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    const store = await openStore(folder);
    await store.db.put('format', Buffer.from('being copied'));
    await store.close();
    const told: unknown = await inspectStore(folder).catch((error: unknown) => error);
    expect(told).to.have.property('code', 'STORE_BEING_COPIED');
    await rm(folder, { recursive: true });
  });
});

describe('a copy of a store to a disk that is full', () => {
  it('says so, and leaves the source as it is', async function () {
    const folder = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    const [here, small] = [join(folder, 'here'), join(folder, 'small')];
    await mkdir(small);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small], { stdio: 'ignore' });
    } catch {
      await rm(folder, { recursive: true });
      this.skip();
    }
    try {
      const store = await openStore(here);
      await store.section('a').put('large', randomBytes(1024 * 1024));
      await store.close();
      const error = await copyStore(here, small).catch((cause: unknown) => cause);
      expect(error).to.include({ code: 'STORE_NO_SPACE' });
      expect((error as Error).message).to.include(small);
      expect(await copyStore(here, join(folder, 'there'))).to.include({ rows: 1 });
    } finally {
      execFileSync('umount', [small]);
      await rm(folder, { recursive: true });
    }
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { VisitQueue, type Waiting } from '../../../node/harvest/full-text/visit-queue.ts';
import {
  openStore,
  writeBatch,
  type Operation,
  type Section,
  type Store,
} from '../../../node/store/index.ts';

const always = (): boolean => true;

describe('the queue of visits', () => {
  let directory: string;
  let store: Store;
  let section: Section;
  let queue: VisitQueue;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'ngr-test-'));
    store = await openStore(directory);
    section = store.section('full-text');
    queue = new VisitQueue(section);
    await queue.open();
  });
  afterEach(async () => {
    await store.close();
    await rm(directory, { recursive: true });
  });

  const write = async (operations: Operation[]): Promise<void> =>
    await writeBatch(section, operations, { durable: false });
  async function enter(key: string, origin: string, time: number): Promise<void> {
    const [from] = await queue.placesOf([key]);
    await write(queue.enter(key, { origin, time, from }));
  }
  async function next(mayAsk = always as (origin: string) => boolean): Promise<Waiting | undefined> {
    const waiting = await queue.next(mayAsk, always);
    if (waiting !== undefined) await write(queue.remove(waiting.key, waiting.place));
    return waiting;
  }

  it('gives each host its turn, and at each those that came first', async () => {
    for (const [key, origin, time] of [
      ['a1', 'http://a', 1],
      ['a2', 'http://a', 2],
      ['a0', 'http://a', 0],
      ['b1', 'http://b:80', 9],
      ['n1', '', 9],
    ] as const) {
      await enter(key, origin, time);
    }
    expect(queue.waiting).to.equal(5);
    const order: string[] = [];
    for (let one = await next(); one !== undefined; one = await next()) order.push(one.key);
    expect(order).to.have.members(['n1', 'a0', 'b1', 'a1', 'a2']);
    expect(order.filter((key) => key.startsWith('a'))).to.deep.equal(['a0', 'a1', 'a2']);
    expect(order.indexOf('b1')).to.be.lessThan(order.indexOf('a1'));
    expect(queue.waiting).to.equal(0);
  });

  it('passes over hosts that may not be asked now', async () => {
    await enter('a', 'http://a', 1);
    await enter('b', 'http://b', 1);
    expect((await next((origin) => origin !== 'http://a'))?.key).to.equal('b');
    expect(await next((origin) => origin !== 'http://a')).to.equal(undefined);
    expect(queue.waiting).to.equal(1);
  });

  it('has a record once, wherever it was put last', async () => {
    await enter('a', 'http://a', 1);
    await enter('a', 'http://b', 2);
    expect((await next())?.origin).to.equal('http://b');
    expect(await next()).to.equal(undefined);
  });

  it('puts records into their lines when their time has come', async () => {
    await enter('a', 'http://a!', 1);
    const a = await queue.next(always, always);
    await write(queue.postpone('a', { origin: 'http://a!', time: 100, from: a?.place }));
    await write(queue.postpone('b', { origin: 'http://b', time: 200, from: undefined }));
    expect(await queue.wakeUp(99)).to.equal(100);
    expect(queue.waiting).to.equal(0);
    expect(await queue.wakeUp(100)).to.equal(200);
    expect(await next()).to.include({ key: 'a', origin: 'http://a!' });
    expect(await queue.wakeUp(1_000)).to.equal(undefined);
    expect((await next())?.key).to.equal('b');
  });

  it('is the same after a restart', async () => {
    await enter('a', 'http://a', 1);
    await write(queue.postpone('b', { origin: 'http://b', time: 200, from: undefined }));
    await store.close();
    store = await openStore(directory);
    section = store.section('full-text');
    queue = new VisitQueue(section);
    await queue.open();
    expect(queue.waiting).to.equal(1);
    expect(await queue.wakeUp(0)).to.equal(200);
    expect((await next())?.key).to.equal('a');
  });

  it('has no more than one place for a record, whatever is done with it', async () => {
    const step = fc.oneof(
      fc.record({
        do: fc.constant('enter'),
        origin: fc.constantFrom('', 'http://a', 'http://b'),
        time: fc.nat(50),
      }),
      fc.record({ do: fc.constant('postpone'), origin: fc.constantFrom('', 'http://a'), time: fc.nat(50) }),
      fc.record({ do: fc.constant('wake'), origin: fc.constant(''), time: fc.nat(50) }),
      fc.record({ do: fc.constant('remove'), origin: fc.constant(''), time: fc.constant(0) }),
    );
    const steps = fc.array(fc.tuple(fc.constantFrom('x', 'y', 'z'), step), { maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        await section.clear();
        await queue.open();
        const wanted = new Set<string>();
        for (const [key, { do: what, origin, time }] of all) {
          const [from] = await queue.placesOf([key]);
          if (what === 'enter') await write(queue.enter(key, { origin, time, from }));
          else if (what === 'postpone') await write(queue.postpone(key, { origin, time, from }));
          else if (what === 'remove') await write(queue.remove(key, from));
          else await queue.wakeUp(time);
          if (what === 'enter' || what === 'postpone') wanted.add(key);
          if (what === 'remove') wanted.delete(key);
        }
        const counted = queue.waiting;
        await queue.open();
        expect(queue.waiting).to.equal(counted);
        await queue.wakeUp(50);
        const got: string[] = [];
        for (let one = await next(); one !== undefined; one = await next()) got.push(one.key);
        expect(got.toSorted()).to.deep.equal([...wanted].toSorted());
        expect(await section.keys().all()).to.deep.equal([]);
      }),
      { numRuns: 50 },
    );
  });
});

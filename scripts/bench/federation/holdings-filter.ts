import { randomFillSync } from 'node:crypto';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import pino from 'pino';
import { Registry } from 'prom-client';
import { Catalogue, ReaderRunner, type OwnChange } from '../../../node/catalogue/index.ts';
import { systemClock, type Clock } from '../../../node/clock.ts';
import { Lookups, WorkKeyIndex, type Network } from '../../../node/federation/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore, type Section } from '../../../node/store/index.ts';
import { SignatureVerifier, type SignedHead } from '../../../protocols/heads/index.ts';
import { encodeSegment, SegmentReader, unpackWorkKeys } from '../../../protocols/holdings-filter/index.ts';
import { figure, type Printer } from '../figures.ts';
import { fill } from '../filling.ts';
import { withDirectory } from '../processes.ts';
import { pairedNetworks } from './paired-networks.ts';
import { smallRecord } from './small-records.ts';

type Print = (
  name: string,
  value: number,
  unit: string,
  target?: { atLeast?: number; atMost?: number },
) => void;

const SEGMENT = 600;
const SEGMENTS = 500;
const OTHERS = 2_000;
/** Records of the node that visits: as many as an average repository has (docs/scale.md). */
const ASKER_RECORDS = 50_000;
/** Of one day, where a repository of 50,000 records grows by a twentieth in a year. */
const NEW_RECORDS = 7;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** What the holdings filter costs: to make, in bytes, and to ask; and one node's visits to another. */
export async function holdingsFilter(printer: Printer): Promise<void> {
  const print: Print = (...args) => printer.print(figure('federation', ...args));
  segments(print);
  await withDirectory((directory) => visits(directory, print));
}

function segments(print: Print): void {
  const keys = Array.from({ length: SEGMENTS }, () => randomFillSync(Buffer.alloc(SEGMENT * 8)));
  const [built, building] = timed(() => keys.map((some) => encodeSegment(some)));
  const readers = built.map((segment) => new SegmentReader(segment));
  const others = unpackWorkKeys(randomFillSync(Buffer.alloc(OTHERS * 8)));
  const among = (some: readonly string[], reader: SegmentReader | undefined): number =>
    some.filter((key) => reader?.has(key)).length;
  const [hits, asking] = timed(() => readers.reduce((sum, reader) => sum + among(others, reader), 0));
  const found = keys.reduce((sum, some, i) => sum + among(unpackWorkKeys(some), readers[i]), 0);
  const bytes = built.reduce((sum, { length }) => sum + length, 0);
  print('filter, built', (SEGMENTS * SEGMENT) / building, 'keys/s');
  print('filter, size', (bytes * 8) / (SEGMENTS * SEGMENT), 'bits/key');
  print('filter, asked', (SEGMENTS * OTHERS) / asking, 'keys/s');
  print('filter, false positives', (100 * hits) / (SEGMENTS * OTHERS), '%', { atMost: 0.5 });
  print('filter, false negatives', SEGMENTS * SEGMENT - found, 'keys', { atMost: 0 });
}

/** The two nodes have no record in common, as two institutions have next to none: what is asked is asked in vain. */
async function visits(directory: string, print: Print): Promise<void> {
  let now = systemClock.now();
  const clock = { ...systemClock, now: () => now };
  const [askerId, holderId] = [Identity.generate(), Identity.generate()];
  const { from, to, counted } = pairedNetworks(askerId.node);
  const holder = await aNode(join(directory, 'holder'), holderId, to, () => [], clock);
  const others = (): SignedHead[] => [holder.catalogue.head];
  const asker = await aNode(join(directory, 'asker'), askerId, from, others, clock);
  await fill(holder.catalogue);
  const { live } = holder.catalogue.head;
  const reading = await holder.read();
  await asker.put(0, ASKER_RECORDS);
  await asker.read();
  const { keys } = holder.index.counts;
  print('catalogue and work keys, on disk', (await sizeOf(join(directory, 'holder'))) / live, 'B/record');
  print('work keys', keys / live, 'keys/record');
  print('work keys, kept, CPU', (reading * 1e6) / live, 'µs/record');
  print('filter, made of them, CPU', ((await holder.round()) * 1e6) / live, 'µs/record');
  const filterBytes = async (): Promise<number> => {
    let bytes = 0;
    for await (const value of asker.filters.values()) bytes += value.length;
    return bytes;
  };
  await asker.round();
  const visit = async (): Promise<{ seconds: number; bytes: number }> => {
    now += DAY_MS;
    const before = counted();
    return { seconds: await asker.round(), bytes: counted() - before };
  };
  print('filter, on disk', (await filterBytes()) / live, 'B/record');
  print('first visit', counted() / live, 'B/record');
  const still = await visit();
  print('visit, nothing new', still.bytes / 1e3, 'kB');
  print('visit, nothing new, CPU of both', still.seconds, 's');
  await holder.put(0, NEW_RECORDS);
  await holder.read();
  now += DAY_MS;
  await holder.round();
  const changed = await visit();
  print(`visit, ${NEW_RECORDS} new records`, changed.bytes / 1e3, 'kB');
  await asker.close();
  await holder.close();
}

interface Node {
  catalogue: Catalogue;
  index: WorkKeyIndex;
  filters: Section;
  /** Puts so many small records, from a number on. */
  put(from: number, count: number): Promise<void>;
  /** Has the work keys of all that is there. @returns seconds of CPU */
  read(): Promise<number>;
  /** What is done every minute. @returns seconds of CPU, with what the other node does for it */
  round(): Promise<number>;
  close(): Promise<void>;
}

async function aNode(
  directory: string,
  signer: Identity,
  network: Network,
  unfollowed: () => SignedHead[],
  clock: Clock,
): Promise<Node> {
  await mkdir(directory);
  const store = await openStore(directory);
  const log = pino({ level: 'warn' }, pino.destination(2));
  const catalogue = await Catalogue.open({
    section: store.section('catalogue'),
    signer,
    base: 'http://origin.example',
    name: 'bench',
    networks: ['bench'],
    clock,
  });
  const index = new WorkKeyIndex({ node: signer.node });
  const section = store.section(index.name);
  const runner = new ReaderRunner({ catalogue, reader: index, section, log, clock });
  const filters = store.section('filters');
  const lookups = new Lookups({
    catalogue,
    network,
    nodes: { unfollowed, isExcluded: () => false, refuse: () => undefined, onHead: () => () => undefined },
    index,
    signer,
    verifier: new SignatureVerifier(),
    filters,
    lookedUp: store.section('looked-up'),
    registry: new Registry(),
    clock,
    log,
  });
  let isRunning = false;
  return {
    catalogue,
    index,
    filters,
    put: async (from, count) => {
      for (let at = from; at < from + count; at += 500) {
        const length = Math.min(500, from + count - at);
        const puts = Array.from({ length }, (_, i): OwnChange => ({
          type: 'put',
          record: smallRecord(at + i),
        }));
        await catalogue.put(puts);
      }
    },
    read: async () => {
      const seconds = await cpuSeconds(async () => {
        if (!isRunning) await runner.start();
        await runner.caughtUp();
      });
      if (!isRunning) await lookups.start();
      isRunning = true;
      return seconds;
    },
    round: () => cpuSeconds(() => lookups.round()),
    close: async () => {
      await lookups.stop();
      await runner.stop();
      await catalogue.close();
      await store.close();
    },
  };
}

async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true });
  const stats = await Promise.all(files.map((file) => stat(join(folder, file))));
  return stats.reduce((sum, { size }) => sum + size, 0);
}

async function cpuSeconds(work: () => Promise<void>): Promise<number> {
  const begun = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1e6;
}

function timed<T>(work: () => T): [result: T, seconds: number] {
  const begun = performance.now();
  const result = work();
  return [result, (performance.now() - begun) / 1_000];
}

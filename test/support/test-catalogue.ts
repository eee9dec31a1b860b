import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { Catalogue, ReaderRunner, type Log, type Reader } from '../../node/catalogue/index.ts';
import type { Clock } from '../../node/clock.ts';
import { Identity } from '../../node/identity/index.ts';
import { openStore, type Store } from '../../node/store/index.ts';
import { storeIn } from './stores.ts';
import { TestClock } from './test-clock.ts';

/** A catalogue over a real store in a folder of its own. `close` ends everything and removes the folder. */
export interface TestCatalogue {
  catalogue: Catalogue;
  store: Store;
  identity: Identity;
  clock: Clock;
  directory: string;
  /** Starts the reader over the catalogue; it is stopped by `close`. */
  run(reader: Reader, options?: { restMs?: number }): Promise<ReaderRunner>;
  /** Closes the store and opens everything again from the disk; runners have to be started anew. */
  reopen(): Promise<TestCatalogue>;
  /** Closes everything, and leaves the folder. */
  leave(): Promise<void>;
  close(): Promise<void>;
}

export async function aCatalogue(
  options: {
    identity?: Identity;
    base?: string;
    networks?: readonly string[];
    clock?: Clock;
    directory?: string;
    predecessors?: readonly string[];
  } = {},
): Promise<TestCatalogue> {
  const directory = options.directory ?? (await mkdtemp(join(tmpdir(), 'ngr-test-')));
  const identity = options.identity ?? Identity.generate();
  const clock = options.clock ?? new TestClock();
  const base = options.base ?? 'https://node.example';
  const networks = options.networks ?? ['test'];
  const store = await openStore(storeIn(directory));
  const section = store.section('catalogue');
  const { predecessors = [] } = options;
  const own = { signer: identity, base, name: 'Test', networks, predecessors };
  const catalogue = await Catalogue.open({ section, ...own, clock }).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  freezeWhatIsRead(catalogue.log);
  const runners: ReaderRunner[] = [];

  const stop = async (): Promise<void> => {
    await Promise.all(runners.map((runner) => runner.stop()));
    await catalogue.close();
    await store.close();
  };
  return {
    catalogue,
    store,
    identity,
    clock,
    directory,
    run: async (reader, { restMs = 0 } = {}) => {
      const section = store.section(reader.name);
      const runner = new ReaderRunner({ catalogue, reader, section, log: silentLog, clock, restMs });
      await runner.start();
      runners.push(runner);
      return runner;
    },
    reopen: async () => {
      await stop();
      return await aCatalogue({ identity, base, networks, clock, directory });
    },
    leave: stop,
    close: async () => {
      await stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Readers share the changes that they read: one that changes a record fails. */
function freezeWhatIsRead(log: Log): void {
  const after = log.after.bind(log);
  Object.assign(log, { after: async (...given: Parameters<Log['after']>) => frozen(await after(...given)) });
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}

export const silentLog = pino({ level: 'silent' });

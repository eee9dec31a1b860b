import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { writeBatch, type Operation, type Section } from '../store/index.ts';
import type { Catalogue } from './catalogue.ts';
import type { Change } from './change.ts';

/**
 * Something that is computed from the catalogue and can be thrown away and computed again.
 *
 * `apply` gets changes in the order of the log and gives back what is to be written in the reader's own section; that and
 * the reader's cursor are then written in one batch. After a crash the reader goes on from its cursor, so it must bear
 * to see a change again, and must rebuild whatever it holds in memory in `open`.
 */
export interface Reader {
  /** The name of its section in the store, and in logs and figures. */
  readonly name: string;
  /** A new number throws away what older code computed, and starts from the beginning of the log. */
  readonly version: number;
  /** Changes a batch, where the usual number would make too many rows at once. */
  readonly batchSize?: number;
  /** For how many changes one stands, where some make many times as many rows as others: a batch has fewer of those. */
  weightOf?(change: Change): number;
  /** Called before the first change, and after a write that failed. */
  open?(section: Section): Promise<void>;
  apply(changes: readonly Change[], section: Section): Promise<Operation[]>;
  /** Called when what `apply` gave back is on disk. */
  applied?(): void;
  /** Called when it is to end in the middle of a long `apply`, which may then throw. */
  interrupt?(): Promise<void>;
}

/** A reader, as far as it answers from the rows that another process writes by it. */
export type ReadRows = Pick<Reader, 'name' | 'version' | 'open'>;

const CURSOR_KEY = '!cursor';
const VERSION_KEY = '!version';
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/**
 * Brings one reader along the log: first what it missed, then each change as it comes.
 *
 * There is no switch from one to the other, and so nothing to lose between them: it reads behind its cursor until
 * there is no more, and is woken by the next commit.
 */
export class ReaderRunner {
  readonly #catalogue: Catalogue;
  readonly #reader: Reader;
  readonly #section: Section;
  readonly #log: Logger;
  readonly #clock: Clock;
  readonly #batchSize: number;
  readonly #restMs: number;
  readonly #waiting = new Set<() => void>();
  #cursor = 0;
  #failing = false;
  #abort = new AbortController();
  #resting: AbortController | undefined;
  #running: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: {
    catalogue: Catalogue;
    reader: Reader;
    section: Section;
    log: Logger;
    clock: Clock;
    /** Changes a batch: the time the event loop is held, and the memory. */
    batchSize?: number;
    /**
     * Milliseconds that it rests when it has caught up, so that changes that come one by one are read some at a time: each time
     * costs as much as some of them. The first one after a rest is read at once. None unless told.
     */
    restMs?: number;
  }) {
    this.#catalogue = options.catalogue;
    this.#reader = options.reader;
    this.#section = options.section;
    this.#log = options.log.child({ reader: options.reader.name });
    this.#clock = options.clock;
    this.#batchSize = options.batchSize ?? options.reader.batchSize ?? 200;
    this.#restMs = options.restMs ?? 0;
  }

  get name(): string {
    return this.#reader.name;
  }

  /** The last position that was read. */
  get cursor(): number {
    return this.#cursor;
  }

  /** Whether its last attempt failed. */
  get failing(): boolean {
    return this.#failing;
  }

  /** How many positions of the log lie behind the cursor; 0 when it has caught up. */
  get lag(): number {
    return this.#catalogue.position - this.#cursor;
  }

  async start(): Promise<void> {
    await this.#load();
    this.#abort = new AbortController();
    this.#unsubscribe = this.#catalogue.onCommit(() => this.#wake());
    this.#running = this.#run(this.#abort.signal);
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#abort.abort();
    this.#resting?.abort();
    this.#wake();
    await this.#reader.interrupt?.();
    await this.#running;
  }

  /** Resolves when the reader has read everything that is in the log now. */
  async caughtUp(): Promise<void> {
    const target = this.#catalogue.position;
    while (this.#cursor < target && !this.#abort.signal.aborted) {
      this.#resting?.abort();
      await this.#woken();
    }
  }

  async #load(): Promise<void> {
    if ((await versionIn(this.#section)) !== this.#reader.version) {
      await this.#section.clear();
      const stored: Operation = {
        type: 'put',
        key: VERSION_KEY,
        value: Buffer.from(String(this.#reader.version)),
      };
      await writeBatch(this.#section, [stored], { durable: true });
    }
    this.#cursor = await cursorIn(this.#section);
    await this.#reader.open?.(this.#section);
  }

  async #run(signal: AbortSignal): Promise<void> {
    let retry = FIRST_RETRY_MS;
    let loaded = true;
    while (!signal.aborted) {
      try {
        // The reader's memory may be ahead of what was written: it starts again from what is on disk.
        if (!loaded) await this.#load();
        loaded = true;
        const read = await this.#step();
        retry = FIRST_RETRY_MS;
        this.#failing = false;
        this.#wake();
        if (read && this.lag <= 0) await this.#rest(signal);
        if (!signal.aborted && this.lag <= 0) await this.#woken();
      } catch (error) {
        if (signal.aborted) break;
        loaded = false;
        this.#failing = true;
        this.#log.error({ err: error, cursor: this.#cursor }, 'reader failed, tries again');
        await this.#clock.sleep(retry, signal).catch(() => undefined);
        retry = Math.min(retry * 2, LONGEST_RETRY_MS);
      }
    }
    this.#wake();
  }

  async #rest(signal: AbortSignal): Promise<void> {
    if (this.#restMs === 0 || signal.aborted) return;
    this.#resting = new AbortController();
    await this.#clock.sleep(this.#restMs, this.#resting.signal).catch(() => undefined);
    this.#resting = undefined;
  }

  async #step(): Promise<boolean> {
    const changes = await this.#catalogue.log.after(this.#cursor, this.#batchSize);
    for (const batch of this.#batches(changes)) {
      const operations = await this.#reader.apply(batch, this.#section);
      const position = batch.at(-1)?.position ?? this.#cursor;
      const cursor: Operation = { type: 'put', key: CURSOR_KEY, value: Buffer.from(String(position)) };
      await writeBatch(this.#section, [...operations, cursor], { durable: false });
      this.#cursor = position;
      this.#reader.applied?.();
      if (this.#abort.signal.aborted) break;
    }
    return changes.length > 0;
  }

  /** What was read at once, as readers close to one another read it, parted by how much there is to be done with it. */
  #batches(changes: readonly Change[]): Change[][] {
    const batches: Change[][] = [];
    let room = 0;
    for (const change of changes) {
      const weight = this.#reader.weightOf?.(change) ?? 1;
      if (weight > room) {
        batches.push([]);
        room = this.#batchSize;
      }
      batches.at(-1)?.push(change);
      room -= weight;
    }
    return batches;
  }

  #woken(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve));
  }

  #wake(): void {
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const resolve of waiting) resolve();
  }
}

/**
 * Has a reader answer from its rows, which another process writes; to be called again for what it keeps of them in memory.
 * @returns how far they go, undefined where they are of another version of the reader, and not to be read
 */
export async function openToRead(reader: ReadRows, section: Section): Promise<number | undefined> {
  const [version, cursor] = await Promise.all([versionIn(section), cursorIn(section)]);
  if (version !== reader.version) return undefined;
  await reader.open?.(section);
  return cursor;
}

async function versionIn(section: Section): Promise<number | undefined> {
  const bytes = await section.get(VERSION_KEY);
  return bytes === undefined ? undefined : Number(Buffer.from(bytes).toString());
}

async function cursorIn(section: Section): Promise<number> {
  const bytes = await section.get(CURSOR_KEY);
  return bytes === undefined ? 0 : Number(Buffer.from(bytes).toString());
}

import * as dagCbor from '@ipld/dag-cbor';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import { WriteQueue, writeBatch, type Operation, type Section } from '../store/index.ts';
import { auditKey, auditRange } from './layout.ts';

/** Something that somebody did. */
export interface AuditEntry {
  /** Milliseconds since 1970. */
  at: number;
  /** The id of the person; absent of what the node's own token or nobody known did. */
  person?: string;
  /** Her name then. */
  name?: string;
  /** What was done, by a stable name such as `record.withdraw`. */
  action: string;
  /** What it was done to. */
  on?: string;
  /** The code of the refusal, where it was refused. */
  refused?: string;
}

const KEPT_MS = 2 * 365 * 24 * 60 * 60_000;
const HOUR_MS = 60 * 60_000;
/** Of those who were turned away and nobody knows, so many an hour tell as much as all of them. */
const STRANGERS_AN_HOUR = 100;
/** Removed at once; the next entry removes more. */
const PRUNED = 100;

/** Who did what, for two years. Nothing is changed in it, and no addresses are in it. */
export class AuditLog {
  readonly #section: Section;
  readonly #clock: Clock;
  readonly #log: Pick<Logger, 'error'>;
  readonly #writes = new WriteQueue();
  #number = 0;
  #strangers = { hour: 0, count: 0 };

  constructor(options: { section: Section; clock: Clock; log: Pick<Logger, 'error'> }) {
    this.#section = options.section;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /**
   * On disk when it resolves. What was done is done, and what was refused is told as it was, also where that cannot be written
   * down: it never rejects, and the operator's log says so.
   */
  async note(entry: Omit<AuditEntry, 'at'>): Promise<void> {
    await this.#write(entry).catch((error: unknown) =>
      this.#log.error({ err: error, action: entry.action }, 'the log of who did what cannot be written'),
    );
  }

  /** Notes that a stranger was turned away. Strangers are without number: beyond some an hour, they are not written down. */
  async turnedAway(action: string, refused: string): Promise<void> {
    const hour = Math.floor(this.#clock.now() / HOUR_MS);
    if (hour !== this.#strangers.hour) this.#strangers = { hour, count: 0 };
    this.#strangers.count += 1;
    if (this.#strangers.count <= STRANGERS_AN_HOUR) await this.note({ action, refused });
  }

  async #write(entry: Omit<AuditEntry, 'at'>): Promise<void> {
    await this.#writes.run(async () => {
      const at = this.#clock.now();
      const operations: Operation[] = [
        { type: 'put', key: auditKey(at, this.#number++), value: dagCbor.encode({ at, ...entry }) },
      ];
      const old = { ...auditRange, lt: auditKey(Math.max(0, at - KEPT_MS), 0), limit: PRUNED };
      for await (const key of this.#section.keys(old)) operations.push({ type: 'del', key });
      await writeBatch(this.#section, operations, { durable: true });
    });
  }

  /** The latest first. @param options.before the key of the last one read, for those before it */
  async read({
    before,
    limit,
  }: {
    before?: string;
    limit: number;
  }): Promise<(AuditEntry & { key: string })[]> {
    const lt = before === undefined ? auditRange.lt : `a!${before}`;
    const entries: (AuditEntry & { key: string })[] = [];
    for await (const [key, bytes] of this.#section.iterator({ ...auditRange, lt, reverse: true, limit }))
      entries.push({ ...dagCbor.decode<AuditEntry>(bytes), key: key.slice('a!'.length) });
    return entries;
  }
}

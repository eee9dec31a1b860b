import { payloadWithin, readCoarNotify, type CoarNotification } from '../../protocols/coar-notify/index.ts';
import { JSON_LD_TYPE, readNotification } from '../../protocols/ldn/index.ts';
import type { JsonLdObject } from '../../vocab/json-ld/index.ts';
import type { Announcement } from '../../vocab/announcement.ts';
import { WriteQueue, type Operation, type Section } from '../store/index.ts';
import { Announcements } from './announcements.ts';
import { Conversations, type Conversation, type Move } from './conversations.ts';
import { cannot, unknownNotification } from './errors.ts';
import { Quotas, type InboxLimits } from './quotas.ts';
import { Rows } from './rows.ts';
import type { StoredNotification } from './stored-notification.ts';

/**
 * All that is kept of notifications, and the only way to change it: one change after another, each seeing what the one
 * before it left, and each on disk whole or not at all.
 */
export class Ledger {
  readonly rows: Rows;
  readonly conversations: Conversations;
  readonly announcements: Announcements;
  readonly quotas: Quotas;
  readonly #queue = new WriteQueue();

  constructor({ section, limits }: { section: Section; limits: InboxLimits }) {
    this.rows = new Rows(section);
    this.conversations = new Conversations(section);
    this.announcements = new Announcements(section);
    this.quotas = new Quotas({ rows: this.rows, limits });
  }

  /** Resolves when every change that was begun is on disk or was given up. */
  async idle(): Promise<void> {
    await this.#queue.idle();
  }

  /**
   * One that came, or one that went.
   * @throws NotificationError `NOTIFICATION_UNKNOWN`
   */
  async known(id: string, direction: StoredNotification['direction']): Promise<StoredNotification> {
    const row = await this.rows.get(id);
    if (row?.direction !== direction) throw unknownNotification(id, direction);
    return row;
  }

  /** What a notification of COAR Notify says. */
  async payload(row: StoredNotification): Promise<CoarNotification> {
    const body = (await this.rows.body(row.id)) ?? new Uint8Array();
    const notification = readCoarNotify(await readNotification(body, JSON_LD_TYPE));
    if (notification === undefined) throw cannot(row, 'It is no notification of COAR Notify.');
    return notification;
  }

  /** The payload of a notification of COAR Notify, to be put into an answer. */
  async payloadWithin(row: StoredNotification): Promise<JsonLdObject> {
    const body = (await this.rows.body(row.id)) ?? new Uint8Array();
    return payloadWithin(JSON.parse(Buffer.from(body).toString()), await this.payload(row));
  }

  /**
   * Makes a change: what `work` puts into the batch is written when it resolves, and nothing where it rejects.
   * @returns what `work` gives, when it is on disk
   */
  change<T>(work: (batch: Batch) => Promise<T>): Promise<T> {
    return this.#queue.run(async () => {
      const batch = new Batch(this);
      const result = await work(batch);
      await batch.commit();
      return result;
    });
  }
}

/** What one change writes. */
export class Batch {
  readonly #ledger: Ledger;
  readonly #operations: Operation[] = [];
  readonly #rows: { row: StoredNotification; before: StoredNotification | undefined }[] = [];
  readonly #forgotten: StoredNotification[] = [];
  readonly #announced = new Set<string>();
  #announcedAt = 0;

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  /** @param before as it is in the store, where it is; a notification may be put once in a batch */
  put(row: StoredNotification, before: StoredNotification | undefined, body?: Uint8Array): void {
    this.#operations.push(...this.#ledger.rows.put(row, before, body));
    this.#rows.push({ row, before });
  }

  /** Takes a notification out, with the conversation that it began. */
  forget(row: StoredNotification): void {
    const { rows, conversations } = this.#ledger;
    this.#operations.push(...rows.remove(row), conversations.remove(row.id));
    this.#forgotten.push(row);
  }

  begin(conversation: Conversation): void {
    this.#operations.push(this.#ledger.conversations.begin(conversation));
  }

  /** @throws NotificationError `NOTIFY_ILLEGAL_MOVE` */
  move(conversation: Conversation, next: Move): void {
    this.#operations.push(this.#ledger.conversations.move(conversation, next));
  }

  /** Shows what a notification announces with some records. */
  show(records: readonly string[], id: string, announcement: Announcement): void {
    this.#operations.push(...this.#ledger.announcements.show(records, id, announcement));
    this.#announce(records, announcement.at);
  }

  hide({ id, records }: Pick<StoredNotification, 'id' | 'records'>, at: number): void {
    this.#operations.push(...this.#ledger.announcements.hide(records, id, at));
    this.#announce(records, at);
  }

  #announce(records: readonly string[], at: number): void {
    for (const record of records) this.#announced.add(record);
    this.#announcedAt = Math.max(this.#announcedAt, at);
  }

  async commit(): Promise<void> {
    const { rows, quotas, announcements } = this.#ledger;
    if (this.#operations.length === 0) return;
    await rows.write(this.#operations);
    for (const { row, before } of this.#rows) quotas.changed(row, before);
    for (const row of this.#forgotten) quotas.forgotten(row);
    announcements.changed([...this.#announced], this.#announcedAt);
  }
}

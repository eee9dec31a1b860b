import { patterns, readCoarNotify, type CoarNotification } from '../../protocols/coar-notify/index.ts';
import { readNotification, type Notification } from '../../protocols/ldn/index.ts';
import type { Clock } from '../clock.ts';
import { carryOut } from './carry-out.ts';
import { NotificationError } from './errors.ts';
import type { FoundItems, Items } from './items.ts';
import { judge } from './judgement.ts';
import { idOfContent, idOfIri } from './layout.ts';
import type { Batch, Ledger } from './ledger.ts';
import type { InboxLimits } from './quotas.ts';
import type { Sender, Services } from './services.ts';
import type { StoredNotification } from './stored-notification.ts';

/** Some notifications in the order of receipt. */
interface InboxPage {
  notifications: readonly { id: string; at: number }[];
  /** Whether more were received after the last of them. */
  more: boolean;
}

/** A notification as others may read it. */
interface PublicNotification {
  /** When it was received, milliseconds since 1970. */
  at: number;
  digest: string;
  /** JSON-LD. */
  body: Uint8Array;
}

/** What became of what was posted. */
export interface Receipt {
  notification: StoredNotification;
  created: boolean;
}

/** What was posted, once it has been read. */
interface Received {
  read: Notification;
  /** What it says, where it is COAR Notify, who says it, and of which records. */
  coar?: { notification: CoarNotification; sender: Sender; items: FoundItems };
}

/**
 * The node's inbox: takes notifications in, each once, and decides by rule what can be decided so.
 *
 * A notification is known by the id that its sender gave it, or else by its content, so a sender that did not hear the
 * answer can send again and is told the same place.
 */
export class Inbox {
  readonly #ledger: Ledger;
  readonly #services: Services;
  readonly #items: Items;
  readonly #base: string;
  readonly #clock: Clock;

  constructor(parts: { ledger: Ledger; services: Services; items: Items; base: string; clock: Clock }) {
    this.#ledger = parts.ledger;
    this.#services = parts.services;
    this.#items = parts.items;
    this.#base = parts.base;
    this.#clock = parts.clock;
  }

  get limits(): InboxLimits {
    return this.#ledger.quotas.limits;
  }

  /**
   * Takes in what was posted, and acknowledges it when it is on disk.
   *
   * @param from IP address that it was posted from
   * @returns the notification as it stands now, and whether it is new: the same again changes nothing
   * @throws LdnError, JsonLdError, CoarNotifyError for what is no notification as it should be; NotificationError
   */
  async receive(body: Uint8Array, contentType: string | undefined, from?: string): Promise<Receipt> {
    if (body.length > this.limits.bytes) throw tooLarge(this.limits.bytes);
    const read = await readNotification(body, contentType);
    const notification = readCoarNotify(read);
    if (notification === undefined) {
      this.#services.refuseUnknown();
      return await this.#ledger.change((batch) => this.#keep(batch, { read }));
    }
    const sender = await this.#services.identify(notification.origin, from);
    const coar = { notification, sender, items: await this.#items.find(notification) };
    return await this.#ledger.change((batch) => this.#keep(batch, { read, coar }));
  }

  /**
   * At most `limit` of those that others may see, in the order of receipt.
   * @param options.after the id of the last one seen; undefined is answered where no such one is here
   */
  async list(options: { after?: string; limit: number }): Promise<InboxPage | undefined> {
    const { rows } = this.#ledger;
    const { after, limit } = options;
    const last = after === undefined ? undefined : await rows.get(after);
    if (after !== undefined && last === undefined) return undefined;
    const found = await rows.after('public', last?.place ?? 0, limit + 1);
    return { notifications: found.slice(0, limit), more: found.length > limit };
  }

  /** One that others may see; `gone` where the manager has turned it down. */
  async get(id: string): Promise<PublicNotification | 'gone' | undefined> {
    const { rows } = this.#ledger;
    const [row, body] = await Promise.all([rows.get(id), rows.body(id)]);
    if (row === undefined || body === undefined || row.direction === 'sent') return undefined;
    return row.state === 'rejected' ? 'gone' : { at: row.at, digest: row.digest, body };
  }

  async #keep(batch: Batch, { read, coar }: Received): Promise<Receipt> {
    const { rows, quotas } = this.#ledger;
    const id = read.id === undefined ? idOfContent(read.digest) : idOfIri(read.id);
    const known = await rows.get(id);
    if (known !== undefined) {
      if (known.digest !== read.digest || known.direction === 'sent') throw conflict(read.id ?? id);
      return { notification: known, created: false };
    }
    const plain: StoredNotification = {
      id,
      place: await rows.newPlace(),
      direction: 'received',
      at: this.#clock.now(),
      ...(read.id !== undefined && { iri: read.id }),
      digest: read.digest,
      state: 'waiting',
      why: 'other-kind',
      records: [],
    };
    const row = coar === undefined ? plain : await this.#decide(batch, plain, coar);
    await quotas.check(row);
    const old = await quotas.givingWay();
    if (old !== undefined) batch.forget(old);
    batch.put(row, undefined, read.document);
    return { notification: row, created: true };
  }

  /** What becomes of a notification of COAR Notify, and all that follows from it. */
  async #decide(
    batch: Batch,
    plain: StoredNotification,
    { notification, sender, items }: NonNullable<Received['coar']>,
  ): Promise<StoredNotification> {
    const { rows, conversations } = this.#ledger;
    const { pattern, inReplyTo, object, summary } = notification;
    const { role } = patterns[pattern];
    const spokenOf = role === 'undo' ? object.id : inReplyTo;
    const earlierId = spokenOf === undefined ? undefined : idOfIri(spokenOf);
    const [conversation, earlier] =
      earlierId === undefined
        ? [undefined, undefined]
        : await Promise.all([conversations.get(earlierId), rows.get(earlierId)]);
    const one = { notification, sender, items, conversation, earlier, base: this.#base };
    const verdict = judge(one);
    const belongsTo = role === 'offer' ? plain.id : conversation === undefined ? undefined : earlierId;
    const row: StoredNotification = {
      ...plain,
      pattern,
      state: verdict.state,
      why: verdict.why,
      party: sender.party,
      records: items.own,
      about: object.id,
      ...(belongsTo !== undefined && { conversation: belongsTo }),
      ...(summary !== undefined && { summary }),
    };
    carryOut(batch, row, verdict, one);
    return row;
  }
}

function tooLarge(limit: number): NotificationError {
  return new NotificationError('INBOX_TOO_LARGE', `A notification may have ${limit} bytes.`, {
    remedy: 'Refer to what is large by its address instead of sending it.',
  });
}

function conflict(id: string): NotificationError {
  return new NotificationError(
    'INBOX_CONFLICT',
    `Another notification with the id ${id.slice(0, 200)} is here already.`,
    { remedy: 'Give each notification an id of its own, such as a urn:uuid.' },
  );
}

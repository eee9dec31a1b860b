import { createHash } from 'node:crypto';
import { base32 } from 'multiformats/bases/base32';
import { readNotification, type Notification } from '../../protocols/ldn/index.ts';
import type { Clock } from '../clock.ts';
import { writeBatch, WriteQueue, type Section } from '../store/index.ts';
import { InboxError } from './errors.ts';
import {
  decodeNotification,
  decodeReceived,
  encodeNotification,
  encodeReceived,
  notificationKey,
  orderKey,
  orderRange,
  placeOfOrderKey,
  type ReceivedNotification,
  type StoredNotification,
} from './layout.ts';

export interface InboxLimits {
  /** Of one notification. */
  bytes: number;
  /** How many are held. */
  notifications: number;
}

export const defaultInboxLimits: InboxLimits = { bytes: 256 * 1024, notifications: 10_000 };

/** Some notifications in the order of receipt. */
export interface InboxPage {
  notifications: ReceivedNotification[];
  /** Whether more were received after the last of them. */
  more: boolean;
}

interface Extent {
  count: number;
  lastPlace: number;
}

const ID_LENGTH = 26;

/**
 * The node's inbox: keeps each notification as it came, once.
 *
 * A notification is known by the id that its sender gave it, or else by its content. The id here is a hash of that, so a
 * sender that did not hear the answer can send again and is told the same place.
 */
export class Inbox {
  readonly limits: InboxLimits;
  readonly #section: Section;
  readonly #clock: Clock;
  readonly #writes = new WriteQueue();
  /** Counted at the first write, then kept in mind. */
  #extent: Extent | undefined;

  constructor({
    section,
    clock,
    limits = defaultInboxLimits,
  }: {
    section: Section;
    clock: Clock;
    limits?: InboxLimits;
  }) {
    this.#section = section;
    this.#clock = clock;
    this.limits = limits;
  }

  /** Resolves when every notification that was begun is on disk or refused. */
  async stop(): Promise<void> {
    await this.#writes.idle();
  }

  /**
   * Takes in what was posted, and acknowledges it when it is on disk.
   *
   * @returns its id here, and whether it is new: the same again changes nothing
   * @throws LdnError, JsonLdError for what is no notification; InboxError
   */
  async receive(
    body: Uint8Array,
    contentType: string | undefined,
  ): Promise<{ id: string; created: boolean }> {
    if (body.length > this.limits.bytes) throw tooLarge(this.limits.bytes);
    const notification = await readNotification(body, contentType);
    // One after another: two of the same id at once must not both be new.
    return await this.#writes.run(() => this.#keep(notification, body));
  }

  /**
   * At most `limit` notifications, in the order of receipt.
   * @param options.after the id of the last one seen; undefined is answered where no such one is here
   */
  async list(options: { after?: string; limit: number }): Promise<InboxPage | undefined> {
    const { after, limit } = options;
    const last = after === undefined ? undefined : await this.get(after);
    if (after !== undefined && last === undefined) return undefined;
    const range = { ...orderRange(last?.place ?? 0), limit: limit + 1 };
    const found = await this.#section.values(range).all();
    return { notifications: found.slice(0, limit).map(decodeReceived), more: found.length > limit };
  }

  async get(id: string): Promise<StoredNotification | undefined> {
    const bytes = await this.#section.get(notificationKey(id));
    return bytes === undefined ? undefined : decodeNotification(bytes);
  }

  async #keep(notification: Notification, body: Uint8Array): Promise<{ id: string; created: boolean }> {
    const id = localId(notification);
    const known = await this.get(id);
    if (known !== undefined) {
      if (known.digest !== notification.digest) throw conflict(notification.id ?? id);
      return { id, created: false };
    }
    const extent = this.#extent ?? (await this.#measure());
    if (extent.count >= this.limits.notifications) throw full(this.limits.notifications);
    const place = extent.lastPlace + 1;
    const receivedAt = this.#clock.now();
    const stored = { place, receivedAt, digest: notification.digest, body };
    await writeBatch(
      this.#section,
      [
        { type: 'put', key: notificationKey(id), value: encodeNotification(stored) },
        { type: 'put', key: orderKey(place), value: encodeReceived({ id, receivedAt }) },
      ],
      { durable: true },
    );
    this.#extent = { count: extent.count + 1, lastPlace: place };
    return { id, created: true };
  }

  async #measure(): Promise<Extent> {
    const keys = await this.#section.keys(orderRange(0)).all();
    const last = keys.at(-1);
    return { count: keys.length, lastPlace: last === undefined ? 0 : placeOfOrderKey(last) };
  }
}

function localId({ id, digest }: Notification): string {
  const identity = id === undefined ? `content\n${digest}` : `id\n${id}`;
  return base32.baseEncode(createHash('sha256').update(identity).digest()).slice(0, ID_LENGTH);
}

function tooLarge(limit: number): InboxError {
  return new InboxError('INBOX_TOO_LARGE', `A notification may have ${limit} bytes.`, {
    remedy: 'Refer to what is large by its address instead of sending it.',
  });
}

function conflict(id: string): InboxError {
  return new InboxError(
    'INBOX_CONFLICT',
    `Another notification with the id ${id.slice(0, 200)} is here already.`,
    {
      remedy: 'Give each notification an id of its own, such as a urn:uuid.',
    },
  );
}

function full(limit: number): InboxError {
  return new InboxError('INBOX_FULL', `The inbox holds ${limit} notifications and takes no more.`, {
    remedy: 'Ask the operator of this node to look through its inbox.',
  });
}

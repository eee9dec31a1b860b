import { createHash } from 'node:crypto';
import { patterns, writeCoarNotify, type CoarNotification } from '../../protocols/coar-notify/index.ts';
import type { JsonLdObject } from '../../vocab/json-ld/index.ts';
import type { Clock } from '../clock.ts';
import { idOfIri } from './layout.ts';
import type { Batch, Ledger } from './ledger.ts';
import type { Party, StoredNotification } from './stored-notification.ts';

/** What is to be sent, and what it belongs to. */
interface Message {
  notification: CoarNotification;
  to: Party;
  /** The activity that it answers or takes back: its payload goes along. */
  about?: JsonLdObject | undefined;
  records: readonly string[];
  /** The Offer whose conversation it belongs to, by its id here; an Offer begins its own. */
  conversation?: string | undefined;
}

/** What this node sends: kept before it goes, so that it goes whatever happens. */
export class Outbox {
  readonly #ledger: Ledger;
  readonly #clock: Clock;

  constructor({ ledger, clock }: { ledger: Ledger; clock: Clock }) {
    this.#ledger = ledger;
    this.#clock = clock;
  }

  /** Puts a notification into a batch; it is sent from when that is on disk. */
  async post(batch: Batch, message: Message): Promise<StoredNotification> {
    const { notification, to, about, records, conversation } = message;
    const { id: iri, pattern, object, summary } = notification;
    const body = Buffer.from(JSON.stringify(writeCoarNotify(notification, about)));
    const digest = createHash('sha256').update(body).digest('hex');
    const id = idOfIri(iri);
    const now = this.#clock.now();
    const belongsTo = patterns[pattern].role === 'offer' ? id : conversation;
    const row: StoredNotification = {
      id,
      place: await this.#ledger.rows.newPlace(),
      direction: 'sent',
      at: now,
      iri,
      digest,
      pattern,
      state: 'pending',
      why: 'to-be-sent',
      party: to,
      records,
      about: object.id,
      ...(belongsTo !== undefined && { conversation: belongsTo }),
      ...(summary !== undefined && { summary }),
      delivery: { since: now, attempts: 0, next: now },
    };
    batch.put(row, undefined, body);
    return row;
  }
}

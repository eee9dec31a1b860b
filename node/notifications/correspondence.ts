import type { Clock } from '../clock.ts';
import type { Composer, RequestPattern } from './compose.ts';
import { cannot, NotificationError } from './errors.ts';
import type { Items } from './items.ts';
import type { Batch, Ledger } from './ledger.ts';
import type { Outbox } from './outbox.ts';
import type { Services } from './services.ts';
import { roleOf, type Party, type StoredNotification } from './stored-notification.ts';

/** Sends what the manager wants to be sent. It is on disk when she is told so, and goes from then on by itself. */
export class Correspondence {
  readonly #ledger: Ledger;
  readonly #outbox: Outbox;
  readonly #services: Services;
  readonly #items: Items;
  readonly #composer: Composer;
  readonly #clock: Clock;

  constructor(parts: {
    ledger: Ledger;
    outbox: Outbox;
    services: Services;
    items: Items;
    composer: Composer;
    clock: Clock;
  }) {
    this.#ledger = parts.ledger;
    this.#outbox = parts.outbox;
    this.#services = parts.services;
    this.#items = parts.items;
    this.#composer = parts.composer;
    this.#clock = parts.clock;
  }

  /**
   * Asks a service to review or endorse one of the node's records.
   * @param service name or id of one that is configured
   * @param record its key
   * @throws NotificationError `SERVICE_UNKNOWN`, `NOTIFICATION_NO_RECORD`, `NOTIFICATION_NO_FILE`
   */
  request(pattern: RequestPattern, service: string, record: string): Promise<StoredNotification> {
    return this.#ledger.change(async (batch) => {
      const to = this.#service(service);
      const about = await this.#items.ownRecord(record);
      const notification = this.#composer.request(pattern, to, about);
      const row = await this.#outbox.post(batch, { notification, to, records: [record] });
      const offered = { pattern, by: 'offerer' as const, notification: row.id, at: row.at };
      const conversation = {
        offer: notification.id,
        pattern,
        party: to,
        records: [record],
        moves: [offered],
      };
      batch.begin({ ...conversation, side: 'offerer', state: 'offered' });
      return row;
    });
  }

  /**
   * Tells another repository how one of the node's records stands to something there.
   * @param to.service name or id of the repository where it is configured; else its inbox is looked for by `object`
   * @throws NotificationError `SERVICE_UNKNOWN`, `NOTIFICATION_NO_RECORD`
   */
  announceRelationship(
    record: string,
    to: { relationship: string; object: string; service?: string | undefined },
  ): Promise<StoredNotification> {
    const { relationship, object, service } = to;
    return this.#ledger.change(async (batch) => {
      const party =
        service === undefined ? { id: new URL(object).origin, page: object } : this.#service(service);
      const { id: subject } = await this.#items.ownRecord(record);
      const notification = this.#composer.announceRelationship(party, { subject, relationship, object });
      return await this.#outbox.post(batch, { notification, to: party, records: [record] });
    });
  }

  /**
   * Takes back what was offered or announced. What has not gone yet is called back.
   * @throws NotificationError `NOTIFICATION_UNKNOWN`, `NOTIFICATION_SETTLED`, `NOTIFY_ILLEGAL_MOVE`
   */
  undo(id: string, reason?: string): Promise<StoredNotification> {
    return this.#ledger.change(async (batch) => {
      const row = await this.#ledger.known(id, 'sent');
      const role = roleOf(row);
      const { party, iri, records, conversation, delivery } = row;
      if ((role !== 'offer' && role !== 'announcement') || party === undefined || iri === undefined) {
        throw cannot(row, 'Only an Offer or an announcement can be taken back.');
      }
      if (row.state !== 'delivered') {
        const calledBack = this.#callBack(batch, row);
        // An attempt that failed may have arrived all the same, and then has to be taken back there too.
        if (delivery?.attempts === 0 || party.inbox === undefined) return calledBack;
      }
      const notification = this.#composer.answer('undo-offer', party, { iri, summary: reason });
      const about = await this.#ledger.payloadWithin(row);
      const sent = await this.#outbox.post(batch, { notification, to: party, about, records, conversation });
      const offered = role === 'offer' ? await this.#ledger.conversations.get(id) : undefined;
      if (offered !== undefined) {
        batch.move(offered, { pattern: 'undo-offer', by: 'offerer', notification: sent.id, at: sent.at });
      }
      return sent;
    });
  }

  /**
   * Sends again what was given up.
   * @throws NotificationError `NOTIFICATION_UNKNOWN`, `NOTIFICATION_NOT_FAILED`
   */
  resend(id: string): Promise<StoredNotification> {
    return this.#ledger.change(async (batch) => {
      const row = await this.#ledger.known(id, 'sent');
      if (row.state !== 'failed') {
        throw new NotificationError('NOTIFICATION_NOT_FAILED', `${id} is ${row.state}.`, {
          remedy: 'Only what was given up is sent again; the rest goes by itself.',
        });
      }
      const now = this.#clock.now();
      const attempts = row.delivery?.attempts ?? 0;
      const again: StoredNotification = {
        ...row,
        state: 'pending',
        why: 'to-be-sent',
        delivery: { since: now, attempts, next: now },
      };
      batch.put(again, row);
      return again;
    });
  }

  #callBack(batch: Batch, row: StoredNotification): StoredNotification {
    const { since = row.at, attempts = 0 } = row.delivery ?? {};
    const after: StoredNotification = {
      ...row,
      state: 'failed',
      why: 'called-back',
      delivery: { since, attempts },
    };
    batch.put(after, row);
    return after;
  }

  #service(text: string): Party {
    const service = this.#services.named(text);
    if (service !== undefined) {
      const { name, id, inbox } = service;
      return { id, name, service: name, ...(inbox !== undefined && { inbox }) };
    }
    const names = this.#services.all.map(({ name }) => name).join(', ');
    throw new NotificationError('SERVICE_UNKNOWN', `No service is called “${text.slice(0, 200)}” here.`, {
      remedy:
        names === ''
          ? 'Add it to "inbox.services" in the configuration.'
          : `Those that are configured: ${names}.`,
    });
  }
}

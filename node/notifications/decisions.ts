import type { PatternName } from '../../protocols/coar-notify/index.ts';
import type { Clock } from '../clock.ts';
import { showAnnouncement, takeBack } from './carry-out.ts';
import type { Composer } from './compose.ts';
import { cannot, NotificationError } from './errors.ts';
import type { Items } from './items.ts';
import { idOfIri } from './layout.ts';
import type { Batch, Ledger } from './ledger.ts';
import type { Outbox } from './outbox.ts';
import { roleOf, type NotificationState, type StoredNotification } from './stored-notification.ts';

/** What the manager decides about a notification that came. */
export interface Decision {
  /** For a request: the answer is not the last one. */
  tentatively?: boolean;
  /** Why, for the other side to read. */
  note?: string;
  /** Key of the record that an announcement is to be shown with, where it does not name one. */
  record?: string;
}

/** Accepts and rejects notifications as the manager says, and tells their senders. */
export class Decisions {
  readonly #ledger: Ledger;
  readonly #outbox: Outbox;
  readonly #items: Items;
  readonly #composer: Composer;
  readonly #clock: Clock;

  constructor(parts: { ledger: Ledger; outbox: Outbox; items: Items; composer: Composer; clock: Clock }) {
    this.#ledger = parts.ledger;
    this.#outbox = parts.outbox;
    this.#items = parts.items;
    this.#composer = parts.composer;
    this.#clock = parts.clock;
  }

  /**
   * Accepts a notification: a request is answered, an announcement is shown with its record, an Undo is carried out.
   * @throws NotificationError `NOTIFICATION_UNKNOWN`, `NOTIFICATION_SETTLED`, `NOTIFICATION_NO_RECORD`, `NOTIFY_ILLEGAL_MOVE`
   */
  accept(id: string, decision: Decision = {}): Promise<StoredNotification> {
    return this.#ledger.change(async (batch) => {
      const row = await this.#ledger.known(id, 'received');
      const { tentatively = false } = decision;
      const role = roleOf(row);
      if (role === 'offer') {
        return await this.#answer(batch, row, tentatively ? 'tentative-accept' : 'accept', decision);
      }
      this.#refuseUnless(row, role === 'announcement' ? ['waiting', 'rejected'] : ['waiting'], tentatively);
      const records = role === 'announcement' ? await this.#announce(batch, row, decision) : row.records;
      if (role === 'undo') await this.#undo(batch, row);
      return this.#settle(batch, { ...row, records }, row, 'accepted', decision);
    });
  }

  /**
   * Turns a notification down: a request is answered, an announcement is not shown (any longer), and its sender is told why.
   * @throws NotificationError `NOTIFICATION_UNKNOWN`, `NOTIFICATION_SETTLED`, `NOTIFY_ILLEGAL_MOVE`
   */
  reject(id: string, decision: Decision & { note: string }): Promise<StoredNotification> {
    return this.#ledger.change(async (batch) => {
      const row = await this.#ledger.known(id, 'received');
      const { tentatively = false } = decision;
      const role = roleOf(row);
      if (role === 'offer') {
        return await this.#answer(batch, row, tentatively ? 'tentative-reject' : 'reject', decision);
      }
      this.#refuseUnless(row, role === 'announcement' ? ['waiting', 'accepted'] : ['waiting'], tentatively);
      if (row.state === 'accepted') batch.hide(row, this.#clock.now());
      // A complaint about a complaint would be the first of many.
      if (role !== undefined && role !== 'complaint') await this.#tell(batch, row, 'unprocessable', decision);
      return this.#settle(batch, row, row, 'rejected', decision);
    });
  }

  #refuseUnless(row: StoredNotification, states: readonly NotificationState[], tentatively: boolean): void {
    if (!states.includes(row.state)) {
      throw cannot(row, `It is ${row.state} already.`);
    }
    if (tentatively) throw cannot(row, 'Only a request can be answered tentatively.');
  }

  /** Answers a request, as far as its conversation allows that. */
  async #answer(
    batch: Batch,
    row: StoredNotification,
    pattern: PatternName,
    decision: Decision,
  ): Promise<StoredNotification> {
    const conversation = await this.#ledger.conversations.get(row.id);
    if (conversation === undefined) throw cannot(row, 'Its conversation is not known.');
    const sent = await this.#tell(batch, row, pattern, decision);
    batch.move(conversation, { pattern, by: 'offered', notification: sent.id, at: sent.at });
    const isFinal = pattern === 'accept' || pattern === 'reject';
    const state = pattern === 'accept' ? 'accepted' : pattern === 'reject' ? 'rejected' : 'waiting';
    const why = isFinal ? 'by-manager' : 'answered-tentatively';
    return this.#settle(batch, row, row, state, decision, why);
  }

  /** Shows an announcement with its records, as they are now. @returns their keys */
  async #announce(batch: Batch, row: StoredNotification, { record }: Decision): Promise<readonly string[]> {
    const notification = await this.#ledger.payload(row);
    const { own, isContext } = await this.#items.find(notification);
    if (record !== undefined) await this.#items.ownRecord(record);
    const records = record === undefined ? own : [record];
    if (records.length === 0) {
      throw new NotificationError(
        'NOTIFICATION_NO_RECORD',
        'None of the items that it speaks of is held here.',
        {
          remedy: 'Say which record it is about: --record on the command line.',
        },
      );
    }
    showAnnouncement(batch, { id: row.id, records }, notification, {
      base: this.#composer.self.base,
      at: this.#clock.now(),
      isContext: isContext || record !== undefined,
    });
    return records;
  }

  async #undo(batch: Batch, row: StoredNotification): Promise<void> {
    if (row.about === undefined) return;
    const earlier = await this.#ledger.rows.get(idOfIri(row.about));
    // One that names itself takes nothing back, and what was turned down meanwhile is not to be seen again.
    if (earlier?.direction !== 'received' || earlier.id === row.id || earlier.state === 'rejected') return;
    takeBack(batch, earlier, this.#clock.now());
  }

  /** Sends what the manager says to who sent the notification. */
  async #tell(
    batch: Batch,
    row: StoredNotification,
    pattern: PatternName,
    { note }: Decision,
  ): Promise<StoredNotification> {
    const { party, iri, records, conversation } = row;
    if (party === undefined || iri === undefined) throw cannot(row, 'It does not say who sent it.');
    const notification = this.#composer.answer(pattern, party, { iri, summary: note });
    // A complaint names what it is about; an answer carries all of it.
    const about = pattern === 'unprocessable' ? undefined : await this.#ledger.payloadWithin(row);
    return await this.#outbox.post(batch, { notification, to: party, about, records, conversation });
  }

  #settle(
    batch: Batch,
    row: StoredNotification,
    before: StoredNotification,
    state: NotificationState,
    { note }: Decision,
    why = 'by-manager',
  ): StoredNotification {
    const { note: _, ...undecided } = row;
    const after: StoredNotification = { ...undecided, state, why, ...(note !== undefined && { note }) };
    batch.put(after, before);
    return after;
  }
}

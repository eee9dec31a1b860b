import { randomUUID } from 'node:crypto';
import { lookup as systemLookup } from 'node:dns/promises';
import type { Logger } from 'pino';
import type { Fetch } from '../../protocols/ldn/index.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';
import type { Announcements } from './announcements.ts';
import { Composer, type RequestPattern, type Self } from './compose.ts';
import type { Conversation } from './conversations.ts';
import { Correspondence } from './correspondence.ts';
import { Courier } from './courier.ts';
import { Decisions, type Decision } from './decisions.ts';
import { Inbox } from './inbox.ts';
import { Items } from './items.ts';
import type { ListName } from './layout.ts';
import { Ledger } from './ledger.ts';
import { Outbox } from './outbox.ts';
import { defaultInboxLimits, type InboxLimits } from './quotas.ts';
import { SenderAddresses, type Lookup } from './sender-addresses.ts';
import type { Service } from './service.ts';
import { Services } from './services.ts';
import type { StoredNotification } from './stored-notification.ts';
import { ChangeSubscriptions } from './subscriptions/subscriptions.ts';

interface NotificationsOptions {
  section: Section;
  catalogue: Catalogue;
  /** This node, as it speaks in notifications. */
  self: Self;
  services: readonly Service[];
  /** Whose notifications are taken at all. */
  accept: 'known' | 'anyone';
  /** Goes to services and subscribers; may reach no private address but those that the operator named. */
  fetch: Fetch;
  clock: Clock;
  log: Logger;
  limits?: InboxLimits;
  /** How names become IP addresses, by which senders are known. */
  lookup?: Lookup;
  /** From 0 up to 1, for the pauses between attempts. */
  random?: () => number;
  /** For what is sent: an IRI, each time another. */
  newId?: () => string;
}

/** One notification with all that belongs to it. */
interface WholeNotification {
  notification: StoredNotification;
  /** JSON-LD. */
  body: Uint8Array;
  conversation: Conversation | undefined;
}

/**
 * Linked Data Notifications and COAR Notify: what comes, what goes, what is shown of it, and what the manager does with it.
 */
export class Notifications {
  readonly inbox: Inbox;
  readonly announcements: Announcements;
  readonly subscriptions: ChangeSubscriptions;
  readonly services: readonly Service[];
  readonly #ledger: Ledger;
  readonly #decisions: Decisions;
  readonly #correspondence: Correspondence;
  readonly #courier: Courier;

  constructor(options: NotificationsOptions) {
    const { section, catalogue, self, fetch, clock, log, limits = defaultInboxLimits } = options;
    const { lookup = addressesOf, random = Math.random, newId = () => `urn:uuid:${randomUUID()}` } = options;
    const { base } = self;
    const ledger = new Ledger({ section, limits });
    const items = new Items({ catalogue });
    const addresses = new SenderAddresses({ lookup, clock });
    const services = new Services({ services: options.services, accept: options.accept, base, addresses });
    const outbox = new Outbox({ ledger, clock });
    this.#ledger = ledger;
    this.services = options.services;
    this.announcements = ledger.announcements;
    this.inbox = new Inbox({ ledger, services, items, base, clock });
    this.subscriptions = new ChangeSubscriptions({ section, catalogue, fetch, self, clock, random, log });
    const composer = new Composer({ self, newId });
    this.#decisions = new Decisions({ ledger, outbox, items, composer, clock });
    this.#correspondence = new Correspondence({ ledger, outbox, services, items, composer, clock });
    this.#courier = new Courier({ ledger, fetch, clock, random, log });
  }

  /** @param options.sends whether anything goes out; else it waits for the next start */
  async start({ sends }: { sends: boolean }): Promise<void> {
    await this.announcements.open();
    await this.subscriptions.start({ sends });
    if (sends) this.#courier.start();
  }

  async stop(): Promise<void> {
    await this.subscriptions.stop();
    await this.#courier.stop();
    await this.#ledger.idle();
  }

  /** Those of a list, the newest first. */
  async list(
    list: ListName,
    options: { before?: string | undefined; limit: number },
  ): Promise<StoredNotification[]> {
    const { before, limit } = options;
    const { rows } = this.#ledger;
    const place = before === undefined ? undefined : (await rows.get(before))?.place;
    return await rows.before(list, place, limit);
  }

  async get(id: string): Promise<WholeNotification | undefined> {
    const { rows, conversations } = this.#ledger;
    const [notification, body] = await Promise.all([rows.get(id), rows.body(id)]);
    if (notification === undefined || body === undefined) return undefined;
    const { conversation } = notification;
    return {
      notification,
      body,
      conversation: conversation === undefined ? undefined : await conversations.get(conversation),
    };
  }

  /** See `Decisions.accept`. */
  async accept(id: string, decision: Decision): Promise<StoredNotification> {
    return await this.#hurried(this.#decisions.accept(id, decision));
  }

  /** See `Decisions.reject`. */
  async reject(id: string, decision: Decision & { note: string }): Promise<StoredNotification> {
    return await this.#hurried(this.#decisions.reject(id, decision));
  }

  /** See `Correspondence.request`. */
  async request(pattern: RequestPattern, service: string, record: string): Promise<StoredNotification> {
    return await this.#hurried(this.#correspondence.request(pattern, service, record));
  }

  /** See `Correspondence.announceRelationship`. */
  async announceRelationship(
    record: string,
    to: { relationship: string; object: string; service?: string | undefined },
  ): Promise<StoredNotification> {
    return await this.#hurried(this.#correspondence.announceRelationship(record, to));
  }

  /** See `Correspondence.undo`. */
  async undo(id: string, reason?: string): Promise<StoredNotification> {
    return await this.#hurried(this.#correspondence.undo(id, reason));
  }

  /** See `Correspondence.resend`. */
  async resend(id: string): Promise<StoredNotification> {
    return await this.#hurried(this.#correspondence.resend(id));
  }

  async #hurried<T>(change: Promise<T>): Promise<T> {
    const result = await change;
    this.#courier.hurry();
    return result;
  }
}

async function addressesOf(hostname: string): Promise<readonly string[]> {
  return (await systemLookup(hostname, { all: true })).map(({ address }) => address);
}

import Router from '@koa/router';
import {
  changeNotification,
  frameworkNotification,
  w3cDatetime,
  writeDocument,
  type Entry,
} from '../../../../protocols/resourcesync/index.ts';
import { topicLinks } from '../../../../protocols/websub/index.ts';
import { EntryWriter, type PublishedResources } from '../../../publishing/index.ts';
import type { News, Progress, Topic } from '../../../websub/index.ts';
import { SyncAddresses, type SyncCapability, type SyncChannel } from './addresses.ts';
import { sendXml } from './send-xml.ts';

/** How much the channel of changes tells. */
interface ChannelSizes {
  /** Changes in a notification. */
  changes: number;
  /** Changes that somebody may be behind: else they are told of the newest, and read of the others in the list of changes. */
  behind: number;
  /** Changes that the channel's own address shows. */
  shown: number;
}

const SIZES: ChannelSizes = { changes: 500, behind: 5_000, shown: 100 };
/** Records and files in a notification, as one record may have many. */
const MOST_ENTRIES = 1_000;

const CONTENT_TYPE = 'application/xml; charset=utf-8';
const DOCUMENTS: readonly SyncCapability[] = ['resourcelist', 'resourcedump', 'changelist', 'changedump'];

/** A topic whose address answers with a document, too. */
export interface Channel extends Topic {
  readonly capability: SyncChannel;
  /** Where it is subscribed to. */
  readonly hub: string;
  latest(): Promise<string>;
}

interface ChannelParts {
  hub: string;
  resources: PublishedResources;
  addresses: SyncAddresses;
}

/** The channels of a node's own records, to be handed to its hub. */
export function syncChannels({
  hub,
  resources,
  site,
  notifications,
  sizes = SIZES,
}: {
  /** Its address. */
  hub: string;
  resources: PublishedResources;
  site: { base: string };
  notifications: { announcements: { has(key: string): boolean } };
  sizes?: ChannelSizes;
}): Channel[] {
  const addresses = new SyncAddresses(site.base);
  const entries = new EntryWriter(site.base, (key) => notifications.announcements.has(key));
  return [
    new ChangeChannel({ hub, resources, addresses, entries, sizes }),
    new FrameworkChannel({ hub, resources, addresses }),
  ];
}

/** The channels' own addresses: what was told last, and in the `Link` header where to subscribe (WebSub, section 4). */
export function channelRouter(channels: readonly Channel[]): Router {
  const router = new Router();
  for (const channel of channels) {
    const links = topicLinks({ hub: channel.hub, topic: channel.url });
    router.get(`/resourcesync/${channel.capability}.xml`, async (ctx) => {
      const xml = await channel.latest();
      ctx.set('Link', links);
      sendXml(ctx, { identity: xml, body: xml });
    });
  }
  return router;
}

abstract class ResourceChannel {
  readonly contentType = CONTENT_TYPE;
  readonly hub: string;
  protected readonly resources: PublishedResources;
  protected readonly addresses: SyncAddresses;

  constructor({ hub, resources, addresses }: ChannelParts) {
    this.hub = hub;
    this.resources = resources;
    this.addresses = addresses;
  }

  get newest(): Progress {
    return { place: this.resources.lastPlace, time: this.resources.lastTime };
  }

  onChange(listener: () => void): () => void {
    return this.resources.onChange(listener);
  }
}

/** The Change Notification Channel (ResourceSync Change Notification 1.0.1, section 2): what changed of records and files. */
class ChangeChannel extends ResourceChannel implements Channel {
  readonly capability = 'change-notification';
  readonly title = 'Changes of records and of their open files, as ResourceSync Change Notifications.';
  readonly #entries: EntryWriter;
  readonly #sizes: ChannelSizes;

  constructor({ entries, sizes, ...parts }: ChannelParts & { entries: EntryWriter; sizes: ChannelSizes }) {
    super(parts);
    this.#entries = entries;
    this.#sizes = sizes;
  }

  get url(): string {
    return this.addresses.channel(this.capability);
  }

  async newsSince(told: Progress): Promise<News | undefined> {
    const { behind } = this.#sizes;
    const isFar = this.resources.lastPlace - told.place > behind;
    const after = isFar ? Math.max(told.place, await this.resources.placeBehind(behind)) : told.place;
    const { changes, first, last } = await this.#changes(after);
    if (first === undefined || last === undefined) return undefined;
    const from = after === told.place ? Math.min(told.time, first.time) : first.time;
    return { body: Buffer.from(this.#document(changes, from, last.time)), upTo: last };
  }

  async latest(): Promise<string> {
    const { time } = this.newest;
    const { changes, first, last } = await this.#changes(await this.resources.placeBehind(this.#sizes.shown));
    return this.#document(changes, first?.time ?? time, last?.time ?? time);
  }

  /** Changes behind a place, in their order; of each resource the last of them. */
  async #changes(after: number): Promise<{ changes: Entry[]; first?: Progress; last?: Progress }> {
    const byAddress = new Map<string, Entry>();
    let count = 0;
    let first: Progress | undefined;
    let last: Progress | undefined;
    const snapshot = this.resources.snapshot();
    const isFull = (): boolean => count === this.#sizes.changes || byAddress.size >= MOST_ENTRIES;
    try {
      for await (const rows of this.resources.rows({ after }, { replacedToo: true, snapshot })) {
        for (const row of rows) {
          if (isFull()) break;
          for (const entry of this.#entries.changes(row)) join(byAddress, entry);
          last = { place: row.place, time: row.time };
          first ??= last;
          count += 1;
        }
        if (isFull()) break;
      }
    } finally {
      await snapshot.close();
    }
    return {
      changes: [...byAddress.values()],
      ...(first !== undefined && { first }),
      ...(last !== undefined && { last }),
    };
  }

  #document(changes: readonly Entry[], from: number, until: number): string {
    return writeDocument(
      changeNotification({
        capabilityList: this.addresses.capabilityList,
        from: w3cDatetime(from),
        until: w3cDatetime(until),
        changes,
      }),
    );
  }
}

/** The Framework Notification Channel (ResourceSync Framework Notification 1.0.1, section 2): that lists and dumps changed. */
class FrameworkChannel extends ResourceChannel implements Channel {
  readonly capability = 'framework-notification';
  readonly title =
    'That the lists and dumps of ResourceSync changed, as ResourceSync Framework Notifications.';

  get url(): string {
    return this.addresses.channel(this.capability);
  }

  newsSince(told: Progress): Promise<News | undefined> {
    const { newest } = this;
    if (newest.place <= told.place) return Promise.resolve(undefined);
    const body = Buffer.from(this.#document(Math.min(told.time, newest.time), newest.time));
    return Promise.resolve({ body, upTo: newest });
  }

  latest(): Promise<string> {
    const { time } = this.newest;
    return Promise.resolve(this.#document(time, time));
  }

  /** All of them are made of the same changes. */
  #document(from: number, until: number): string {
    return writeDocument(
      frameworkNotification({
        capabilityList: this.addresses.capabilityList,
        from: w3cDatetime(from),
        until: w3cDatetime(until),
        documents: DOCUMENTS.map((capability) => ({ capability, loc: this.addresses.of(capability) })),
      }),
    );
  }
}

/** Takes a change in behind the others; one that came before it of the same resource was only on the way to it. */
function join(byAddress: Map<string, Entry>, entry: Entry): void {
  const before = byAddress.get(entry.loc)?.metadata?.change;
  byAddress.delete(entry.loc);
  const isNew = before === 'created' && entry.metadata?.change === 'updated';
  const told: Entry = isNew ? { ...entry, metadata: { ...entry.metadata, change: 'created' } } : entry;
  byAddress.set(entry.loc, told);
}

import type {
  OaiIdentify,
  OaiMetadataFormat,
  OaiSet,
  ProvidedItem,
  ProvidedPart,
  ProvidedRepository,
  Selection,
} from '../../protocols/oai-pmh/index.ts';
import { utcSeconds } from '../../protocols/oai-pmh/index.ts';
import { resourceTypes } from '../../vocab/coar/index.ts';
import { crosswalks, type XmlCrosswalk } from '../../vocab/crosswalks/index.ts';
import { keyOfIri, recordKey } from '../../vocab/record-key.ts';
import { isTombstone, type Holding, type NodeId } from '../../vocab/record.ts';
import { nameOfHexSet } from '../../vocab/set-name.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { DatestampIndex, Member } from './datestamp-index.ts';
import type { Listing } from './layout.ts';
import { receivedXml } from './received.ts';
import { ALL, isPublicSet, ORIGIN, originSet, receivedIn, TYPE } from './sets.ts';

const TYPE_BASE = 'http://purl.org/coar/resource_type/';
/** Records that are read at once: each may have some megabytes. */
const ITEMS_AT_ONCE = 20;
/** Before the prefix of a format in which records are given out as received, where we write that format ourselves. */
const AS_RECEIVED = 'received_';

type Writer = XmlCrosswalk & Required<Pick<XmlCrosswalk, 'write'>>;

const writers = crosswalks.filter((crosswalk): crosswalk is Writer => crosswalk.write !== undefined);

export interface OaiRepositoryOptions {
  catalogue: Pick<Catalogue, 'node' | 'holdings' | 'feeds'>;
  index: DatestampIndex;
  /** Of the provider, `https://node.example/oai`. */
  baseUrl: string;
  /** The institution as it calls itself now, and the e-mail address of who answers for it. */
  institution: () => { name: string; contact: string };
  clock: Clock;
}

/**
 * What the node holds, for an OAI-PMH provider: its own records under their OAI identifiers, those of others under their
 * addresses; in every format that a crosswalk writes, and as received; with sets by source, type and origin.
 *
 * Deletions are kept for good (section 2.5.1): a withdrawn record is a deleted header here and a tombstone at its address.
 */
export class OaiRepository implements ProvidedRepository {
  readonly id: string;
  readonly #options: OaiRepositoryOptions;

  constructor(options: OaiRepositoryOptions) {
    this.#options = options;
    this.id = options.catalogue.node.slice(-8);
  }

  async identify(): Promise<OaiIdentify> {
    const { index, baseUrl, institution, clock } = this.#options;
    const { name, contact } = institution();
    const earliest = await index.earliest();
    return {
      repositoryName: name,
      baseUrl,
      protocolVersion: '2.0',
      adminEmails: [contact],
      earliestDatestamp: earliest === undefined ? utcSeconds(clock.now()) : datestampOf(earliest),
      deletedRecord: 'persistent',
      granularity: 'YYYY-MM-DDThh:mm:ssZ',
      compressions: ['gzip'],
    };
  }

  async formats(): Promise<OaiMetadataFormat[]> {
    const counts = await Promise.all(
      crosswalks.map(async ({ prefix }) => await this.#options.index.count(receivedIn(prefix))),
    );
    return [
      ...writers.map(({ prefix, schema, namespace }) => ({ prefix, schema, namespace })),
      ...crosswalks.filter((_, i) => (counts[i] ?? 0) > 0).map(receivedFormat),
    ];
  }

  async item(identifier: string): Promise<ProvidedItem | undefined> {
    const { catalogue, index } = this.#options;
    const keys = [recordKey(catalogue.node, identifier), keyOfIri(identifier)];
    for (const key of keys) {
      const listing = key === undefined ? undefined : await index.listing(key);
      if (key === undefined || listing?.identifier !== identifier) continue;
      return provided({ key, place: '', listing }, await catalogue.holdings.get(key), catalogue.node);
    }
    return undefined;
  }

  async *items(selection: Selection, { after }: { after?: string }): AsyncGenerator<ProvidedPart> {
    const { catalogue, index } = this.#options;
    const { from, until } = selection;
    const span = {
      limit: ITEMS_AT_ONCE,
      ...(from !== undefined && { from: firstSecond(from) }),
      ...(until !== undefined && { until: lastSecond(until) }),
    };
    for (let place = after; ;) {
      const where = { ...span, ...(place !== undefined && { after: place }) };
      const { members, reached = members.at(-1)?.place } = await index.common(setsIn(selection), where);
      if (reached === undefined) return;
      const holdings = await catalogue.holdings.getMany(members.map(({ key }) => key));
      yield { items: members.map((member, i) => provided(member, holdings[i], catalogue.node)), reached };
      place = reached;
    }
  }

  async count(selection: Selection): Promise<number | undefined> {
    const [set = ALL, ...others] = setsIn(selection);
    const isWhole = selection.from === undefined && selection.until === undefined && others.length === 0;
    return isWhole ? await this.#options.index.count(set) : undefined;
  }

  async sets(page: { after?: string; limit: number }): Promise<OaiSet[]> {
    const sets = await this.#options.index.sets(page);
    return sets.map((spec) => ({ spec, name: this.#nameOf(spec) }));
  }

  #nameOf(spec: string): string {
    const { catalogue } = this.#options;
    if (spec === ORIGIN) return 'By institution';
    if (spec === TYPE) return 'By resource type';
    if (spec.startsWith(`${TYPE}:`)) {
      return resourceTypes.byUri(TYPE_BASE + spec.slice(TYPE.length + 1))?.labels.en ?? spec;
    }
    const feed = catalogue.feeds.states().find(({ node }) => originSet(node) === spec);
    if (spec === originSet(catalogue.node)) return this.#options.institution().name;
    return feed?.head?.name ?? nameOfHexSet(spec) ?? spec;
  }
}

function provided({ place, listing }: Member, holding: Holding | undefined, self: NodeId): ProvidedItem {
  const record = holding === undefined || isTombstone(holding) ? undefined : holding;
  return {
    header: headerOf(listing, record === undefined),
    place,
    metadata: (prefix) => {
      if (record === undefined) return undefined;
      const received = receivedPrefix(prefix);
      if (received === undefined) return writers.find((writer) => writer.prefix === prefix)?.write(record);
      return receivedXml(record, received, self);
    },
  };
}

function headerOf({ identifier, second, sets, gone }: Listing, isGone: boolean): ProvidedItem['header'] {
  return {
    identifier,
    datestamp: datestampOf(second),
    sets: sets.filter(isPublicSet),
    deleted: gone || isGone,
  };
}

/** What a record has to be listed by to be in a selection. */
function setsIn({ metadataPrefix, set }: Selection): string[] {
  const received = receivedPrefix(metadataPrefix);
  return [...(received === undefined ? [] : [receivedIn(received)]), ...(set === undefined ? [] : [set])];
}

/** A format as received has a prefix of its own where we write that format, too: the two differ. */
function receivedFormat({ prefix, schema, namespace }: XmlCrosswalk): OaiMetadataFormat {
  const isWritten = writers.some((writer) => writer.prefix === prefix);
  return { prefix: isWritten ? AS_RECEIVED + prefix : prefix, schema, namespace };
}

/** The format that a prefix gives out as received; undefined for those that we write. */
function receivedPrefix(prefix: string): string | undefined {
  if (prefix.startsWith(AS_RECEIVED)) return prefix.slice(AS_RECEIVED.length);
  return writers.some((writer) => writer.prefix === prefix) ? undefined : prefix;
}

function datestampOf(second: number): string {
  return utcSeconds(second * 1_000);
}

function firstSecond(date: string): number {
  return Date.parse(date) / 1_000;
}

/** A day lasts to its last second. */
function lastSecond(date: string): number {
  const DAY_SECONDS = 86_400;
  return Date.parse(date) / 1_000 + (date.length === 10 ? DAY_SECONDS - 1 : 0);
}

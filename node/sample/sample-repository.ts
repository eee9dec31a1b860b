import {
  type OaiIdentify,
  type OaiMetadataFormat,
  type OaiSet,
  type ProvidedItem,
  type ProvidedPart,
  type ProvidedRepository,
  type Selection,
  utcSeconds,
} from '../../protocols/oai-pmh/index.ts';
import type { Clock } from '../clock.ts';
import type { Sample, SampleDescription, SampleItem } from './load.ts';

/**
 * A repository in memory, to be provided by OAI-PMH 2.0 in order of datestamps. Changes made to it get datestamps by the
 * clock, so that an incremental harvest sees them.
 */
export class SampleRepository implements ProvidedRepository {
  readonly id = 'sample';
  readonly description: SampleDescription;
  readonly #items: Map<string, SampleItem>;
  readonly #baseUrl: string;
  readonly #clock: Clock;

  constructor(options: { sample: Sample; baseUrl: string; clock: Clock }) {
    this.#baseUrl = options.baseUrl;
    this.description = options.sample.description;
    this.#items = options.sample.items;
    this.#clock = options.clock;
  }

  /** Identifiers of the items that are not deleted. */
  get identifiers(): string[] {
    return [...this.#items.values()]
      .filter(({ header }) => !header.deleted)
      .map(({ header }) => header.identifier);
  }

  /**
   * Gives an item a new datestamp, and other metadata where `edit` is given.
   * @param edit called with the metadata of each format
   */
  update(identifier: string, edit: (xml: string, prefix: string) => string = (xml) => xml): void {
    const item = this.#items.get(identifier);
    if (item === undefined || item.header.deleted) throw new RangeError(`no item ${identifier}`);
    const metadata = new Map([...item.metadata].map(([prefix, xml]) => [prefix, edit(xml, prefix)]));
    this.#items.set(identifier, { header: { ...item.header, datestamp: this.#now() }, metadata });
  }

  /** Deletes an item: a repository that keeps track of deletions shows it as deleted from now on. */
  remove(identifier: string): void {
    const item = this.#items.get(identifier);
    if (item === undefined) throw new RangeError(`no item ${identifier}`);
    if (this.description.deletedRecord === 'no') this.#items.delete(identifier);
    else {
      const header = { ...item.header, datestamp: this.#now(), deleted: true };
      this.#items.set(identifier, { header, metadata: new Map() });
    }
  }

  async identify(): Promise<OaiIdentify> {
    const { name, adminEmail, granularity, deletedRecord } = this.description;
    const datestamps = [...this.#items.values()].map(({ header }) => header.datestamp);
    return await Promise.resolve({
      repositoryName: name,
      baseUrl: this.#baseUrl,
      protocolVersion: '2.0',
      adminEmails: [adminEmail],
      earliestDatestamp: datestamps.reduce((first, each) => (each < first ? each : first), this.#now()),
      deletedRecord,
      granularity,
      compressions: [],
    });
  }

  async formats(): Promise<OaiMetadataFormat[]> {
    return await Promise.resolve(this.description.formats);
  }

  async sets({ after = '', limit }: { after?: string; limit: number }): Promise<OaiSet[]> {
    return await Promise.resolve(
      this.description.sets
        .filter(({ spec }) => spec > after)
        .toSorted((a, b) => (a.spec < b.spec ? -1 : 1))
        .slice(0, limit),
    );
  }

  async item(identifier: string): Promise<ProvidedItem | undefined> {
    const item = this.#items.get(identifier);
    return await Promise.resolve(item === undefined ? undefined : provided(item));
  }

  async *items(selection: Selection, { after = '' }: { after?: string }): AsyncGenerator<ProvidedPart> {
    const items = this.#matching(selection)
      .map(provided)
      .toSorted((a, b) => (a.place < b.place ? -1 : 1))
      .filter(({ place }) => place > after);
    yield await Promise.resolve({ items, reached: items.at(-1)?.place ?? after });
  }

  async count(selection: Selection): Promise<number> {
    return await Promise.resolve(this.#matching(selection).length);
  }

  #matching(selection: Selection): SampleItem[] {
    return [...this.#items.values()].filter((item) => matches(item, selection));
  }

  #now(): string {
    return utcSeconds(this.#clock.now()).slice(
      0,
      this.description.granularity === 'YYYY-MM-DD' ? 10 : undefined,
    );
  }
}

function provided({ header, metadata }: SampleItem): ProvidedItem {
  return {
    header,
    place: `${header.datestamp} ${header.identifier}`,
    metadata: (prefix) => metadata.get(prefix),
  };
}

/** A deleted item is deleted in every format. */
function isIn(item: SampleItem, prefix: string): boolean {
  return item.header.deleted || item.metadata.has(prefix);
}

/** Selective harvesting, section 2.7: both dates belong to the range, and a set holds those below it. */
function matches(item: SampleItem, { metadataPrefix, from, until, set }: Selection): boolean {
  const { datestamp, sets } = item.header;
  return (
    isIn(item, metadataPrefix) &&
    (from === undefined || datestamp.slice(0, from.length) >= from) &&
    (until === undefined || datestamp.slice(0, until.length) <= until) &&
    (set === undefined || sets.some((spec) => spec === set || spec.startsWith(`${set}:`)))
  );
}

import {
  type OaiFault,
  type OaiHeader,
  type OaiIdentify,
  type OaiRequest,
  type ProvidedAnswer,
  type ProvidedRecord,
  utcSeconds,
} from '../../protocols/oai-pmh/index.ts';
import type { Clock } from '../clock.ts';
import type { Sample, SampleDescription, SampleItem } from './load.ts';
import { readToken, type Resumption, writeToken } from './resumption.ts';

/** Small, so that a sample of some dozen records has several pages. */
const PAGE_SIZE = 10;

type Selection = Omit<Resumption, 'after' | 'given'>;

/**
 * A repository in memory that answers the six requests of OAI-PMH 2.0 (section 4), in order of datestamps. Changes made
 * to it get datestamps by the clock, so that an incremental harvest sees them.
 */
export class SampleRepository {
  readonly description: SampleDescription;
  readonly #items: Map<string, SampleItem>;
  readonly #clock: Clock;

  constructor(options: { sample: Sample; clock: Clock }) {
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

  answer(request: OaiRequest, baseUrl: string): ProvidedAnswer {
    switch (request.verb) {
      case 'Identify':
        return { verb: 'Identify', identify: this.#identify(baseUrl) };
      case 'ListMetadataFormats':
        return this.#formats(request.identifier);
      case 'ListSets':
        return this.#sets(request.resumptionToken);
      case 'GetRecord':
        return this.#record(request.identifier ?? '', request.metadataPrefix ?? '');
      default:
        return this.#list(request.verb, request);
    }
  }

  #identify(baseUrl: string): OaiIdentify {
    const { name, adminEmail, granularity, deletedRecord } = this.description;
    const datestamps = [...this.#items.values()].map(({ header }) => header.datestamp);
    return {
      repositoryName: name,
      baseUrl,
      protocolVersion: '2.0',
      adminEmails: [adminEmail],
      earliestDatestamp: datestamps.reduce((first, each) => (each < first ? each : first), this.#now()),
      deletedRecord,
      granularity,
      compressions: [],
    };
  }

  #formats(identifier: string | undefined): ProvidedAnswer {
    const { formats } = this.description;
    if (identifier === undefined) return { verb: 'ListMetadataFormats', formats };
    const item = this.#items.get(identifier);
    if (item === undefined) return fault('idDoesNotExist', `There is no item ${identifier}.`);
    const own = formats.filter(({ prefix }) => item.metadata.has(prefix));
    if (own.length === 0) return fault('noMetadataFormats', `${identifier} is in no format.`);
    return { verb: 'ListMetadataFormats', formats: own };
  }

  #sets(token: string | undefined): ProvidedAnswer {
    const { sets } = this.description;
    if (token !== undefined) return fault('badResumptionToken', 'The list of sets has one page.');
    if (sets.length === 0) return fault('noSetHierarchy', 'There are no sets here.');
    return { verb: 'ListSets', sets };
  }

  #record(identifier: string, prefix: string): ProvidedAnswer {
    const item = this.#items.get(identifier);
    if (item === undefined) return fault('idDoesNotExist', `There is no item ${identifier}.`);
    if (!isIn(item, prefix)) return fault('cannotDisseminateFormat', `${identifier} is not in ${prefix}.`);
    return { verb: 'GetRecord', record: provided(item, prefix) };
  }

  #list(verb: 'ListIdentifiers' | 'ListRecords', request: OaiRequest): ProvidedAnswer {
    const { resumptionToken, metadataPrefix = '', from, until, set } = request;
    const resumed = resumptionToken === undefined ? undefined : readToken(resumptionToken);
    if (resumptionToken !== undefined && resumed === undefined) {
      return fault('badResumptionToken', 'The token is not one of this repository.');
    }
    const selection: Selection = resumed ?? { metadataPrefix, from, until, set };
    if (!this.description.formats.some(({ prefix }) => prefix === selection.metadataPrefix)) {
      return fault('cannotDisseminateFormat', `There is no format ${selection.metadataPrefix}.`);
    }
    if (selection.set !== undefined && this.description.sets.length === 0) {
      return fault('noSetHierarchy', 'There are no sets here.');
    }
    const matching = [...this.#items.values()].filter((item) => matches(item, selection)).sort(byDatestamp);
    if (matching.length === 0) return fault('noRecordsMatch', 'No record matches.');

    const left =
      resumed === undefined ? matching : matching.filter(({ header }) => isAfter(header, resumed.after));
    const page = left.slice(0, PAGE_SIZE);
    const given = resumed?.given ?? 0;
    const last = page.at(-1)?.header;
    const more = left.length > page.length && last !== undefined;
    const value = more
      ? writeToken({ ...selection, after: [last.datestamp, last.identifier], given: given + page.length })
      : '';
    const token = { value, completeListSize: matching.length, cursor: given };
    // A list of one page has no token (section 3.5).
    const tokens = more || resumed !== undefined ? { token } : {};
    return verb === 'ListIdentifiers'
      ? { verb, headers: page.map(({ header }) => header), ...tokens }
      : { verb, records: page.map((item) => provided(item, selection.metadataPrefix)), ...tokens };
  }

  #now(): string {
    return utcSeconds(this.#clock.now()).slice(
      0,
      this.description.granularity === 'YYYY-MM-DD' ? 10 : undefined,
    );
  }
}

function provided(item: SampleItem, prefix: string): ProvidedRecord {
  const metadata = item.metadata.get(prefix);
  return { header: item.header, ...(metadata !== undefined && { metadata }) };
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

function byDatestamp(a: SampleItem, b: SampleItem): number {
  return isAfter(a.header, [b.header.datestamp, b.header.identifier]) ? 1 : -1;
}

function isAfter(header: OaiHeader, [datestamp, identifier]: readonly [string, string]): boolean {
  return header.datestamp === datestamp ? header.identifier > identifier : header.datestamp > datestamp;
}

function fault(condition: OaiFault['condition'], message: string): ProvidedAnswer {
  return { verb: 'error', faults: [{ condition, message }] };
}

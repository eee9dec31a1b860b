import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type OaiFault,
  type OaiIdentify,
  type OaiMetadataFormat,
  type OaiRequest,
  type OaiSet,
  parseOaiRequest,
  type ProvidedAnswer,
  type ProvidedRecord,
  utcSeconds,
  writeOaiResponse,
} from '../../protocols/oai-pmh/index.ts';
import type { Clock } from '../../node/clock.ts';
import { oaiDc as oaiDcFormat } from '../../vocab/crosswalks/index.ts';

/** What goes out in place of a good answer. */
export interface Reply {
  status?: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  /** Nothing is ever sent. */
  silent?: boolean;
  /** The connection is cut after the body. */
  cutOff?: boolean;
}

/** One request, as the test may want to know it. */
export interface Asked {
  verb: string;
  parameters: URLSearchParams;
  /** Page of the list, from 1, for ListRecords. */
  page: number;
  /** Requests so far, this one included. */
  count: number;
}

/** How an answer is spoilt; nothing for one that goes out as it is. */
export type Spoil = (answer: string, asked: Asked) => Reply | undefined;

/** What a list was asked for, and which records it has. */
interface List {
  request: OaiRequest;
  records: ProvidedRecord[];
}

/** How a repository lists, where it does not do so well. */
export interface ListManners {
  /** The order of lists. */
  order: 'datestamp' | 'identifier';
  /** Whether tokens tell how long the list is. */
  tellsSize: boolean;
  /** After so many pages a token is forgotten. */
  tokensLast: number;
  /** A list of more records makes it fail. */
  mostListed: number;
  ignoresUntil: boolean;
  /** Whether it takes dates with a time of day. */
  takesSeconds: boolean;
  /** A page with one of these records makes it fail. */
  poison: ReadonlySet<number>;
}

/**
 * A small OAI-PMH repository on loopback that behaves until a test spoils its answers or its manners. Tokens are positions
 * in a list, and can be made to expire.
 */
export class MisbehavingRepository {
  readonly asked: Asked[] = [];
  readonly records = new Map<string, ProvidedRecord>();
  identify: Partial<OaiIdentify> = {};
  formats: OaiMetadataFormat[] = [
    { prefix: 'oai_dc', schema: oaiDcFormat.schema, namespace: oaiDcFormat.namespace },
  ];
  sets: OaiSet[] = [];
  /** Content of robots.txt; there is none without it. */
  robots: string | undefined;
  pageSize = 3;
  manners: ListManners = {
    order: 'datestamp',
    tellsSize: true,
    tokensLast: Infinity,
    mostListed: Infinity,
    ignoresUntil: false,
    takesSeconds: true,
    poison: new Set(),
  };
  spoil: Spoil = () => undefined;
  /** By token; those from before lead to `badResumptionToken`. */
  readonly #lists = new Map<string, { list: List; start: number }>();
  readonly #server: Server;
  readonly #clock: Clock;

  private constructor(server: Server, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  static async start(clock: Clock): Promise<MisbehavingRepository> {
    const server = createServer();
    const repository = new MisbehavingRepository(server, clock);
    server.on('request', (request, response) => repository.#respond(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return repository;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/oai`;
  }

  /** Adds or changes the record of that number. */
  put(n: number, title = `Title ${n}`, datestamp = this.#now(), sets: string[] = []): void {
    const identifier = `oai:repository.example:${n}`;
    this.records.set(identifier, {
      header: { identifier, datestamp, sets, deleted: false },
      metadata: oaiDc(title, `https://repository.example/${n}`),
    });
  }

  /** Marks the record of that number as deleted. */
  delete(n: number, datestamp = this.#now()): void {
    const identifier = `oai:repository.example:${n}`;
    this.records.set(identifier, { header: { identifier, datestamp, sets: [], deleted: true } });
  }

  /** Lets the record of that number vanish without a word. */
  drop(n: number): void {
    this.records.delete(`oai:repository.example:${n}`);
  }

  expireTokens(): void {
    this.#lists.clear();
  }

  /** The `from` of each list that was asked for without a token. */
  get froms(): (string | null)[] {
    return this.windows.map(({ from }) => from);
  }

  /** The dates of each list that was asked for without a token. */
  get windows(): { from: string | null; until: string | null }[] {
    return this.asked
      .filter(({ verb, parameters }) => verb === 'ListRecords' && !parameters.has('resumptionToken'))
      .map(({ parameters }) => ({ from: parameters.get('from'), until: parameters.get('until') }));
  }

  /** How many pages of records were asked for. */
  get pagesAsked(): number {
    return this.asked.filter(({ verb }) => verb === 'ListRecords').length;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #now(): string {
    return utcSeconds(this.#clock.now());
  }

  #respond(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', this.url);
    if (url.pathname === '/robots.txt') {
      response.writeHead(this.robots === undefined ? 404 : 200).end(this.robots);
      return;
    }
    const parameters = url.searchParams;
    const start = this.#lists.get(parameters.get('resumptionToken') ?? '')?.start ?? 0;
    const asked: Asked = {
      verb: parameters.get('verb') ?? '',
      parameters,
      page: Math.floor(start / this.pageSize) + 1,
      count: this.asked.length + 1,
    };
    this.asked.push(asked);
    const answer = this.#answer(parameters);
    const reply = answer === undefined ? { status: 500 } : (this.spoil(answer, asked) ?? { body: answer });
    if (reply.silent === true) return;
    const body = Buffer.from(reply.body ?? '');
    const { status = 200, headers = { 'content-type': 'text/xml; charset=utf-8' } } = reply;
    if (reply.cutOff === true) {
      response.writeHead(status, { ...headers, 'content-length': body.length + 1000 });
      response.write(body, () => response.destroy());
    } else response.writeHead(status, headers).end(body);
  }

  /** `undefined` where it fails over it. */
  #answer(parameters: URLSearchParams): string | undefined {
    const granularity = this.manners.takesSeconds ? 'YYYY-MM-DDThh:mm:ssZ' : 'YYYY-MM-DD';
    const { request, faults } = parseOaiRequest(parameters, granularity);
    const answer: ProvidedAnswer | undefined =
      request === undefined ? { verb: 'error', faults: faults ?? [] } : this.#content(request);
    if (answer === undefined) return undefined;
    return writeOaiResponse({
      responseDate: this.#now(),
      baseUrl: this.url,
      ...(request !== undefined && { request }),
      answer,
    });
  }

  #content(request: OaiRequest): ProvidedAnswer | undefined {
    switch (request.verb) {
      case 'Identify':
        return {
          verb: 'Identify',
          identify: {
            repositoryName: 'Misbehaving',
            baseUrl: this.url,
            protocolVersion: '2.0',
            adminEmails: ['admin@repository.example'],
            earliestDatestamp: '2000-01-01T00:00:00Z',
            deletedRecord: 'persistent',
            granularity: 'YYYY-MM-DDThh:mm:ssZ',
            compressions: [],
            ...this.identify,
          },
        };
      case 'ListMetadataFormats':
        return { verb: 'ListMetadataFormats', formats: this.formats };
      case 'ListSets':
        return this.sets.length === 0 ? fault('noSetHierarchy') : { verb: 'ListSets', sets: this.sets };
      case 'GetRecord': {
        const record = this.records.get(request.identifier ?? '');
        if (record === undefined) return fault('idDoesNotExist');
        return this.#isPoisoned(record) ? undefined : { verb: 'GetRecord', record };
      }
      default:
        return this.#page(request.verb, request);
    }
  }

  #page(verb: 'ListRecords' | 'ListIdentifiers', request: OaiRequest): ProvidedAnswer | undefined {
    const { resumptionToken: token } = request;
    const { pageSize, manners } = this;
    const { list, start } =
      token === undefined
        ? { list: { request, records: this.#matching(request) }, start: 0 }
        : (this.#lists.get(token) ?? { list: undefined, start: 0 });
    if (list === undefined || start / pageSize >= manners.tokensLast) return fault('badResumptionToken');
    if (list.records.length === 0) return fault('noRecordsMatch');
    if (list.records.length > manners.mostListed) return undefined;
    const end = start + pageSize;
    const records = list.records.slice(start, end);
    if (verb === 'ListRecords' && records.some((record) => this.#isPoisoned(record))) return undefined;
    const { from = '', until = '', set = '' } = list.request;
    const value = end < list.records.length ? `${from}/${until}/${set}/${end}` : '';
    if (value !== '') this.#lists.set(value, { list, start: end });
    const size = manners.tellsSize ? { completeListSize: list.records.length, cursor: start } : {};
    const tokens = token !== undefined || value !== '' ? { token: { value, ...size } } : {};
    return verb === 'ListRecords'
      ? { verb, records, ...tokens }
      : { verb, headers: records.map(({ header }) => header), ...tokens };
  }

  #matching({ from = '', until = '', set }: OaiRequest): ProvidedRecord[] {
    const { order, ignoresUntil } = this.manners;
    return [...this.records.values()]
      .filter(({ header: { datestamp, sets } }) => {
        const isLate = !ignoresUntil && until !== '' && datestamp.slice(0, until.length) > until;
        return (
          datestamp.slice(0, from.length) >= from && !isLate && (set === undefined || sets.includes(set))
        );
      })
      .sort((a, b) => (sortKey(a, order) < sortKey(b, order) ? -1 : 1));
  }

  #isPoisoned({ header }: ProvidedRecord): boolean {
    return this.manners.poison.has(Number(header.identifier.split(':').at(-1)));
  }
}

function sortKey({ header }: ProvidedRecord, order: ListManners['order']): string {
  return order === 'datestamp' ? `${header.datestamp} ${header.identifier}` : header.identifier;
}

function fault(condition: OaiFault['condition']): ProvidedAnswer {
  return { verb: 'error', faults: [{ condition, message: condition }] };
}

/** A record with which nothing is wrong. */
export function oaiDc(title: string, link = 'https://repository.example/1'): string {
  return (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<dc:title>${title}</dc:title><dc:creator>Knoth, Petr</dc:creator><dc:date>2016</dc:date>` +
    `<dc:identifier>${link}</dc:identifier></oai_dc:dc>`
  );
}

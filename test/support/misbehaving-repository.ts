import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type OaiFault,
  type OaiIdentify,
  parseOaiRequest,
  type ProvidedAnswer,
  type ProvidedRecord,
  utcSeconds,
  writeOaiResponse,
} from '../../protocols/oai-pmh/index.ts';
import type { Clock } from '../../node/clock.ts';

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

/**
 * A small OAI-PMH repository on loopback that behaves until a test spoils its answers. It lists its records in order of
 * datestamps; tokens are positions in that order, and can be made to expire.
 */
export class MisbehavingRepository {
  readonly asked: Asked[] = [];
  readonly records = new Map<string, ProvidedRecord>();
  identify: Partial<OaiIdentify> = {};
  pageSize = 3;
  spoil: Spoil = () => undefined;
  /** Tokens from before lead to `badResumptionToken`. */
  #tokens = new Set<string>();
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
  put(n: number, title = `Title ${n}`, datestamp = this.#now()): void {
    const identifier = `oai:repository.example:${n}`;
    this.records.set(identifier, {
      header: { identifier, datestamp, sets: [], deleted: false },
      metadata: oaiDc(title),
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
    this.#tokens.clear();
  }

  /** The `from` of each list that was asked for without a token. */
  get froms(): (string | null)[] {
    return this.asked
      .filter(({ verb, parameters }) => verb === 'ListRecords' && !parameters.has('resumptionToken'))
      .map(({ parameters }) => parameters.get('from'));
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
    const parameters = new URL(request.url ?? '/', this.url).searchParams;
    const [, start = '0'] = (parameters.get('resumptionToken') ?? '').split(':');
    const asked: Asked = {
      verb: parameters.get('verb') ?? '',
      parameters,
      page: Math.floor(Number(start) / this.pageSize) + 1,
      count: this.asked.length + 1,
    };
    this.asked.push(asked);
    const answer = this.#answer(parameters);
    const reply = this.spoil(answer, asked) ?? { body: answer };
    if (reply.silent === true) return;
    const body = Buffer.from(reply.body ?? '');
    const { status = 200, headers = { 'content-type': 'text/xml; charset=utf-8' } } = reply;
    if (reply.cutOff === true) {
      response.writeHead(status, { ...headers, 'content-length': body.length + 1000 });
      response.write(body, () => response.destroy());
    } else response.writeHead(status, headers).end(body);
  }

  #answer(parameters: URLSearchParams): string {
    const { request, faults } = parseOaiRequest(parameters);
    return writeOaiResponse({
      responseDate: this.#now(),
      baseUrl: this.url,
      ...(request !== undefined && { request }),
      answer: faults === undefined ? this.#content(parameters) : { verb: 'error', faults },
    });
  }

  #content(parameters: URLSearchParams): ProvidedAnswer {
    switch (parameters.get('verb')) {
      case 'Identify':
        return {
          verb: 'Identify',
          identify: {
            repositoryName: 'Misbehaving',
            baseUrl: this.url,
            protocolVersion: '2.0',
            adminEmails: ['admin@repository.example'],
            earliestDatestamp: '2000-01-01T00:00:00Z',
            deletedRecord: 'transient',
            granularity: 'YYYY-MM-DDThh:mm:ssZ',
            compressions: [],
            ...this.identify,
          },
        };
      case 'GetRecord': {
        const record = this.records.get(parameters.get('identifier') ?? '');
        return record === undefined ? fault('idDoesNotExist') : { verb: 'GetRecord', record };
      }
      case 'ListRecords':
        return this.#list(parameters);
      default:
        return fault('badVerb');
    }
  }

  #list(parameters: URLSearchParams): ProvidedAnswer {
    const token = parameters.get('resumptionToken');
    if (token !== null && !this.#tokens.has(token)) return fault('badResumptionToken');
    const [from = '', start = '0'] = (token ?? (parameters.get('from') ?? '').replaceAll(':', '.')).split(
      ':',
    );
    const matching = [...this.records.values()]
      .filter(({ header }) => header.datestamp.replaceAll(':', '.').slice(0, from.length) >= from)
      .sort((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
    if (matching.length === 0) return fault('noRecordsMatch');
    const end = Number(start) + this.pageSize;
    const value = end < matching.length ? `${from}:${end}` : '';
    if (value !== '') this.#tokens.add(value);
    return {
      verb: 'ListRecords',
      records: matching.slice(Number(start), end),
      ...((token !== null || value !== '') && {
        token: { value, completeListSize: matching.length, cursor: Number(start) },
      }),
    };
  }
}

function sortKey({ header }: ProvidedRecord): string {
  return `${header.datestamp} ${header.identifier}`;
}

function fault(condition: OaiFault['condition']): ProvidedAnswer {
  return { verb: 'error', faults: [{ condition, message: condition }] };
}

export function oaiDc(title: string): string {
  return (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">' +
    `<dc:title>${title}</dc:title><dc:creator>Knoth, Petr</dc:creator><dc:date>2016</dc:date></oai_dc:dc>`
  );
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RetryNotice } from '../../../protocols/http/index.ts';
import {
  type ListRecordsOptions,
  type OaiError,
  type OaiPage,
  OaiPmhClient,
  type OaiPmhClientOptions,
} from '../../../protocols/oai-pmh/index.ts';
import { HastyClock } from '../../support/hasty-clock.ts';

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** A document, sent well. */
export function xml(body: string, status = 200, headers = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/xml; charset=utf-8', ...headers }).end(body);
  };
}

export function status(code: number, headers = {}): Answer {
  return (response) => {
    response.writeHead(code, headers).end('no');
  };
}

/** The head of an answer and part of its body; then the connection breaks. */
export function brokenOff(body: string): Answer {
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(body) + 100 });
    response.write(body, () => response.destroy());
  };
}

export const silence: Answer = () => {};

export const hangUp: Answer = (response) => {
  response.destroy();
};

/** A source on loopback that gives answers by a script, with a client that has a test's clock and no randomness. */
export class ScriptedSource {
  /** In order; the last is given again to every further request. */
  answers: Answer[] = [];
  requests: URLSearchParams[] = [];
  readonly notices: RetryNotice<OaiError>[] = [];
  readonly clock = new HastyClock();
  readonly server: Server;

  private constructor() {
    this.server = createServer((request, response) => {
      this.requests.push(new URL(request.url ?? '/', 'http://x').searchParams);
      const answer = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
      answer?.(response, request);
    });
  }

  static async start(): Promise<ScriptedSource> {
    const source = new ScriptedSource();
    await new Promise<void>((resolve) => source.server.listen(0, '127.0.0.1', resolve));
    return source;
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/oai`;
  }

  /** The queries of all requests, as they were sent. */
  get queries(): string[] {
    return this.requests.map((query) => query.toString());
  }

  client(options: Partial<OaiPmhClientOptions> = {}): OaiPmhClient {
    return new OaiPmhClient({
      baseUrl: this.url,
      fetch,
      clock: this.clock,
      random: () => 0,
      onRetry: (notice) => this.notices.push(notice),
      ...options,
    });
  }
}

/** All pages of a list, the numbers of the records in them, and the error that ended it. */
export async function harvest(
  client: OaiPmhClient,
  list: ListRecordsOptions = { metadataPrefix: 'oai_dc' },
): Promise<{ pages: OaiPage[]; read: number[]; error: unknown }> {
  const pages: OaiPage[] = [];
  let error: unknown;
  try {
    for await (const page of client.listRecords(list)) pages.push(page);
  } catch (caught) {
    error = caught;
  }
  const read = pages.flatMap(({ records }) =>
    records.map(({ header }) => Number(header.identifier.split(':').at(-1))),
  );
  return { pages, read, error };
}

export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type Granularity,
  OaiProvider,
  parseOaiRequest,
  utcSeconds,
  writeOaiResponse,
} from '../../protocols/oai-pmh/index.ts';
import { systemClock, type Clock } from '../clock.ts';
import { SampleError } from './errors.ts';
import { loadSample } from './load.ts';
import { SampleRepository } from './sample-repository.ts';

const PATH = '/oai';
const MOST_BYTES = 64 * 1024;
/** Small, so that a sample of some dozen records has several pages. */
const PAGE_SIZE = 10;

export interface RunningSampleRepository {
  /** The OAI-PMH base URL, `http://127.0.0.1:PORT/oai`. */
  url: string;
  name: string;
  /** What it holds, to be changed while it runs. */
  repository: SampleRepository;
  close(): Promise<void>;
}

/**
 * Serves a sample repository by OAI-PMH 2.0, by GET and POST (section 3.1.1), at a port of its own.
 *
 * @param options.directory one of `samples/`, see `sampleDirectory`
 * @param options.port 0 takes a free one
 * @throws SampleError `SAMPLE_MISSING`, `SAMPLE_INVALID`, `SAMPLE_PORT`
 */
export async function startSampleRepository(options: {
  directory: string;
  port?: number;
  host?: string;
  clock?: Clock;
}): Promise<RunningSampleRepository> {
  const { directory, port = 0, host = '127.0.0.1', clock = systemClock } = options;
  const sample = await loadSample(directory);
  const server = createServer();
  const bound = await listen(server, port, host);
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}${PATH}`;
  const repository = new SampleRepository({ sample, baseUrl: url, clock });
  const provider = new OaiProvider({ repository, pageSize: PAGE_SIZE });
  const { granularity } = sample.description;
  server.on('request', (request, response) => {
    respond(request, response, { provider, granularity, url, clock }).catch(() => response.destroy());
  });
  return {
    url,
    name: repository.description.name,
    repository,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new SampleError(
          'SAMPLE_PORT',
          `The sample repository cannot listen at ${host}:${port}: ${cause.message}.`,
          {
            remedy: 'Choose another port; 0 takes a free one.',
            cause,
          },
        ),
      );
    });
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  {
    provider,
    granularity,
    url,
    clock,
  }: { provider: OaiProvider; granularity: Granularity; url: string; clock: Clock },
): Promise<void> {
  const asked = new URL(request.url ?? '/', url);
  if (asked.pathname !== PATH) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end(`The repository is at ${PATH}\n`);
    return;
  }
  let parameters = asked.searchParams;
  if (request.method === 'POST') {
    const body = await readBody(request);
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    parameters = new URLSearchParams(body);
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD, POST' }).end();
    return;
  }
  const parsed = parseOaiRequest(parameters, granularity);
  const document = writeOaiResponse({
    responseDate: utcSeconds(clock.now()),
    baseUrl: url,
    ...(parsed.request !== undefined && { request: parsed.request }),
    answer:
      parsed.request === undefined
        ? { verb: 'error', faults: parsed.faults }
        : await provider.answer(parsed.request),
  });
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8' }).end(document);
}

/** `undefined` where it is longer than any request. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

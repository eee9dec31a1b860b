import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { typed, type Typed } from './typed.ts';

export interface Answer {
  status?: number;
  location?: string;
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is. */
  text?: string;
}

export interface Asked {
  method: string;
  path: string;
  token: string | undefined;
  body: string;
}

/** A loopback HTTP server in the place of a running node, with the data directory by which commands find it. */
export class NodeDouble {
  /** By `GET /path?query`; a function gives each answer anew. */
  readonly answers = new Map<string, Answer | (() => Answer)>();
  readonly asked: Asked[] = [];
  data = '';
  url = '';
  #server: Server | undefined;

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      void this.#serve(request, response);
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    this.data = await mkdtemp(join(tmpdir(), 'ngr-cli-'));
    await writeFile(join(this.data, 'api-token'), 'secret\n');
    await this.tell({ pid: process.pid, url: this.url });
  }

  /** Writes node.json. */
  async tell(running: object | string): Promise<void> {
    await writeFile(
      join(this.data, 'node.json'),
      typeof running === 'string' ? running : JSON.stringify(running),
    );
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections();
    await new Promise((resolve) => this.#server?.close(resolve));
    await rm(this.data, { recursive: true, force: true });
    this.answers.clear();
    this.asked.length = 0;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { status = 200, location, body, text } = await this.#answer(request);
    const headers = {
      'content-type': status < 400 ? 'application/ld+json' : 'application/problem+json',
      ...(location !== undefined && { location }),
    };
    response.writeHead(status, headers).end(body === undefined ? text : JSON.stringify(body));
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url: path = '' } = request;
    const token = request.headers.authorization;
    this.asked.push({ method, path, token, body: Buffer.concat(chunks).toString() });
    const answer = this.answers.get(`${method} ${path}`);
    if (answer === undefined) {
      return { status: 404, body: { code: 'NOT_FOUND', title: 'Not found', detail: `Nothing at ${path}` } };
    }
    return typeof answer === 'function' ? answer() : answer;
  }
}

/** The answer of a collection with these items. */
export function list(...orderedItems: object[]): Answer {
  return { body: { totalItems: orderedItems.length, orderedItems } };
}

/** A double for each test of the `describe` that it is called in, and `ngr` as it is typed beside that. */
export function aNodeDouble(): { node: NodeDouble; ngr: (...words: string[]) => Promise<Typed> } {
  const node = new NodeDouble();
  beforeEach(() => node.start());
  afterEach(() => node.stop());
  return { node, ngr: (...words) => typed([...words, '--data', node.data]) };
}

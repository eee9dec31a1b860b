import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What is at a path. */
export interface ServedFile {
  status?: number;
  /** Media type. */
  type?: string;
  headers?: Readonly<Record<string, string | string[]>>;
  body?: string | Uint8Array;
  /** The body breaks off after so many bytes, of which the headers said there were more. */
  cutAfter?: number;
  /** After so many bytes nothing more comes, and the connection stays. */
  stallAfter?: number;
  /** Bytes that are sent without an end, whatever the headers say. */
  endless?: boolean;
}

/** What a server saw of a request. */
export interface SeenRequest {
  path: string;
  headers: IncomingMessage['headers'];
}

/** A web server on loopback with whatever a test puts there: files, pages, robots.txt, and all that can go wrong with them. */
export class MisbehavingFileServer {
  /** Without a slash at its end. */
  readonly url: string;
  readonly requests: SeenRequest[] = [];
  /** The most requests that were being answered at one time. */
  mostAtOnce = 0;
  readonly #server: Server;
  readonly #files = new Map<string, ServedFile[]>();
  #atOnce = 0;

  private constructor(server: Server) {
    this.#server = server;
    this.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => this.#answer(request, response));
  }

  static async start(): Promise<MisbehavingFileServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new MisbehavingFileServer(server);
  }

  /** Puts a file at a path; of several each answers once, and the last from then on. @returns its address */
  put(path: string, ...files: [ServedFile, ...ServedFile[]]): string {
    this.#files.set(path, files);
    return this.url + path;
  }

  remove(path: string): void {
    this.#files.delete(path);
  }

  /** Paths that were asked for, in order, without those of robots.txt. */
  get asked(): string[] {
    return this.requests.map(({ path }) => path).filter((path) => path !== '/robots.txt');
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #answer({ url: path = '', headers }: IncomingMessage, response: ServerResponse): void {
    this.requests.push({ path, headers });
    this.#atOnce += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atOnce);
    response.on('close', () => {
      this.#atOnce -= 1;
    });
    const files = this.#files.get(path) ?? [];
    const file = (files.length > 1 ? files.shift() : files[0]) ?? { status: 404, body: 'nothing here' };
    const body = Buffer.from(file.body ?? '');
    const validator = file.headers?.['etag'];
    if (validator !== undefined && headers['if-none-match'] === validator) {
      response.writeHead(304, { etag: validator }).end();
      return;
    }
    response.writeHead(file.status ?? 200, {
      ...(file.type !== undefined && { 'content-type': file.type }),
      ...(file.cutAfter !== undefined && { 'content-length': String(body.length) }),
      ...file.headers,
    });
    if (file.endless === true) this.#pour(response);
    else if (file.stallAfter !== undefined) response.write(body.subarray(0, file.stallAfter));
    else if (file.cutAfter === undefined) response.end(body);
    else response.write(body.subarray(0, file.cutAfter), () => response.destroy());
  }

  #pour(response: ServerResponse): void {
    const piece = Buffer.alloc(1024 * 1024, 'x');
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
    };
    response.on('drain', more);
    more();
  }
}

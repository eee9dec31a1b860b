import {
  createServer,
  ServerResponse,
  STATUS_CODES,
  type IncomingMessage,
  type RequestListener,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { ListenError } from '../errors.ts';
import { serverLimits } from './server-limits.ts';

/** A server that has its port already, so that the node's address is known, and gets its application later. */
export interface HttpServer {
  /** On this machine. */
  url: string;
  serve(application: RequestListener): void;
  /**
   * Has requests for a WebSocket at `/` (RFC 6455, section 4.2) handed over with their connection, for another protocol
   * than HTTP. @returns what ends it
   */
  onWebSocket(take: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): () => void;
  /** Takes no new connections, and ends the open ones: the idle at once, the others after a second. */
  close(): Promise<void>;
}

const GRACE_MS = 1_000;

/**
 * Listens at once, and answers 503 until there is an application.
 * @throws ListenError `HTTP_PORT_TAKEN`, `HTTP_CANNOT_LISTEN`
 */
export async function listen(host: string, port: number): Promise<HttpServer> {
  let application: RequestListener = (_, response) => {
    response
      .writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' })
      .end('The node is starting.\n');
  };
  const server = createServer(serverLimits, (request, response) => application(request, response));
  server.on('clientError', refuseUnreadable);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(cannotListen(host, port, cause)));
    server.listen(port, host, resolve);
  });
  const { address, port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${address === '0.0.0.0' || address === '::' ? 'localhost' : bracketed(address)}:${bound}`,
    serve: (listener) => {
      application = listener;
    },
    onWebSocket: (take) => {
      const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
        socket.on('error', () => socket.destroy());
        const [path] = (request.url ?? '').split('?', 1);
        const protocol = request.headers.upgrade?.toLowerCase();
        if (protocol === 'websocket' && path === '/') take(request, socket, head);
        else answerAsItIs(request, socket, application);
      };
      server.on('upgrade', upgrade);
      return () => server.off('upgrade', upgrade);
    },
    close: () =>
      new Promise((resolve) => {
        const last = setTimeout(() => server.closeAllConnections(), GRACE_MS);
        server.close(() => {
          clearTimeout(last);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

/**
 * Answers a request that asks for a protocol which is not spoken here: a server may ignore that (RFC 9110, section 7.8).
 * Node has stopped to read the connection as HTTP by then, so a body would not come.
 */
function answerAsItIs(request: IncomingMessage, socket: Duplex, application: RequestListener): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    socket.end('HTTP/1.1 501 Not Implemented\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return;
  }
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as Socket);
  response.once('finish', () => socket.end());
  application(request, response);
}

/** What is no request that could be answered, or one whose head is too large: there is nothing to be read after it. */
function refuseUnreadable({ code }: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { status, name, title } = unreadable[code ?? ''] ?? malformed;
  const problem = { type: `urn:ngr:problem:${name}`, title, status };
  const body = JSON.stringify({ ...problem, code: name.toUpperCase().replaceAll('-', '_') });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const malformed = { status: 400, name: 'request-malformed', title: 'The request is not HTTP' };
/** By the codes of Node's parser. */
const unreadable: Readonly<Record<string, typeof malformed>> = {
  // RFC 6585, section 5
  HPE_HEADER_OVERFLOW: { status: 431, name: 'head-too-large', title: 'The head of the request is too large' },
  HPE_CHUNK_EXTENSIONS_OVERFLOW: { status: 413, name: 'body-too-large', title: 'The body is too large' },
  ERR_HTTP_REQUEST_TIMEOUT: { status: 408, name: 'request-timeout', title: 'The request took too long' },
};

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): ListenError {
  if (cause.code === 'EADDRINUSE') {
    return new ListenError('HTTP_PORT_TAKEN', `Port ${port} is in use by another program.`, {
      remedy: 'Stop the other program, or name another port with --port (0 takes a free one).',
      cause,
    });
  }
  return new ListenError(
    'HTTP_CANNOT_LISTEN',
    `The node cannot listen on ${host}, port ${port}: ${cause.message}.`,
    {
      remedy:
        'Check http.host and http.port of the configuration. Ports below 1024 need rights that the node should not have.',
      cause,
    },
  );
}

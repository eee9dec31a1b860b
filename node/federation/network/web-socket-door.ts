import type { IncomingMessage } from 'node:http';
import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** The web server's side: requests for a WebSocket at `/`, to be taken over with their connection. */
export interface WebSocketRequests {
  /** @returns what ends it: later requests are answered as any others */
  onWebSocket(take: (request: IncomingMessage, socket: Duplex, head: Buffer) => void): () => void;
}

const MOST_CONNECTIONS = 500;

/**
 * Lets other nodes in by the port of the web pages: where a firewall leaves HTTPS only, and the reverse proxy that ends
 * TLS there passes WebSockets on. libp2p listens for WebSockets on a port of its own on loopback; a request is repeated
 * there, without its other headers, and the two connections are joined.
 */
export class WebSocketDoor {
  readonly #requests: WebSocketRequests;
  readonly #open = new Set<Duplex>();
  #shut: () => void = () => undefined;

  constructor({ requests }: { requests: WebSocketRequests }) {
    this.#requests = requests;
  }

  /** @param port of libp2p on 127.0.0.1 */
  open(port: number): void {
    this.#shut();
    this.#shut = this.#requests.onWebSocket((request, socket, head) => {
      // Either end may break the connection at any time; that is libp2p's to deal with.
      void this.#join(port, request, socket, head).catch(() => undefined);
    });
  }

  close(): void {
    this.#shut();
    for (const socket of this.#open) socket.destroy();
  }

  async #join(port: number, { headers }: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (this.#open.size >= MOST_CONNECTIONS) {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nRetry-After: 60\r\n\r\n');
      return;
    }
    this.#open.add(socket);
    try {
      const inner = connect({ port, host: '127.0.0.1', noDelay: true });
      inner.write(
        [
          'GET / HTTP/1.1',
          'Host: 127.0.0.1',
          'Connection: Upgrade',
          'Upgrade: websocket',
          `Sec-WebSocket-Key: ${headers['sec-websocket-key'] ?? ''}`,
          `Sec-WebSocket-Version: ${headers['sec-websocket-version'] ?? ''}`,
          '\r\n',
        ].join('\r\n'),
      );
      inner.write(head);
      await pipeline(socket, inner, socket);
    } finally {
      this.#open.delete(socket);
      socket.destroy();
    }
  }
}

/** Where a base URL is reached by WebSocket: `/dns/<host>/tcp/443/tls/ws` for HTTPS. The path of the URL counts for nothing. */
export function webSocketAddress(base: string): string {
  const { protocol, hostname, port } = new URL(base);
  const isTls = protocol === 'https:';
  const host = hostname.replace(/^\[|\]$/g, '');
  const kind = { 0: 'dns', 4: 'ip4', 6: 'ip6' }[isIP(host)] ?? 'dns';
  const at = host === 'localhost' ? 'ip4/127.0.0.1' : `${kind}/${host}`;
  return `/${at}/tcp/${port === '' ? (isTls ? 443 : 80) : port}${isTls ? '/tls' : ''}/ws`;
}

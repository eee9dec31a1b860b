import { readFile } from 'node:fs/promises';
import type {
  AbortOptions,
  ConnectionProtector,
  MessageStream,
  MultiaddrConnection,
} from '@libp2p/interface';
import { byteStream } from '@libp2p/utils';
import type { Logger } from 'pino';
import type { Clock } from '../../clock.ts';
import { FederationError } from '../errors.ts';

/** libp2p's form of a pre-shared key (specs/pnet/Private-Networks-PSK-V1.md). */
const KEY_FILE = /^\/key\/swarm\/psk\/1\.0\.0\/\r?\n\/base16\/\r?\n[0-9a-f]{64}\s*$/i;
const MOST_BYTES = 1_000;
/** What the calling side says first when both have the same key: the header of multistream-select. */
const FIRST_WORDS = Buffer.from('\x13/multistream/1.0.0\n');
/** The same address is told of once an hour. */
const TOLD_AGAIN_MS = 60 * 60_000;
const ADDRESSES_REMEMBERED = 1_000;

/**
 * The pre-shared key in a file: three lines, `/key/swarm/psk/1.0.0/`, `/base16/`, and 64 hexadecimal digits.
 * @throws FederationError `FEDERATION_BAD_NETWORK_KEY`
 */
export async function readNetworkKey(file: string): Promise<Uint8Array> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw badKey(
      `The key of the private network in ${file} cannot be read: ${(cause as Error).message}.`,
      cause,
    );
  }
  if (text.length > MOST_BYTES || !KEY_FILE.test(text))
    throw badKey(`${file} does not hold the key of a private network.`);
  return Buffer.from(text.trim());
}

function badKey(message: string, cause?: unknown): FederationError {
  return new FederationError('FEDERATION_BAD_NETWORK_KEY', message, {
    remedy:
      'Put the file there that the other nodes of the network have (three lines, the first is /key/swarm/psk/1.0.0/), or make one for a new network with "ngr init --private-network".',
    cause,
  });
}

/**
 * Closes the network to all that have not the key: every connection is enciphered with it before anything else is said.
 * Who has another key, or none, is told to the operator, since the two nodes cannot tell one another.
 */
export class PrivateNetwork implements ConnectionProtector {
  readonly [Symbol.toStringTag] = 'PrivateNetwork';
  readonly #protector: Promise<ConnectionProtector>;
  readonly #secured = new WeakSet<MultiaddrConnection>();
  readonly #told = new Map<string, number>();
  readonly #clock: Clock;
  readonly #log: Logger;

  /** @param options.key as `readNetworkKey` gives it */
  constructor({ key, clock, log }: { key: Uint8Array; clock: Clock; log: Logger }) {
    this.#protector = protectorBy(key);
    // Each connection is told of it.
    this.#protector.catch(() => undefined);
    this.#clock = clock;
    this.#log = log;
  }

  /** Notes a connection of which the other side is known: the keys were the same. */
  secured(connection: MultiaddrConnection): void {
    this.#secured.add(connection);
  }

  async protect(connection: MultiaddrConnection, options?: AbortOptions): Promise<MessageStream> {
    connection.addEventListener('close', () => this.#closed(connection), { once: true });
    const protector = await this.#protector;
    const enciphered = await protector.protect(connection, options);
    // Who was called hears the first words, and knows at once. Who calls sees the connection end.
    return connection.direction === 'inbound' ? await heard(enciphered, options) : enciphered;
  }

  #closed(connection: MultiaddrConnection): void {
    if (this.#secured.has(connection)) return;
    const [, host = ''] = connection.remoteAddr.toString().split('/').slice(1);
    const now = this.#clock.steady();
    if ((this.#told.get(host) ?? -Infinity) + TOLD_AGAIN_MS > now) return;
    if (this.#told.size >= ADDRESSES_REMEMBERED) this.#told.clear();
    this.#told.set(host, now);
    const address = connection.remoteAddr.toString();
    if (connection.direction === 'inbound')
      this.#log.warn({ address }, 'refused a connection: who called has not the key of the private network');
    else
      this.#log.warn(
        { address },
        'a node ended the connection before it was made: it has probably another key of a private network, or none; compare the files of p2p.privateNetworkKey',
      );
  }
}

/** Loaded by those alone who have such a network: its cipher is compiled at once. */
async function protectorBy(psk: Uint8Array): Promise<ConnectionProtector> {
  const { preSharedKey } = await import('@libp2p/pnet');
  return preSharedKey({ psk })();
}

/** The connection, where its first words can be read. */
async function heard(connection: MessageStream, options?: AbortOptions): Promise<MessageStream> {
  const bytes = byteStream(connection);
  const words = await bytes.read({ bytes: FIRST_WORDS.length, ...options });
  bytes.unwrap();
  if (Buffer.compare(words.subarray(), FIRST_WORDS) !== 0) {
    const reason = new FederationError(
      'FEDERATION_OTHER_NETWORK_KEY',
      'The other side has another network key.',
    );
    connection.abort(reason);
    throw reason;
  }
  connection.unshift(words);
  return connection;
}

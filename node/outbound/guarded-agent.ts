import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import type { Agent, buildConnector } from 'undici';
import { OutboundError } from './errors.ts';
import { NamedHosts, portOf } from './named-hosts.ts';
import { isPublicAddress } from './public-address.ts';

/** What is needed of the library, which who asks first has loaded. */
interface Undici {
  Agent: typeof Agent;
  buildConnector: typeof buildConnector;
}

export interface GuardedAgentOptions {
  /** Addresses or hosts that the operator named: only these may lie in a private network or on this machine. */
  allow: readonly string[];
  /** The longest wait for a connection, for the answer's head, and between two pieces of its body. */
  timeoutMs: number;
  /** How names become addresses; the system's way if not given. */
  lookup?: LookupFunction;
}

const LONGEST_CONNECT_MS = 10_000;

/** Keeps the connections, each of which was checked when it was made. */
export function guardedAgent(undici: Undici, options: GuardedAgentOptions): Agent {
  const { allow, timeoutMs } = options;
  return new undici.Agent({
    connect: guardedConnector(undici, new NamedHosts(allow), options),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });
}

/** Connects to a host that was named, or to a public address of any other. */
function guardedConnector(
  undici: Undici,
  named: NamedHosts,
  options: GuardedAgentOptions,
): buildConnector.connector {
  const timeout = Math.min(options.timeoutMs, LONGEST_CONNECT_MS);
  const lookup = options.lookup ?? systemLookup;
  const anywhere = undici.buildConnector({ timeout, lookup });
  const publicOnly = undici.buildConnector({ timeout, lookup: publicLookup(lookup) });

  return (target, callback) => {
    const url = new URL(
      `${target.protocol}//${isIP(target.hostname) === 6 ? `[${target.hostname}]` : target.hostname}`,
    );
    const port = target.port === '' ? portOf(url) : target.port;
    if (named.has(url.hostname, port)) anywhere(target, callback);
    else if (isIP(target.hostname) !== 0 && !isPublicAddress(target.hostname)) {
      // A literal address is never looked up.
      callback(privateAddress(target.hostname, target.hostname), null);
    } else publicOnly(target, callback);
  };
}

/** A look-up that gives only public addresses. */
function publicLookup(lookup: LookupFunction): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const addresses: LookupAddress[] =
        typeof found === 'string' ? [{ address: found, family: isIP(found) }] : found;
      const [first, ...others] = addresses.filter(({ address }) => isPublicAddress(address));
      if (first === undefined) {
        callback(privateAddress(hostname, addresses.map(({ address }) => address).join(', ')), []);
      } else if (options.all === true) callback(null, [first, ...others]);
      else callback(null, first.address, first.family);
    });
  };
}

function privateAddress(hostname: string, addresses: string): OutboundError {
  return new OutboundError(
    'OUTBOUND_PRIVATE_ADDRESS',
    `${hostname} is not in the public Internet${addresses === hostname ? '' : ` (${addresses})`}.`,
  );
}

import { once } from 'node:events';
import { connect } from 'node:net';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

const CONNECT_MS = 8_000;
const MOST_ADDRESSES = 20;

/** Whether the nodes through which it joins can be reached, and what the running node knows of its networks. */
export async function peersCheck({ config, running }: Patient, signal: AbortSignal): Promise<Finding[]> {
  const { bootstrap, mdns } = config.p2p;
  const found = await Promise.all(
    bootstrap.slice(0, MOST_ADDRESSES).map((address) => reached(address, running, signal)),
  );
  if (running !== undefined) found.push(...known(running));
  else if (bootstrap.length === 0)
    found.push(
      warning(
        mdns ? 'Only nodes of the local network will be found.' : 'No other node will be found.',
        'Name a node of your network that is known to run: "p2p.bootstrap".',
      ),
    );
  return found;
}

async function reached(address: string, running: Patient['running'], signal: AbortSignal): Promise<Finding> {
  const node = /\/p2p\/([^/]+)$/.exec(address)?.[1];
  const peer = running?.peers.find((one) => one.node === node);
  if (peer?.connected === true)
    return ok(`${peer.name ?? address} is connected, its domain ${peer.proof ?? 'not asked'}`);
  const [, host, port] = /^\/(?:ip4|ip6|dns|dns4|dns6)\/([^/]+)\/tcp\/(\d+)/.exec(address) ?? [];
  if (host === undefined) return ok(`${address} is tried by the node itself`);
  const socket = connect({ host, port: Number(port) });
  try {
    await once(socket, 'connect', { signal: AbortSignal.any([signal, AbortSignal.timeout(CONNECT_MS)]) });
    return running === undefined
      ? ok(`${address} can be reached`)
      : warning(
          `${address} can be reached, but is not connected.`,
          'See the log of the node: it may be of another network, or turn this node down.',
        );
  } catch {
    return failed(
      `${address} cannot be reached.`,
      'Ask whoever runs it for its address of now; or let outgoing connections to its port through the firewall.',
    );
  } finally {
    socket.destroy();
  }
}

function known({ peers }: NonNullable<Patient['running']>): Finding[] {
  const others = peers.filter(({ self }) => !self);
  const connected = others.filter((peer) => peer.connected).length;
  const forks = others.filter(({ fork }) => fork !== undefined && fork !== null);
  const contradicted = others.filter(({ proof }) => proof === 'contradicted');
  return [
    others.length > 0 && connected === 0
      ? failed(
          `None of ${others.length} known nodes is connected.`,
          'Look at the firewall and at "ngr peers".',
        )
      : others.length === 0
        ? warning('No other node is known.', 'Name one of your network: "p2p.bootstrap" (docs/joining.md).')
        : ok(`${connected} of ${others.length} known nodes are connected`),
    ...[...forks, ...contradicted].map(({ name, node }) =>
      warning(`Something is wrong with ${name ?? node}.`, 'See "ngr peers --state troubled".'),
    ),
  ];
}

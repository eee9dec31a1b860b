import { once } from 'node:events';
import { createServer } from 'node:net';
import { isPublicAddress } from '../../../outbound/index.ts';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

const FIRST_FREE_PORT = 1_024;

/** Whether the ports can be had, or are held by the node itself; and whether others have a way to it. */
export async function portsCheck({ config, running }: Patient): Promise<Finding[]> {
  const { http, p2p } = config;
  if (running !== undefined)
    return [
      ok(`HTTP: ${running.url} is held by this node`),
      ...(p2p.relay === 'client' ? [] : [reachability(running.addresses)]),
    ];
  return await Promise.all([
    free('HTTP', http.host, http.port, '--port'),
    ...(p2p.relay === 'client' ? [] : [free('Other nodes', p2p.host, p2p.port, '--p2p-port')]),
  ]);
}

async function free(what: string, host: string, port: number, flag: string): Promise<Finding> {
  const server = createServer();
  try {
    server.listen({ host, port });
    await once(server, 'listening');
    return ok(`${what}: ${host}:${port} is free`);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE')
      return failed(
        `${what}: ${host}:${port} is held by another program.`,
        `See which by "ss -ltnp 'sport = :${port}'"; stop it, or take another port (${flag}).`,
      );
    if (code === 'EACCES' && port < FIRST_FREE_PORT)
      return failed(
        `${what}: port ${port} may only be held by root.`,
        'Take one above 1023, and let a reverse proxy pass requests on (docs/security.md).',
      );
    return failed(
      `${what}: ${host}:${port} cannot be held: ${message}.`,
      `Correct the address or the port (${flag}).`,
    );
  } finally {
    server.close();
  }
}

/** Whether any of the addresses that others are told lies in the public Internet. */
function reachability(addresses: readonly string[]): Finding {
  const reachable = addresses.filter((address) => {
    const [, kind = '', host = ''] = address.split('/');
    return kind.startsWith('dns') || isPublicAddress(host);
  });
  const [first] = reachable;
  if (first !== undefined) return ok(`Other nodes: they are told ${first}`);
  return warning(
    'Other nodes: no address that they are told lies in the public Internet.',
    'Behind port forwarding set "p2p.announce"; where no port can be opened, "p2p.relay": "client" or "p2p.webSocket" (docs/joining.md).',
  );
}

import { OutboundError } from './errors.ts';

const defaultPorts: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** The port of an address, also where it is the scheme's own and not written. */
export function portOf(url: URL): string {
  return url.port === '' ? (defaultPorts[url.protocol] ?? '') : url.port;
}

/**
 * The hosts that the operator named: these, at these ports, may lie in a private network.
 *
 * @param names addresses (`http://repository.local:8080/oai`, of which host and port count), `host:port`, or a host
 *   alone, which stands for its ports 80 and 443
 * @throws OutboundError `OUTBOUND_BAD_URL` for a name that is none of these
 */
export class NamedHosts {
  readonly #hosts = new Set<string>();

  constructor(names: readonly string[]) {
    for (const name of names) {
      if (/^https?:\/\//i.test(name)) {
        const url = parse(name, name);
        this.#hosts.add(`${url.hostname}:${portOf(url)}`);
      } else {
        const { hostname, port } = parse(`http://${name}`, name);
        const ports = /:\d+$/.test(name) ? [port === '' ? '80' : port] : Object.values(defaultPorts);
        for (const each of ports) this.#hosts.add(`${hostname}:${each}`);
      }
    }
  }

  has(hostname: string, port: string): boolean {
    return this.#hosts.has(`${hostname}:${port}`);
  }
}

function parse(address: string, name: string): URL {
  if (URL.canParse(address)) return new URL(address);
  throw new OutboundError('OUTBOUND_BAD_URL', `"${name}" is neither an address nor a host.`);
}

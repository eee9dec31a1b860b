import { once } from 'node:events';
import { connect, type TLSSocket } from 'node:tls';
import { isIP } from 'node:net';
import { failed, ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

const DAY_MS = 86_400_000;
/** Let's Encrypt renews 30 days before the end: what is left then has failed for two weeks. */
const SOON_DAYS = 14;

/** Whether the certificate of the public address is one that others believe, and for how long. */
export async function certificateCheck({ config, clock }: Patient, signal: AbortSignal): Promise<Finding[]> {
  const { baseUrl } = config;
  if (baseUrl === undefined || !baseUrl.startsWith('https:')) return [];
  const { hostname, port } = new URL(baseUrl);
  const host = hostname.replace(/^\[|\]$/g, '');
  const socket = connect({
    host,
    port: Number(port || 443),
    ...(isIP(host) === 0 && { servername: host }),
    // It is looked at, and nothing is sent.
    rejectUnauthorized: false,
  });
  try {
    await once(socket, 'secureConnect', { signal });
    return [judged(socket, host, clock.now())];
  } catch (error) {
    signal.throwIfAborted();
    // A name that leads nowhere is told of by the check of the DNS.
    if ((error as NodeJS.ErrnoException).code === 'ENOTFOUND') return [];
    return [
      failed(
        `No encrypted connection to ${host}: ${(error as Error).message}.`,
        'See that the reverse proxy runs, and that the firewall lets the port through.',
      ),
    ];
  } finally {
    socket.destroy();
  }
}

function judged(socket: TLSSocket, host: string, now: number): Finding {
  const certificate = socket.getPeerCertificate();
  const until = Date.parse(certificate.valid_to);
  const days = Math.floor((until - now) / DAY_MS);
  const day = Number.isNaN(until) ? certificate.valid_to : new Date(until).toISOString().slice(0, 10);
  const renew = 'Renew it, and see why that did not happen by itself ("certbot renew --dry-run").';
  if (until <= now) return failed(`The certificate of ${host} ended on ${day}.`, renew);
  if (!socket.authorized)
    return failed(
      `The certificate of ${host} is not believed: ${String(socket.authorizationError)}.`,
      'Have the reverse proxy send the whole chain of a certificate that was made out for this name by a known authority.',
    );
  if (days < SOON_DAYS) return warning(`The certificate of ${host} ends in ${days} days, on ${day}.`, renew);
  return ok(`that of ${host} is believed, and good until ${day}`);
}

import { counted } from '../../print.ts';
import { ok, warning, type Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';

/** That it can be read was seen before: what it lacks for a node that others are to know. */
export async function configurationCheck({ config }: Patient): Promise<Finding[]> {
  await Promise.resolve();
  const found: Finding[] = [];
  if (config.sources.length === 0)
    found.push(
      warning(
        'No repository is configured.',
        'Name yours by "ngr init", or hand files over by "ngr import".',
      ),
    );
  if (config.baseUrl === undefined)
    found.push(
      warning(
        'No public address is configured: records get addresses on this machine, which nobody else can follow.',
        'Set "baseUrl" before the first harvest; it cannot be changed later.',
      ),
    );
  else if (config.baseUrl.startsWith('http:'))
    found.push(
      warning(
        `${config.baseUrl} is not encrypted.`,
        'Put a reverse proxy with a certificate in front, and name its https:// address.',
      ),
    );
  if (config.contact === undefined)
    found.push(
      warning(
        'Nobody is named who answers for the node.',
        'Set "contact": repositories and other nodes want to know whom to write to.',
      ),
    );
  if (config.baseUrl?.startsWith('https:') === true && !config.http.trustProxy)
    found.push(
      warning(
        'TLS ends at a reverse proxy, and its X-Forwarded-… headers are not believed: all readers together are taken for one, with its limits, and counted as one.',
        'Set "http.trustProxy" to true, and "http.host" to 127.0.0.1 where the proxy is on this machine.',
      ),
    );
  if (config.http.trustProxy && config.http.host === '0.0.0.0')
    found.push(
      warning(
        'The X-Forwarded-… headers are believed, and everybody can reach the port past the reverse proxy.',
        'Set "http.host" to 127.0.0.1, or let the firewall keep the port closed.',
      ),
    );
  return found.length > 0
    ? found
    : [ok(`${config.name}, ${counted(config.sources.length, 'source')}, ${config.baseUrl}`)];
}

import type { Repository } from './description.ts';

/** A source of records, as the harvester knows it. */
interface Source {
  name: string;
  type: string;
  url: string;
}

/**
 * The repositories behind the sources that are harvested by OAI-PMH, for a manager who has told of none yet. They are offered
 * only: an address from the configuration may be one that others are not to know.
 */
export function offeredRepositories(sources: readonly Source[]): Repository[] {
  return sources.flatMap(({ name, type, url }) => {
    if (type !== 'oai-pmh' || !URL.canParse(url)) return [];
    const { origin, hostname, username, password } = new URL(url);
    const isOnThisMachine = hostname === 'localhost' || hostname.startsWith('127.') || hostname === '[::1]';
    if (isOnThisMachine || username !== '' || password !== '') return [];
    return { name, url: `${origin}/`, oaiBaseUrl: url };
  });
}

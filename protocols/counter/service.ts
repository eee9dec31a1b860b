import type { Month } from './months.ts';
import { releasePaths, type Release } from './release.ts';
import { reportsOf } from './reports.ts';

/** All use, whoever it was by: the one customer of a repository (CoP 5.1, sections 4.4 and 8.2). */
export const THE_WORLD = { name: 'The World', customerId: '0000000000000000' } as const;

/** Its identifier among the platform's own. */
export const worldId = (namespace: string): string => `${namespace}:${THE_WORLD.customerId}`;

const SHORTEST_NAMESPACE = 2;
const LONGEST_NAMESPACE = 18;

/**
 * The namespace of a platform's own identifiers: as much of its host name, from the right, as the API's description allows
 * (letters, digits, `_`, `.`, beginning with a letter).
 */
export function namespaceOf(host: string): string {
  const labels = host
    .toLowerCase()
    .replace(/[^a-z\d.]/g, '_')
    .split('.');
  while (labels.length > 2 && labels.join('.').length > LONGEST_NAMESPACE) labels.shift();
  const name = labels
    .join('.')
    .replace(/^[^a-z]+/, '')
    .slice(-LONGEST_NAMESPACE);
  const namespace = name.replace(/^[^a-z]+/, '');
  return namespace.length < SHORTEST_NAMESPACE ? `ngr.${namespace}` : namespace;
}

/** The answer of /status: public, and for any platform (CoP 5.1, section 8.1). */
export function statusJson(platform: string): object[] {
  return [
    {
      Description: `COUNTER usage reports of ${platform}`,
      Service_Active: true,
    },
  ];
}

/** The answer of /members: who may be asked about. */
export function membersJson(release: Release, namespace: string): object[] {
  const { name, customerId } = THE_WORLD;
  return release === '5.1'
    ? [
        {
          Institution_Name: name,
          Institution_ID: { Proprietary: [worldId(namespace)] },
          Customer_ID: customerId,
        },
      ]
    : [
        {
          Customer_ID: customerId,
          Name: name,
          Institution_ID: [{ Type: 'Proprietary', Value: worldId(namespace) }],
        },
      ];
}

/** The answer of /reports: which there are, and for which months. */
export function reportListJson(release: Release, available: { first: Month; last: Month }): object[] {
  return reportsOf(release).map(({ id, name, description }) => ({
    Report_Name: name,
    Report_ID: id,
    Release: release,
    Report_Description: description,
    Path: `/${releasePaths[release]}/reports/${id.toLowerCase()}`,
    ...(release === '5.1' && {
      First_Month_Available: available.first,
      Last_Month_Available: available.last,
    }),
  }));
}

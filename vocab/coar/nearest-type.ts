import { resourceTypes } from './resource-types.ts';

/**
 * What a table says of a resource type, or of the nearest of the wider ones (skos:broader) that it knows.
 *
 * @param table by the local names of COAR Resource Types, `c_6501`
 */
export function nearestType<T>(type: string | undefined, table: Readonly<Record<string, T>>): T | undefined {
  for (let uri = type; uri !== undefined; uri = resourceTypes.byUri(uri)?.broader) {
    const found = table[uri.slice(uri.lastIndexOf('/') + 1)];
    if (found !== undefined) return found;
  }
  return undefined;
}

import { resourceTypes } from './resource-types.ts';

/** A resource type and those that are wider (skos:broader), the nearest first. */
export function* withWider(type: string): Generator<string> {
  for (let uri: string | undefined = type; uri !== undefined; uri = resourceTypes.byUri(uri)?.broader)
    yield uri;
}

/**
 * What a table says of a resource type, or of the nearest of the wider ones (skos:broader) that it knows.
 *
 * @param table by the local names of COAR Resource Types, `c_6501`
 */
export function nearestType<T>(type: string | undefined, table: Readonly<Record<string, T>>): T | undefined {
  for (const uri of type === undefined ? [] : withWider(type)) {
    const found = table[uri.slice(uri.lastIndexOf('/') + 1)];
    if (found !== undefined) return found;
  }
  return undefined;
}

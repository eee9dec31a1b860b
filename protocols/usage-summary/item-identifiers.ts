import type { Identifier } from '../../vocab/record.ts';
import { sha256 } from '../../vocab/sha256.ts';
import { MOST_IDENTIFIERS } from './works-limits.ts';

/** The first eight bytes of a hash, as two numbers of 32 bits. */
export interface IdentifierHash {
  high: number;
  low: number;
}

/** What names one item at all nodes alike, the best first; addresses and numbers of series do not. */
const SCHEMES: readonly Identifier['scheme'][] = ['doi', 'handle', 'arxiv', 'pmid', 'urn', 'isbn'];

/**
 * The names under which an item is counted, at most three: `record:<key>`, then `doi:10.1000/xyz`, `handle:…` and the like,
 * in the forms that `vocab/identifiers.ts` makes.
 */
export function itemNames(key: string, identifiers: readonly Identifier[]): string[] {
  const names = SCHEMES.flatMap((scheme) =>
    identifiers.filter((one) => one.scheme === scheme).map(({ value }) => `${scheme}:${value}`),
  );
  return [`record:${key}`, ...new Set(names)].slice(0, MOST_IDENTIFIERS);
}

/** The names by which a work of several records is asked for: each record's key, and every identifier that counts. */
export function workNames(records: readonly { key: string; identifiers: readonly Identifier[] }[]): string[] {
  const names = records.flatMap(({ key, identifiers }) => [
    `record:${key}`,
    ...identifiers
      .filter(({ scheme }) => SCHEMES.includes(scheme))
      .map(({ scheme, value }) => `${scheme}:${value}`),
  ]);
  return [...new Set(names)];
}

/** First eight bytes of sha-256 of a name in UTF-8. */
export function identifierHash(name: string): IdentifierHash {
  const bytes = sha256(name);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { high: view.getUint32(0), low: view.getUint32(4) };
}

/** In which page the hash stands. */
export function pageOf({ high }: IdentifierHash): number {
  return high >>> 24;
}

/** As 16 hex digits. */
export function hashText({ high, low }: IdentifierHash): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

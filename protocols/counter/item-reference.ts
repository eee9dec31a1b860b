import { normaliseIdentifier } from '../../vocab/identifiers.ts';
import type { Identifier } from '../../vocab/record.ts';

/** What a request calls an item by. */
export type ItemReference = Identifier | { scheme: 'oai'; value: string };

/**
 * The item that a value of item_id names: `10.1000/x`, `DOI:10.1000/x`, `ISBN:978…`, `URI:https://…`, an OAI identifier, or one
 * with the platform's namespace as reports have it under Proprietary.
 *
 * @param namespace that of the platform
 */
export function itemReference(text: string, namespace: string): ItemReference | undefined {
  const bare = [namespace, 'Proprietary', 'URI'].reduce(
    (rest, prefix) => (rest.startsWith(`${prefix}:`) ? rest.slice(prefix.length + 1) : rest),
    text,
  );
  if (/^oai:[^\s:]+:\S+$/.test(bare)) return { scheme: 'oai', value: bare };
  return normaliseIdentifier(bare.replace(/^(?:DOI|ISBN):/, ''));
}

/** A part of several items, not an item: `item_id` of item reports takes none (exception 3061). */
export function isOfTitles({ scheme }: ItemReference): boolean {
  return scheme === 'issn';
}

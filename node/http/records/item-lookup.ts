import { normaliseIdentifier } from '../../../vocab/identifiers.ts';
import { isRecordKey, keyOfIri } from '../../../vocab/record-key.ts';
import type { Identifier, NodeId } from '../../../vocab/record.ts';
import type { Catalogue } from '../../catalogue/index.ts';

type Holdings = Pick<Catalogue['holdings'], 'movedTo' | 'place' | 'withIdentifier'>;
type IndexedIdentifier = { scheme: Identifier['scheme'] | 'oai'; value: string };

/** Identifiers of one work, and not of the volume or serial that it is in. */
const OF_WORKS: ReadonlySet<string> = new Set(['doi', 'handle', 'urn', 'pmid', 'arxiv', 'url']);
/** Copies of one work that are looked at. */
const MOST_COPIES = 20;

/**
 * The key of the record of an item, by the first of several names under which one is held: key or address of the record,
 * OAI identifier, DOI or another identifier in any of its forms, address of the item's page. Of several copies this node's
 * own is taken. A tombstone is no item.
 */
export async function findItem(
  holdings: Holdings,
  self: NodeId,
  names: readonly string[],
): Promise<string | undefined> {
  for (const name of names) {
    const found = (await withKey(holdings, name)) ?? (await identified(holdings, self, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

async function withKey(holdings: Holdings, name: string): Promise<string | undefined> {
  const key = isRecordKey(name) ? name : keyOfIri(name);
  if (key === undefined) return undefined;
  const now = (await holdings.movedTo(key)) ?? key;
  return (await originOf(holdings, now)) === undefined ? undefined : now;
}

async function identified(holdings: Holdings, self: NodeId, name: string): Promise<string | undefined> {
  let first: string | undefined;
  for (const { scheme, value } of identifiersIn(name)) {
    for (const key of await holdings.withIdentifier(scheme, value, MOST_COPIES)) {
      const origin = await originOf(holdings, key);
      if (origin === self) return key;
      if (origin !== undefined) first ??= key;
    }
  }
  return first;
}

/** The node of a record that stands; undefined of anything else. */
async function originOf(holdings: Holdings, key: string): Promise<NodeId | undefined> {
  const place = await holdings.place(key);
  return place?.kind === 'created' || place?.kind === 'updated' ? place.node : undefined;
}

/** What a name may be indexed as, likeliest first. */
function identifiersIn(name: string): IndexedIdentifier[] {
  if (/^oai:/i.test(name)) return [{ scheme: 'oai', value: name }];
  const identifier = normaliseIdentifier(name);
  if (identifier === undefined || !OF_WORKS.has(identifier.scheme)) return [];
  const url = /^https?:/i.test(name) && URL.canParse(name) ? new URL(name) : undefined;
  return [identifier, ...(url === undefined ? [] : alsoKnownAs(url))];
}

/** Other forms of the address of an item's page, and the OAI identifiers that DSpace and EPrints make of it. */
function alsoKnownAs({ host, hostname, pathname }: URL): IndexedIdentifier[] {
  const [, handle] = /\/handle\/([\w.]{1,60}\/[^/]{1,200})\/?$/.exec(pathname) ?? [];
  const [, number] = /^\/(?:id\/eprint\/)?(\d{1,12})\/?$/.exec(pathname) ?? [];
  const local = handle ?? number;
  const bare = pathname.replace(/\/$/, '');
  const paths =
    number === undefined
      ? [bare, `${bare}/`]
      : [`/${number}/`, `/${number}`, `/id/eprint/${number}`, `/id/eprint/${number}/`];
  return [
    ...(local === undefined ? [] : [{ scheme: 'oai' as const, value: `oai:${hostname}:${local}` }]),
    ...['https', 'http'].flatMap((protocol) =>
      paths.map((path) => ({ scheme: 'url' as const, value: `${protocol}://${host}${path}` })),
    ),
  ];
}

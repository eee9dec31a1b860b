import type { TrackerHit } from '../../../protocols/openurl/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import type { ItemIndex } from '../../usage-logs/index.ts';
import { findItem } from '../records/item-lookup.ts';

/** Where items are looked for. */
interface Places {
  catalogue: Pick<Catalogue, 'node'> & {
    holdings: Pick<Catalogue['holdings'], 'movedTo' | 'place' | 'withIdentifier'>;
  };
  /** The own records by all that they may be called, their files among it. */
  usageItems: Pick<ItemIndex, 'find'>;
}

/**
 * The key of the record that a tracker tells of: by its OAI identifier at this node's own repository, which is as good as
 * always what comes; else by any other identifier, and at last by the address of its page or of one of its files. Where
 * nothing of that is known here, the key that the item would have: the counting refuses it, as it does what is withdrawn.
 */
export async function trackedItem(
  { catalogue, usageItems }: Places,
  { names, fileUrl }: Pick<TrackerHit, 'names' | 'fileUrl'>,
): Promise<string> {
  const { node, holdings } = catalogue;
  for (const name of names) {
    const own = recordKey(node, name);
    const place = await holdings.place(own);
    if (place !== undefined && place.kind !== 'dropped') return own;
  }
  const all = [...names.flatMap(spellings), ...(fileUrl === undefined ? [] : [fileUrl])];
  const [found = 'unknown'] = await usageItems.find([all]);
  if (typeof found === 'object') return found.key;
  const wouldBe = recordKey(node, names[0] ?? fileUrl ?? '');
  if (found === 'ambiguous') return wouldBe;
  return (await findItem(holdings, node, all)) ?? wouldBe;
}

const HANDLE = /^[\w.]{1,60}\/[^/\s]{1,200}$/;

/** A bare handle is one; and DSpace makes OAI identifiers of them, whose prefix may be another than the harvested one. */
function spellings(name: string): string[] {
  const local = name.replace(/^oai:[^:]{1,200}:/i, '');
  return HANDLE.test(local) ? [name, `hdl:${local}`, `oai:*:${local}`] : [name];
}

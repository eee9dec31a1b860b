import type { DspaceItems } from './dspace-items.ts';
import type { Found, ItemIndex } from './item-index.ts';
import type { ItemFinder } from './path-meanings.ts';

const OF_DSPACE = /^dspace-(item|file):((?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})|\d{1,12})$/i;

/** Finds items by the index; those of a DSpace that it does not know by what the repository itself says of them. */
export class SiteItemFinder implements ItemFinder {
  readonly #index: Pick<ItemIndex, 'generation' | 'find'>;
  readonly #dspace: Pick<DspaceItems, 'handles'> | undefined;
  readonly #siteUrl: string | undefined;

  /** @param options.dspace not there where the repository is not to be asked */
  constructor(options: {
    index: Pick<ItemIndex, 'generation' | 'find'>;
    dspace: Pick<DspaceItems, 'handles'> | undefined;
    siteUrl: string | undefined;
  }) {
    this.#index = options.index;
    this.#dspace = options.dspace;
    this.#siteUrl = options.siteUrl;
  }

  get generation(): number {
    return this.#index.generation;
  }

  /** @throws UsageLogError `USAGE_SITE_SILENT` */
  async find(lists: readonly (readonly string[])[]): Promise<Found[]> {
    const found = await this.#index.find(lists);
    const [dspace, site] = [this.#dspace, this.#siteUrl];
    if (dspace === undefined || site === undefined) return found;
    const asked: { at: number; object: string }[] = [];
    for (const [at, names] of lists.entries()) {
      const [, kind, id] =
        (found[at] === 'unknown' ? names.map((one) => OF_DSPACE.exec(one)).find(Boolean) : null) ?? [];
      if (kind !== undefined && id !== undefined) asked.push({ at, object: `${kind} ${id.toLowerCase()}` });
    }
    if (asked.length === 0) return found;
    const handles = await dspace.handles(
      site,
      asked.map(({ object }) => object),
    );
    const named = asked.flatMap(({ at }, i) => {
      const handle = handles[i];
      return handle === undefined
        ? []
        : [{ at, names: [`oai:*:${handle}`, `hdl:${handle}`, `${site}/handle/${handle}`] }];
    });
    const items = await this.#index.find(named.map(({ names }) => names));
    for (const [i, { at }] of named.entries()) found[at] = items[i] ?? 'unknown';
    return found;
  }
}

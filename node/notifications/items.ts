import { patterns, type CoarNotification, type Resource } from '../../protocols/coar-notify/index.ts';
import { normaliseIdentifier } from '../../vocab/identifiers.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import { isTombstone, type Holding, type Record as NgrRecord } from '../../vocab/record.ts';
import type { Catalogue } from '../catalogue/index.ts';
import { NotificationError } from './errors.ts';
import { spellings } from './iris.ts';

/** Which records a notification is about. */
export interface FoundItems {
  /** Keys of the node's own records. */
  own: readonly string[];
  /** Whether one of them is what stands in `context`: what is reviewed, and not the review. */
  isContext: boolean;
  /** The node's own, of which only a tombstone is left. */
  gone: readonly Holding[];
  /** Those of other institutions that are held here. */
  others: readonly Holding[];
}

/** Of one name; a shared handle or a series' ISBN stands in many records. */
const MOST_OF_A_NAME = 20;

type Held = Pick<Catalogue, 'node'> & { holdings: Pick<Catalogue['holdings'], 'getMany' | 'withIdentifier'> };

/**
 * Finds the records that a notification is about, whether they stand in `context`, `object`, `as:subject` or `as:object`, by
 * the record's IRI, its landing page's address, its DOI or any other identifier.
 */
export class Items {
  readonly #catalogue: Held;

  constructor({ catalogue }: { catalogue: Held }) {
    this.#catalogue = catalogue;
  }

  /** The first part of the notification in which one of the node's own records is named decides. */
  async find(notification: CoarNotification): Promise<FoundItems> {
    const gone: Holding[] = [];
    const others: Holding[] = [];
    for (const { names, isContext } of placesOf(notification)) {
      const found = await this.#holdingsOf(names);
      const ofNode = found.filter(({ holding }) => holding.node === this.#catalogue.node);
      const own = ofNode.filter(({ holding }) => !isTombstone(holding)).map(({ key }) => key);
      if (own.length > 0) return { own, isContext, gone: [], others: [] };
      gone.push(...ofNode.map(({ holding }) => holding));
      others.push(...found.map(({ holding }) => holding).filter((one) => one.node !== this.#catalogue.node));
    }
    return { own: [], isContext: true, gone, others };
  }

  /**
   * One of the node's own records, by its key.
   * @throws NotificationError `NOTIFICATION_NO_RECORD`
   */
  async ownRecord(key: string): Promise<NgrRecord> {
    const [holding] = await this.#catalogue.holdings.getMany([key]);
    if (holding !== undefined && holding.node === this.#catalogue.node && !isTombstone(holding))
      return holding;
    throw new NotificationError(
      'NOTIFICATION_NO_RECORD',
      `${key.slice(0, 100)} is no record of this node's own.`,
      {
        remedy: 'Name one of the node’s own records; "ngr search" finds them.',
      },
    );
  }

  async #holdingsOf(names: readonly string[]): Promise<{ key: string; holding: Holding }[]> {
    const keys = new Set((await Promise.all(names.map((name) => this.#keysOf(name)))).flat());
    const list = [...keys];
    const holdings = await this.#catalogue.holdings.getMany(list);
    return list.flatMap((key, i) => {
      const holding = holdings[i];
      return holding === undefined ? [] : [{ key, holding }];
    });
  }

  async #keysOf(name: string): Promise<string[]> {
    const key = keyOfIri(name.replace(/[?#].*$/s, '').replace(/\/+$/, ''));
    if (key !== undefined) return [key];
    const { holdings } = this.#catalogue;
    const { scheme, value } = normaliseIdentifier(name) ?? { scheme: 'url', value: name };
    const values = scheme === 'url' ? spellings(value) : [value];
    const found = await Promise.all([
      holdings.withIdentifier('oai', name, MOST_OF_A_NAME),
      ...values.map((each) => holdings.withIdentifier(scheme, each, MOST_OF_A_NAME)),
    ]);
    return found.flat();
  }
}

interface NamedPlace {
  names: readonly string[];
  isContext: boolean;
}

/** Where an item of ours can stand, the likeliest place first. */
function placesOf({ pattern, object, context }: CoarNotification): NamedPlace[] {
  const { triple } = object;
  const places = [
    { names: namesOf(context), isContext: true },
    { names: triple === undefined ? [] : [triple.object, triple.subject], isContext: true },
    { names: namesOf(object), isContext: false },
  ];
  // What a request is about stands in its object.
  return patterns[pattern].role === 'offer' ? places.toReversed() : places;
}

function namesOf(resource: Resource | undefined): string[] {
  if (resource === undefined) return [];
  return [resource.id, resource.citeAs, resource.item?.id].filter((name) => name !== undefined);
}

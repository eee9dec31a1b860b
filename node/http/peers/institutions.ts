import type { NodeId } from '../../../vocab/record.ts';
import type { Catalogue } from '../../catalogue/index.ts';
import { isComplete } from '../../catalogue/index.ts';
import type { Site } from '../site.ts';

/** An institution whose records are here. */
export interface Institution {
  node: NodeId;
  name: string;
  /** Its node's base URL; not there as long as no head of its feed has come. */
  base?: string;
  isSelf: boolean;
  /** How many of its records are here, tombstones not counted. */
  records: number;
  /** Whether all of its feed is here, as far as is known. */
  isComplete: boolean;
}

/** Who holds what: the institutions behind the feeds, by the names that they sign. */
export class Institutions {
  readonly #feeds: Pick<Catalogue['feeds'], 'state' | 'states'>;
  readonly #site: Site;

  constructor({ feeds, site }: { feeds: Pick<Catalogue['feeds'], 'state' | 'states'>; site: Site }) {
    this.#feeds = feeds;
    this.#site = site;
  }

  of(node: NodeId): Institution {
    const state = this.#feeds.state(node);
    const head = state?.head;
    const isSelf = node === this.#site.node;
    return {
      node,
      name: isSelf ? this.#site.name : head?.name || shortNodeId(node),
      ...(isSelf ? { base: this.#site.base } : head === undefined ? {} : { base: head.base }),
      isSelf,
      records: state?.records ?? 0,
      isComplete: state !== undefined && isComplete(state),
    };
  }

  /** This node's first, the others by name. */
  all(): Institution[] {
    const others = this.#feeds
      .states()
      .filter(({ node }) => node !== this.#site.node)
      .map(({ node }) => this.of(node));
    return [this.of(this.#site.node), ...others.sort((a, b) => a.name.localeCompare(b.name))];
  }
}

/** The end of a peer id, which is where peer ids differ. */
export function shortNodeId(node: NodeId): string {
  return `…${node.slice(-8)}`;
}

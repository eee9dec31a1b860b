import { isNamedAfterHost, isPublishedKind, isRepositoryDoi } from './published-work.ts';

/** What else is known of the item when the published DOI is to be told. */
export interface PublishedDoiHints {
  /** DOIs of the item itself. */
  own: readonly string[];
  /** COAR resource type. */
  type: string | undefined;
  /** Where the item and its files are kept. */
  addresses: readonly string[];
  /** A journal's own site bears the journal's name too. */
  isInJournal: boolean;
}

/** DOIs and addresses that are held against each other; no honest item has as many. */
const mostCompared = 100;

/** Gathers DOIs that may be the published work's, and tells which one is. */
export class PublishedDoi {
  /** DOIs said to be the published work's, and those of related works of which nothing is said. */
  readonly #said: string[] = [];
  readonly #related = new Set<string>();

  said(doi: string): void {
    this.#said.push(doi);
  }

  related(doi: string): void {
    this.#related.add(doi);
  }

  /** Related works of which nothing more is said. */
  get relatedWorks(): Iterable<string> {
    return this.#related;
  }

  /**
   * A DOI that the source names as the published work's; else, for kinds of works that publishers bring out, the item's
   * own DOI unless it is the repository's, or the only DOI of a related work of which nothing more is said.
   */
  value({ own, type, addresses, isInJournal }: PublishedDoiHints): string | undefined {
    const isOwn = new Set(own);
    const said = this.#said.find((doi) => !isOwn.has(doi));
    if (said !== undefined || !isPublishedKind(type)) return said;
    const places = addresses.slice(0, mostCompared);
    const publishers = own
      .slice(0, mostCompared)
      .find((doi) => !isRepositoryDoi(doi) && (isInJournal || !isNamedAfterHost(doi, places)));
    if (publishers !== undefined) return publishers;
    const related = [...this.#related].filter((doi) => !isOwn.has(doi) && !isRepositoryDoi(doi));
    return related.length === 1 ? related[0] : undefined;
  }
}

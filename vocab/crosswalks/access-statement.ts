import type { Access, AccessRight } from '../record.ts';

/** The same right said in several ways: the strictest counts, so that no closed file is opened. */
const strictness: readonly AccessRight[] = ['open', 'embargoed', 'restricted', 'metadata-only'];

export function stricter(one: AccessRight | undefined, other: AccessRight): AccessRight {
  return one === undefined || strictness.indexOf(other) > strictness.indexOf(one) ? other : one;
}

/** Gathers what a record says of the access to it as a whole. */
export class AccessStatement {
  #right: AccessRight | undefined;
  #embargoEnds: string | undefined;
  #available: string | undefined;

  restrict(right: AccessRight): void {
    this.#right = stricter(this.#right, right);
  }

  /** An embargo, unless the source says otherwise: repositories keep the date when all is open. The first one counts. */
  embargoEnds(day: string): void {
    this.#embargoEnds ??= day;
  }

  /** The end of an embargo where the source says that there is one; nothing otherwise. */
  available(day: string): void {
    this.#available ??= day;
  }

  /** @param ofFiles the rights to its files: an item is as open as its most open file, where nothing is said of it */
  access(ofFiles: readonly AccessRight[]): Access | undefined {
    const mostOpen = strictness.find((right) => ofFiles.includes(right));
    const right = this.#right ?? mostOpen ?? (this.#embargoEnds === undefined ? undefined : 'embargoed');
    if (right === undefined) return undefined;
    const embargoEnds = this.#embargoEnds ?? this.#available;
    return right === 'embargoed' && embargoEnds !== undefined ? { right, embargoEnds } : { right };
  }
}

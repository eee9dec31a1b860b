import { type Entry, timeSpan } from '../../../../protocols/resourcesync/index.ts';

/** Decides, entry by entry in their order, which have changed since a time. */
export class Choice {
  readonly #changes: boolean;
  readonly #since: number | undefined;
  #latest: { text: string; last: number } | undefined;

  /** @param changes whether the entries are changes, by `datetime`; else they are resources, by `lastmod` */
  constructor(changes: boolean, since: number | undefined) {
    this.#changes = changes;
    this.#since = since;
  }

  /** Of changes, the latest `datetime` so far. */
  get latest(): string | undefined {
    return this.#latest?.text;
  }

  takes({ lastmod, metadata }: Entry): boolean {
    if (this.#changes) this.#note(metadata?.datetime);
    if (this.#since === undefined) return true;
    // A change without a time of its own came after the one before it (section 12.1), and lastmod says nothing of it.
    const last = this.#changes ? this.#latest?.last : timeSpan(lastmod)?.last;
    return last === undefined || last >= this.#since;
  }

  #note(datetime: string | undefined): void {
    const span = timeSpan(datetime);
    if (span === undefined || datetime === undefined) return;
    if (this.#latest === undefined || span.last >= this.#latest.last)
      this.#latest = { text: datetime, last: span.last };
  }
}

import type { OaiIssue, OaiRecord } from './model.ts';

interface CountedPage {
  records: readonly OaiRecord[];
  issues: OaiIssue[];
  completeListSize?: number;
  cursor?: number;
}

/** Counts the records of a list against the `completeListSize` that its tokens promise. */
export class ListSize {
  #seen: number | undefined;
  #promised: number | undefined;

  constructor(options: { fromStart: boolean }) {
    this.#seen = options.fromStart ? 0 : undefined;
  }

  add(page: CountedPage): void {
    this.#promised = page.completeListSize ?? this.#promised;
    this.#seen ??= page.cursor;
    const lost = page.issues.filter(
      ({ code }) => code === 'OAI_RECORD_UNREADABLE' || code === 'OAI_RECORD_INCOMPLETE',
    );
    if (this.#seen !== undefined) this.#seen += page.records.length + lost.length;
  }

  /** At the end of the list: the size may be an estimate (section 3.5), hence no error. */
  compare(last: CountedPage): void {
    const [seen, promised] = [this.#seen, this.#promised];
    if (seen === undefined || promised === undefined || seen === promised) return;
    last.issues.push({
      code: seen < promised ? 'OAI_LIST_SHORT' : 'OAI_LIST_LONG',
      severity: seen < promised ? 'warning' : 'info',
      message: `The list ends after ${seen} records, but ${promised} were announced`,
      place: {},
    });
  }
}

import type { OaiIssue } from './model.ts';

/** Enough to see what is wrong with a page. */
const mostListed = 1000;

/** The issues of one page, of which only so many are listed: a page can be wrong a million times. */
export class IssueList {
  readonly #listed: OaiIssue[] = [];
  #unlisted = 0;

  add(issue: OaiIssue): void {
    if (this.isFull) this.#unlisted += 1;
    else this.#listed.push(issue);
  }

  get isFull(): boolean {
    return this.#listed.length >= mostListed;
  }

  list(): OaiIssue[] {
    if (this.#unlisted === 0) return this.#listed;
    const message = `${this.#unlisted} more issues on this page are not listed`;
    return [...this.#listed, { code: 'OAI_MORE_ISSUES', severity: 'error', message, place: {} }];
  }
}

import { createHash } from 'node:crypto';
import { OaiError, OaiProtocolError } from './errors.ts';
import type { OaiIssue, OaiRecord, OaiResponse } from './model.ts';
import type { OaiRequest } from './requests.ts';

/** One page of ListRecords. */
export interface OaiPage {
  records: OaiRecord[];
  issues: OaiIssue[];
  /** The source's time when it answered, UTC: the next harvest's `from` is the first page's. */
  responseDate?: string;
  /** The token that this page was asked for with; absent on the first page of a list. */
  requestedWith?: string;
  /** The token of the next page; absent on the last one. */
  token?: string;
  expirationDate?: string;
  completeListSize?: number;
  cursor?: number;
}

interface PageSource {
  ask: (request: OaiRequest, signal: AbortSignal | undefined) => Promise<OaiResponse>;
  /** For messages. */
  source: string;
  signal: AbortSignal | undefined;
}

/** Walks a list from page to page by its resumption tokens (OAI-PMH 2.0, section 3.5), one page ahead of the caller. */
export async function* listPages(
  request: OaiRequest,
  { ask, source, signal }: PageSource,
): AsyncGenerator<OaiPage, void, undefined> {
  // Ends the request under way when the caller stops early.
  const stop = new AbortController();
  const both = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]);
  const used = new TokenMemory();
  const tally = new Tally(request.resumptionToken === undefined);
  let emptyPages = 0;
  try {
    let asked = request;
    let coming = ask(asked, both);
    for (;;) {
      const { page, truncated } = pageOf(await coming, asked, source);
      tally.add(page);
      if (page.token === undefined) {
        if (!truncated) tally.compare(page);
        yield page;
        if (!truncated) return;
        throw new OaiError('OAI_TRUNCATED', `${source} answered with a page that stops before its end`, {
          details: { requestedWith: asked.resumptionToken },
        });
      }
      if (asked.resumptionToken !== undefined) used.add(asked.resumptionToken);
      emptyPages = page.records.length + page.issues.length === 0 ? emptyPages + 1 : 0;
      const loop = loopOf(used.has(page.token), emptyPages);
      if (loop !== undefined) {
        yield page;
        throw new OaiError('OAI_TOKEN_LOOP', `${source} answered with ${loop}`, {
          details: { token: page.token.slice(0, 200) },
        });
      }
      asked = { verb: 'ListRecords', resumptionToken: page.token };
      coming = ask(asked, both);
      // It is looked at when the caller comes back; until then a failure is no unhandled rejection.
      coming.catch(() => {});
      yield page;
    }
  } finally {
    stop.abort();
  }
}

/** Some repositories send an empty page now and then; nobody sends so many. */
const mostEmptyPages = 1000;

function loopOf(repeated: boolean, emptyPages: number): string | undefined {
  if (repeated) return 'a resumption token that was used before';
  return emptyPages >= mostEmptyPages ? `${emptyPages} pages in a row without a record` : undefined;
}

function pageOf(
  { answer, issues, responseDate, truncated }: OaiResponse,
  asked: OaiRequest,
  source: string,
): { page: OaiPage; truncated: boolean } {
  const { resumptionToken } = asked;
  const page: OaiPage = {
    records: [],
    issues,
    ...(responseDate !== undefined && { responseDate }),
    ...(resumptionToken !== undefined && { requestedWith: resumptionToken }),
  };
  if (answer.verb === 'error') {
    if (answer.faults.every(({ condition }) => condition === 'noRecordsMatch'))
      return { page, truncated: false };
    throw new OaiProtocolError(answer.faults, source);
  }
  if (answer.verb !== 'ListRecords') {
    throw new OaiError('OAI_NOT_OAI', `${source} answered to ${answer.verb} instead of ListRecords`);
  }
  page.records = answer.records;
  if (answer.token !== undefined) {
    const { value, ...rest } = answer.token;
    Object.assign(page, rest);
    if (value !== '') page.token = ownCopy(value);
  }
  return { page, truncated };
}

/** V8 keeps the whole page alive for a slice of it; a token lives longer than its page. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}

/** Tokens of this list, as digests; the oldest are forgotten, so that an endless list costs no endless memory. */
class TokenMemory {
  readonly #digests = new Set<string>();

  has(token: string): boolean {
    return this.#digests.has(digest(token));
  }

  add(token: string): void {
    this.#digests.add(digest(token));
    if (this.#digests.size <= 100_000) return;
    const [oldest] = this.#digests;
    if (oldest !== undefined) this.#digests.delete(oldest);
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64').slice(0, 22);
}

/** Counts the records of a list against the `completeListSize` that its tokens promise. */
class Tally {
  #seen: number | undefined;
  #promised: number | undefined;

  constructor(fromStart: boolean) {
    this.#seen = fromStart ? 0 : undefined;
  }

  add(page: OaiPage): void {
    this.#promised = page.completeListSize ?? this.#promised;
    this.#seen ??= page.cursor;
    const lost = page.issues.filter(
      ({ code }) => code === 'OAI_RECORD_UNREADABLE' || code === 'OAI_RECORD_INCOMPLETE',
    );
    if (this.#seen !== undefined) this.#seen += page.records.length + lost.length;
  }

  /** At the end of the list: the size may be an estimate (section 3.5), hence a warning. */
  compare(page: OaiPage): void {
    if (this.#seen === undefined || this.#promised === undefined || this.#seen >= this.#promised) return;
    page.issues.push({
      code: 'OAI_LIST_SHORT',
      severity: 'warning',
      message: `The list ends after ${this.#seen} records, but ${this.#promised} were announced`,
      place: {},
    });
  }
}

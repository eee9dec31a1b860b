import { OaiError, OaiProtocolError } from './errors.ts';
import { ListSize } from './list-size.ts';
import type { OaiIssue, OaiRecord, OaiResponse } from './model.ts';
import type { OaiRequest } from './requests.ts';
import { UsedTokens } from './used-tokens.ts';

/** One page of ListRecords, or of ListIdentifiers. */
export interface OaiPage {
  /** Of ListIdentifiers: with their headers alone. */
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
  /** The page stops before its end; after it `OAI_TRUNCATED` is thrown. */
  truncated?: true;
  /** Where it is not UTF-8. */
  encoding?: string;
}

interface PageSource {
  ask: (request: OaiRequest) => Promise<OaiResponse>;
  /** For messages. */
  source: string;
}

/** Walks a list from page to page by its resumption tokens (OAI-PMH 2.0, section 3.5), as fast as the caller. */
export async function* listPages(
  request: OaiRequest & { verb: 'ListRecords' | 'ListIdentifiers' },
  { ask, source }: PageSource,
): AsyncGenerator<OaiPage, void, undefined> {
  const { verb } = request;
  const used = new UsedTokens();
  const size = new ListSize({ fromStart: request.resumptionToken === undefined });
  let emptyPages = 0;
  let asked: OaiRequest = request;
  for (;;) {
    const page = pageOf(await ask(asked), asked, source);
    size.add(page);
    if (page.truncated) {
      yield page;
      throw new OaiError('OAI_TRUNCATED', `${source} answered with a page that stops before its end`, {
        details: { requestedWith: asked.resumptionToken },
      });
    }
    if (page.token === undefined) {
      size.compare(page);
      yield page;
      return;
    }
    if (asked.resumptionToken !== undefined) used.add(asked.resumptionToken);
    emptyPages = page.records.length + page.issues.length === 0 ? emptyPages + 1 : 0;
    const loop = loopOf(used.has(page.token), emptyPages);
    yield page;
    if (loop !== undefined) {
      throw new OaiError('OAI_TOKEN_LOOP', `${source} answered with ${loop}`, {
        details: { token: page.token.slice(0, 200) },
      });
    }
    asked = { verb, resumptionToken: page.token };
  }
}

/** Some repositories send an empty page now and then; nobody sends so many. */
const mostEmptyPages = 1000;

function loopOf(repeated: boolean, emptyPages: number): string | undefined {
  if (repeated) return 'a resumption token that was used before';
  return emptyPages >= mostEmptyPages ? `${emptyPages} pages in a row without a record` : undefined;
}

function pageOf(response: OaiResponse, asked: OaiRequest, source: string): OaiPage {
  const { answer, issues, responseDate, truncated, encoding } = response;
  const { resumptionToken } = asked;
  const page: OaiPage = {
    records: [],
    issues,
    ...(responseDate !== undefined && { responseDate }),
    ...(resumptionToken !== undefined && { requestedWith: resumptionToken }),
    ...(encoding !== undefined && { encoding }),
  };
  if (answer.verb === 'error') {
    if (answer.faults.every(({ condition }) => condition === 'noRecordsMatch')) return page;
    throw new OaiProtocolError(answer.faults, source);
  }
  if (answer.verb !== asked.verb || (answer.verb !== 'ListRecords' && answer.verb !== 'ListIdentifiers')) {
    throw new OaiError('OAI_NOT_OAI', `${source} answered to ${answer.verb} instead of ${asked.verb}`);
  }
  page.records =
    answer.verb === 'ListRecords' ? answer.records : answer.headers.map((header) => ({ header }));
  if (answer.token !== undefined) {
    const { value, ...rest } = answer.token;
    Object.assign(page, rest);
    if (value !== '') page.token = ownCopy(value);
  }
  if (truncated) page.truncated = true;
  return page;
}

/** V8 keeps the whole page alive for a slice of it; a token lives longer than its page. */
function ownCopy(text: string): string {
  return Buffer.from(text).toString();
}

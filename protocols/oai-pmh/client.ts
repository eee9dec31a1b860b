import type { XmlLimits } from '../../vocab/xml/index.ts';
import type { Clock, ExchangeLimits, Fetch, RetryNotice, RetryPolicy } from '../http/index.ts';
import { OaiError, OaiProtocolError } from './errors.ts';
import type { HttpAnswer } from './exchange.ts';
import type {
  OaiAnswer,
  OaiIdentify,
  OaiMetadataFormat,
  OaiRecord,
  OaiResponse,
  OaiSet,
  OaiVerb,
} from './model.ts';
import { oneAhead } from './one-ahead.ts';
import { listPages, type OaiPage } from './pages.ts';
import { readOaiResponse } from './read.ts';
import type { OaiRequest } from './requests.ts';
import { getWithRetries, statusError } from './retry.ts';
import { UsedTokens } from './used-tokens.ts';

export interface OaiPmhClientOptions {
  /** The repository's OAI-PMH address; a query that it has is kept. */
  baseUrl: string;
  fetch: Fetch;
  clock?: Clock;
  /** From 0 up to 1; for the jitter of pauses. */
  random?: () => number;
  /** Bytes of one answer, after decompression. 64 MiB unless told. */
  maxBytes?: number;
  /** Milliseconds: until an answer begins (60 s unless told), and until it has ended (10 min). */
  timeouts?: { answer?: number; complete?: number };
  retries?: Partial<RetryPolicy>;
  xmlLimits?: Partial<XmlLimits>;
  /** Whether the next page of a list is asked for while the caller works on one. It is unless told. */
  ahead?: boolean;
  /** Told of each request that is made again. */
  onRetry?: (notice: RetryNotice<OaiError>) => void;
  /** Told of each answer that could be read. */
  onAnswer?: (notice: AnswerNotice) => void;
  /** Aborts every request of this client. */
  signal?: AbortSignal;
}

/** An answer, as seen from outside. */
export interface AnswerNotice {
  verb: OaiVerb;
  /** The address that answered, behind any redirects. */
  answeredBy: string;
  /** Milliseconds from the request to the end of the answer. */
  took: number;
}

/** Which records: the arguments of ListRecords. A token excludes all others and goes on with a list. */
export interface ListRecordsOptions {
  metadataPrefix?: string;
  from?: string;
  until?: string;
  set?: string;
  resumptionToken?: string;
}

const defaultRetries: RetryPolicy = {
  attempts: 5,
  firstPause: 1000,
  longestPause: 60_000,
  longestRetryAfter: 600_000,
};

/**
 * An OAI-PMH 2.0 harvester's end of the protocol, for one repository.
 *
 * ```ts
 * const client = new OaiPmhClient({ baseUrl: 'https://repository.example/oai', fetch });
 * for await (const page of client.listRecords({ metadataPrefix: 'oai_dc' })) save(page.records, page.token);
 * ```
 *
 * All methods throw `OaiError` and `OaiProtocolError`, or the reason of the signal that aborted them.
 */
export class OaiPmhClient {
  readonly baseUrl: string;
  readonly #options: OaiPmhClientOptions;
  readonly #limits: ExchangeLimits;
  readonly #retries: RetryPolicy;

  constructor(options: OaiPmhClientOptions) {
    this.baseUrl = options.baseUrl;
    this.#options = options;
    this.#limits = {
      maxBytes: options.maxBytes ?? 64 * 1024 * 1024,
      answerWithin: options.timeouts?.answer ?? 60_000,
      completeWithin: options.timeouts?.complete ?? 600_000,
    };
    this.#retries = { ...defaultRetries, ...options.retries };
  }

  async identify(): Promise<OaiIdentify> {
    return (await this.#ask({ verb: 'Identify' })).identify;
  }

  /** The formats of the repository, or of one item. */
  async listMetadataFormats(identifier?: string): Promise<OaiMetadataFormat[]> {
    return (await this.#ask({ verb: 'ListMetadataFormats', ...(identifier !== undefined && { identifier }) }))
      .formats;
  }

  /** @throws OaiProtocolError idDoesNotExist, cannotDisseminateFormat */
  async getRecord(identifier: string, metadataPrefix: string): Promise<OaiRecord> {
    const request: OaiRequest & { verb: 'GetRecord' } = { verb: 'GetRecord', identifier, metadataPrefix };
    const [record] = (await this.#ask(request)).records;
    if (record !== undefined) return record;
    throw new OaiError('OAI_UNREADABLE', `${this.#url(request)} answered without a record that can be read`);
  }

  /**
   * The records of a list, page by page; while the caller works on one page the next is on its way.
   *
   * `noRecordsMatch` is one page without records. A page that stops before its end is given out with the records that
   * it has, then `OAI_TRUNCATED` is thrown: `requestedWith` of that page is the token to go on from. A token that comes
   * again is `OAI_TOKEN_LOOP`, thrown after the page that brought it.
   */
  listRecords(list: ListRecordsOptions): AsyncGenerator<OaiPage, void, undefined> {
    return this.#list('ListRecords', list);
  }

  /** The headers of the same records, in the same way. */
  listIdentifiers(list: ListRecordsOptions): AsyncGenerator<OaiPage, void, undefined> {
    return this.#list('ListIdentifiers', list);
  }

  /** The sets of the repository, page by page. @throws OaiProtocolError noSetHierarchy */
  async *listSets(): AsyncGenerator<OaiSet[], void, undefined> {
    const used = new UsedTokens();
    for (let resumptionToken = ''; ;) {
      const { sets, token } = await this.#ask({
        verb: 'ListSets',
        ...(resumptionToken !== '' && { resumptionToken }),
      });
      yield sets;
      if (token === undefined || token.value === '') return;
      if (used.has(token.value)) {
        throw new OaiError('OAI_TOKEN_LOOP', `${this.baseUrl} goes round in a circle in its list of sets`);
      }
      used.add(token.value);
      resumptionToken = token.value;
    }
  }

  #list(
    verb: 'ListRecords' | 'ListIdentifiers',
    { resumptionToken, ...selection }: ListRecordsOptions,
  ): AsyncGenerator<OaiPage, void, undefined> {
    const { signal, ahead = true } = this.#options;
    const request = resumptionToken === undefined ? { verb, ...selection } : { verb, resumptionToken };
    const pages = (signal: AbortSignal | undefined) =>
      listPages(request, { ask: (asked) => this.#fetch(asked, signal), source: this.baseUrl });
    return ahead ? oneAhead(pages, signal) : pages(signal);
  }

  async #ask<V extends OaiRequest['verb']>(
    request: OaiRequest & { verb: V },
  ): Promise<Extract<OaiAnswer, { verb: V }>> {
    const { answer } = await this.#fetch(request, this.#options.signal);
    if (answer.verb === 'error') throw new OaiProtocolError(answer.faults, this.#url(request));
    if (answer.verb === request.verb) return answer as Extract<OaiAnswer, { verb: V }>;
    throw new OaiError('OAI_NOT_OAI', `${this.#url(request)} answered to ${answer.verb} instead`);
  }

  #fetch(request: OaiRequest, signal: AbortSignal | undefined): Promise<OaiResponse> {
    const { fetch, clock = systemClock, random = Math.random, onRetry = () => {} } = this.#options;
    const url = this.#url(request);
    return getWithRetries(url, (answer, last) => this.#read(request.verb, url, answer, last), {
      fetch,
      clock,
      random,
      onRetry,
      limits: this.#limits,
      policy: this.#retries,
      signal,
    });
  }

  #read(verb: OaiVerb, url: string, answer: HttpAnswer, last: boolean): OaiResponse {
    const ok = answer.status >= 200 && answer.status < 300;
    // Another attempt may bring the whole; the last one must do with what there is.
    if (answer.brokenOff !== undefined && (!last || answer.body.length === 0)) throw answer.brokenOff;
    let response: OaiResponse;
    try {
      const limits = this.#options.xmlLimits ?? {};
      response = readOaiResponse(answer.body, { contentType: answer.contentType, from: url, limits });
    } catch (error) {
      throw ok ? error : statusError(url, answer);
    }
    // Some repositories send OAI-PMH errors with a status of 4xx.
    if (!ok && response.answer.verb !== 'error') throw statusError(url, answer);
    if (response.truncated && !last)
      throw new OaiError('OAI_TRUNCATED', `${url} answered with part of a page`);
    const { answeredBy, took } = answer;
    this.#options.onAnswer?.({ verb, answeredBy, took });
    return response;
  }

  #url(request: OaiRequest): string {
    const url = new URL(this.baseUrl);
    for (const [name, value] of Object.entries(request)) url.searchParams.append(name, value);
    return url.href;
  }
}

const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const wake = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', wake);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      signal?.addEventListener('abort', wake, { once: true });
    }),
};

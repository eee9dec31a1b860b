import {
  type OaiIdentify,
  type OaiIssue,
  type OaiIssueCode,
  type OaiPage,
  OaiPmhClient,
  OaiProtocolError,
  type OaiRecord,
  utcSeconds,
} from '../../../protocols/oai-pmh/index.ts';
import type { SourceConfig } from '../../config/index.ts';
import { HarvestError } from '../errors.ts';
import type { Problem } from '../issue.ts';
import type { Selection, Source, SourceItem, SourcePage, SourceParts } from './source.ts';

const SECOND = 1000;
const DAY = 86_400_000;

export function oaiPmhSource(config: SourceConfig, parts: SourceParts): Source {
  return new OaiPmhSource(config, parts);
}

/**
 * A repository that is harvested by OAI-PMH 2.0: ListRecords, page by page; what is new, by datestamp (section 2.7.1);
 * a single record by GetRecord.
 */
class OaiPmhSource implements Source {
  readonly url: string;
  readonly scope: string;
  readonly #prefix: string;
  readonly #set: string | undefined;
  readonly #parts: SourceParts;
  #identity: OaiIdentify | undefined;

  constructor(config: SourceConfig, parts: SourceParts) {
    this.url = config.url;
    this.#prefix = config.metadataPrefix;
    this.#set = config.set;
    this.scope = [config.url, this.#prefix, this.#set ?? ''].join(' ');
    this.#parts = parts;
  }

  async inspect(signal: AbortSignal): Promise<Problem[]> {
    this.#identity = await this.#client(signal).identify();
    const { baseUrl } = this.#identity;
    return sameAddress(baseUrl, this.url) ? [] : [otherAddress(this.url, baseUrl)];
  }

  async *pages({ since, position }: Selection, signal: AbortSignal): AsyncGenerator<SourcePage> {
    const client = this.#client(signal);
    this.#identity ??= await client.identify();
    const from = since === undefined ? undefined : startOf(since, this.#identity);
    const list = client.listRecords(
      position === undefined
        ? {
            metadataPrefix: this.#prefix,
            ...(this.#set !== undefined && { set: this.#set }),
            ...(from !== undefined && { from }),
          }
        : { resumptionToken: position },
    );
    const asked = this.#parts.clock.now();
    try {
      for await (const page of list) yield this.#page(page, asked);
    } catch (error) {
      if (error instanceof OaiProtocolError && error.has('badResumptionToken'))
        throw positionLost(this.url, error);
      throw error;
    }
  }

  async one(oaiIdentifier: string, signal: AbortSignal): Promise<SourceItem | undefined> {
    try {
      return this.#item(await this.#client(signal).getRecord(oaiIdentifier, this.#prefix));
    } catch (error) {
      if (error instanceof OaiProtocolError && error.has('idDoesNotExist')) return undefined;
      throw error;
    }
  }

  #page({ records, issues, responseDate, token, completeListSize }: OaiPage, asked: number): SourcePage {
    const time = utcSeconds(asked);
    return {
      items: records.map((record) => this.#item(record)),
      problems: issues.map(problemOf),
      lost: issues.filter(isLoss).length,
      ...(token !== undefined && { next: token }),
      // A clock that is ahead of ours must not make us miss what changes in between.
      time: responseDate !== undefined && responseDate < time ? responseDate : time,
      ...(completeListSize !== undefined && { total: completeListSize }),
    };
  }

  #item({ header, metadata }: OaiRecord): SourceItem {
    const { identifier, datestamp, sets } = header;
    return {
      oaiIdentifier: identifier,
      datestamp,
      sets,
      ...(metadata !== undefined && { metadata: { format: this.#prefix, ...metadata } }),
    };
  }

  #client(signal: AbortSignal): OaiPmhClient {
    const { fetch, clock, log } = this.#parts;
    return new OaiPmhClient({
      baseUrl: this.url,
      fetch,
      clock,
      signal,
      onRetry: ({ url, attempt, pause, reason }) =>
        log.info({ url, attempt, pause, code: reason.code }, `asks again: ${reason.message}`),
    });
  }
}

/**
 * The `from` that misses nothing: the source's time at the last harvest, less one unit of its granularity, as changes of
 * that very second or day may have come after it (guidelines for harvesters, section 3). None where all records are
 * newer, as some repositories refuse a date before their earliest.
 */
function startOf(since: string, { granularity, earliestDatestamp }: OaiIdentify): string | undefined {
  const unit = granularity === 'YYYY-MM-DD' ? DAY : SECOND;
  const start = utcSeconds(Date.parse(since) - unit).slice(0, granularity === 'YYYY-MM-DD' ? 10 : undefined);
  return start <= earliestDatestamp.slice(0, start.length) ? undefined : start;
}

/** What could not be read and bears no identifier, or never came. */
function isLoss({ code, severity, place }: OaiIssue): boolean {
  return code === 'OAI_LIST_SHORT' || (severity === 'error' && place.identifier === undefined);
}

const remedies: Record<OaiIssueCode, string> = {
  OAI_RECORD_UNREADABLE:
    'Open the record in the repository and look for odd characters or markup in its title and abstract; saving it again often mends it.',
  OAI_RECORD_INCOMPLETE: "Ask the repository's administrator to index this record again.",
  OAI_BAD_DATESTAMP: "Ask the repository's administrator to correct the record's date of last change.",
  OAI_PAGE_DAMAGED:
    "Mend the records of this page that are listed as unreadable; the repository's XML is not well-formed.",
  OAI_PAGE_TRUNCATED:
    "Nothing, if it happens once: the next harvest goes on here. Otherwise look for an error in the repository's log.",
  OAI_WRONG_ENCODING:
    "Ask the repository's administrator to send UTF-8, and to say so in the header of its answers.",
  OAI_MORE_ISSUES: 'Mend what is listed of this page first; the rest shows itself at the next harvest.',
  OAI_LIST_SHORT:
    'Nothing, if the repository only estimates the number; otherwise its index may have to be rebuilt.',
};

function problemOf({ code, severity, message, place }: OaiIssue): Problem {
  const { record, offset, identifier } = place;
  return {
    code,
    severity,
    message,
    remedy: remedies[code],
    ...(identifier !== undefined && { oaiIdentifier: identifier }),
    ...((record !== undefined || offset !== undefined) && {
      place: { ...(record !== undefined && { record: record + 1 }), ...(offset !== undefined && { offset }) },
    }),
  };
}

function sameAddress(a: string, b: string): boolean {
  const bare = (url: string): string =>
    url
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/+$/, '')
      .toLowerCase();
  return bare(a) === bare(b);
}

function otherAddress(url: string, baseUrl: string): Problem {
  return {
    code: 'HARVEST_OTHER_BASE_URL',
    severity: 'info',
    message: `The repository gives its OAI-PMH address as ${baseUrl.slice(0, 500)}, but is harvested at ${url}.`,
    remedy:
      'If it has moved, put the new address in the configuration; else correct the setting in the repository.',
  };
}

function positionLost(url: string, cause: OaiProtocolError): HarvestError {
  return new HarvestError(
    'HARVEST_POSITION_LOST',
    `${url} no longer knows the place at which the harvest was to go on.`,
    {
      remedy:
        "Nothing: the harvest begins this list anew. If it happens often, raise the lifetime of the repository's resumption tokens.",
      cause,
    },
  );
}

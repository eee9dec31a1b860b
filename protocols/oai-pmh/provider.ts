import type { OaiFault } from './errors.ts';
import type { ResumptionToken } from './model.ts';
import type { OaiRequest } from './requests.ts';
import { listPage, provided } from './list-page.ts';
import type { ProvidedItem, ProvidedRepository } from './provided-repository.ts';
import { readToken, type Resumption, type Selection, writeToken } from './resumption.ts';
import type { ProvidedAnswer } from './write.ts';

/**
 * Answers the six requests of OAI-PMH 2.0 (section 4) over any repository, with the errors of section 3.6 and stateless
 * resumption tokens (section 3.5).
 *
 * @param options.pageSize items an answer
 */
export class OaiProvider {
  readonly #repository: ProvidedRepository;
  readonly #pageSize: number;

  constructor(options: { repository: ProvidedRepository; pageSize: number }) {
    this.#repository = options.repository;
    this.#pageSize = options.pageSize;
  }

  /** @param request legal by itself, as `parseOaiRequest` gives it */
  async answer(request: OaiRequest): Promise<ProvidedAnswer> {
    switch (request.verb) {
      case 'Identify':
        return { verb: 'Identify', identify: await this.#repository.identify() };
      case 'ListMetadataFormats':
        return await this.#formats(request.identifier);
      case 'ListSets':
        return await this.#sets(request.resumptionToken);
      case 'GetRecord':
        return await this.#record(request.identifier ?? '', request.metadataPrefix ?? '');
      default:
        return await this.#list(request.verb, request);
    }
  }

  async #formats(identifier: string | undefined): Promise<ProvidedAnswer> {
    const formats = await this.#repository.formats();
    if (identifier === undefined) return { verb: 'ListMetadataFormats', formats };
    const item = await this.#repository.item(identifier);
    if (item === undefined) return unknownItem(identifier);
    const own = formats.filter(({ prefix }) => isIn(item, prefix));
    if (own.length === 0) return fault('noMetadataFormats', `${identifier} is in no format.`);
    return { verb: 'ListMetadataFormats', formats: own };
  }

  async #sets(given: string | undefined): Promise<ProvidedAnswer> {
    const resumed = given === undefined ? undefined : this.#resumed(given);
    if (given !== undefined && resumed?.metadataPrefix !== undefined) return badToken;
    if (given !== undefined && resumed === undefined) return badToken;
    const found = await this.#repository.sets({ ...afterOf(resumed), limit: this.#pageSize + 1 });
    if (found.length === 0 && resumed === undefined) return noSets;
    const sets = found.slice(0, this.#pageSize);
    const next = found.length > sets.length ? sets.at(-1)?.spec : undefined;
    return { verb: 'ListSets', sets, ...this.#token(resumed, { next, count: sets.length, selection: {} }) };
  }

  async #record(identifier: string, prefix: string): Promise<ProvidedAnswer> {
    const item = await this.#repository.item(identifier);
    if (item === undefined) return unknownItem(identifier);
    if (!isIn(item, prefix)) return fault('cannotDisseminateFormat', `${identifier} is not in ${prefix}.`);
    return { verb: 'GetRecord', record: provided(item, prefix) };
  }

  async #list(verb: 'ListIdentifiers' | 'ListRecords', request: OaiRequest): Promise<ProvidedAnswer> {
    const { resumptionToken, metadataPrefix = '', from, until, set } = request;
    const resumed = resumptionToken === undefined ? undefined : this.#resumed(resumptionToken);
    if (resumptionToken !== undefined && resumed?.metadataPrefix === undefined) return badToken;
    const selection: Selection = selectionOf(resumed) ?? { metadataPrefix, from, until, set };
    const formats = await this.#repository.formats();
    if (!formats.some(({ prefix }) => prefix === selection.metadataPrefix)) {
      return fault('cannotDisseminateFormat', `There is no format ${selection.metadataPrefix}.`);
    }
    if (selection.set !== undefined && (await this.#repository.sets({ limit: 1 })).length === 0)
      return noSets;

    const parts = this.#repository.items(selection, afterOf(resumed));
    const prefix = verb === 'ListRecords' ? selection.metadataPrefix : undefined;
    const { records, next } = await listPage(parts, { items: this.#pageSize, prefix });
    if (records.length === 0 && next === undefined && resumed === undefined)
      return fault('noRecordsMatch', 'No record matches.');
    const tokens = this.#token(resumed, {
      next,
      count: records.length,
      selection,
      total: await this.#repository.count(selection),
    });
    return verb === 'ListIdentifiers'
      ? { verb, headers: records.map(({ header }) => header), ...tokens }
      : { verb, records, ...tokens };
  }

  /** A list of one page has no token, the last page of several an empty one (section 3.5). */
  #token(
    resumed: Resumption | undefined,
    page: {
      /** The place behind which the list goes on; undefined at its end. */
      next: string | undefined;
      count: number;
      selection: Partial<Selection>;
      total?: number | undefined;
    },
  ): { token?: ResumptionToken } {
    const { next, total } = page;
    if (next === undefined && resumed === undefined) return {};
    const given = resumed?.given ?? 0;
    const provider = this.#repository.id;
    const value =
      next === undefined
        ? ''
        : writeToken({ provider, ...page.selection, after: next, given: given + page.count });
    return { token: { value, cursor: given, ...(total !== undefined && { completeListSize: total }) } };
  }

  #resumed(token: string): Resumption | undefined {
    return readToken(token, this.#repository.id);
  }
}

function selectionOf(resumed: Resumption | undefined): Selection | undefined {
  if (resumed?.metadataPrefix === undefined) return undefined;
  const { metadataPrefix, from, until, set } = resumed;
  return { metadataPrefix, from, until, set };
}

function afterOf(resumed: Resumption | undefined): { after?: string } {
  return resumed === undefined ? {} : { after: resumed.after };
}

/** A deleted item is deleted in every format. */
function isIn(item: ProvidedItem, prefix: string): boolean {
  return item.header.deleted || item.metadata(prefix) !== undefined;
}

const badToken = fault('badResumptionToken', 'The token is not one of this repository.');
const noSets = fault('noSetHierarchy', 'There are no sets here.');

function unknownItem(identifier: string): ProvidedAnswer {
  return fault('idDoesNotExist', `There is no item ${identifier}.`);
}

function fault(condition: OaiFault['condition'], message: string): ProvidedAnswer {
  return { verb: 'error', faults: [{ condition, message }] };
}

import { OaiPmhClient, OaiProtocolError, utcSeconds } from '../../../../protocols/oai-pmh/index.ts';
import type { OaiPmhSourceConfig } from '../../../config/index.ts';
import { HarvestError } from '../../errors.ts';
import type { Problem } from '../../issues/issue.ts';
import type { Inspection, Selection, Source, SourceItem, SourcePage, SourceParts } from '../source.ts';
import { Habits } from './habits.ts';
import { type Inspected, inspectRepository } from './inspection.ts';
import { Lists } from './lists.ts';
import { type Place, readPlace, writePlace } from './place.ts';
import { movedProblem } from './problems.ts';
import { robotsProblem } from './robots.ts';
import { itemOf, Walk } from './walk.ts';
import { DAY, floor } from './windows.ts';

/** robots.txt is read once a day (RFC 9309, section 2.4). */
const ROBOTS_EVERY_MS = DAY;

export function oaiPmhSource(config: OaiPmhSourceConfig, parts: SourceParts): Source {
  return new OaiPmhSource(config, parts);
}

/**
 * A repository that is harvested by OAI-PMH 2.0: ListRecords, page by page and set by set; what is new, by datestamp
 * (section 2.7.1); a single record by GetRecord.
 */
class OaiPmhSource implements Source {
  readonly url: string;
  readonly #config: OaiPmhSourceConfig;
  readonly #parts: SourceParts;
  #inspected: Inspected | undefined;
  #robots: { problem: Problem | undefined; at: number } | undefined;

  constructor(config: OaiPmhSourceConfig, parts: SourceParts) {
    this.url = config.url;
    this.#config = config;
    this.#parts = parts;
  }

  async inspect(signal: AbortSignal): Promise<Inspection> {
    let answeredBy = this.url;
    const client = this.#client(signal, {
      onAnswer: (answer) => {
        if (answer.verb === 'Identify') answeredBy = answer.answeredBy;
      },
    });
    const inspected = await inspectRepository(client, this.#config, this.#parts.clock.now());
    this.#inspected = inspected;
    const aside = [movedProblem(this.url, answeredBy), await this.#robotsProblem(signal)];
    return {
      scope: [this.url, inspected.prefix, ...this.#config.sets].join(' '),
      problems: [...inspected.problems, ...aside.filter((problem) => problem !== undefined)],
    };
  }

  async *pages({ since, set, position }: Selection, signal: AbortSignal): AsyncGenerator<SourcePage> {
    const place = position === undefined ? undefined : readPlace(position);
    if (position !== undefined && place === undefined) throw positionLost(this.url);
    const inspected = await this.#settled(signal);
    const { prefix, earliest, missing } = inspected;
    const { sets } = this.#config;
    const habits = new Habits(inspected, { countsDays: since?.length === 10 || place?.time.length === 10 });
    const lists = new Lists({
      client: (retries) =>
        this.#client(signal, { retries, ahead: false, onAnswer: (answer) => habits.answered(answer) }),
      habits,
    });
    const walk = new Walk({
      lists,
      prefix,
      sets: set !== undefined ? [set] : sets.length > 0 ? sets : [undefined],
      missing,
      earliest,
      since: since === undefined ? undefined : startOf(since, lists.unit, earliest),
      place,
      now: this.#parts.clock.now(),
    });
    yield* walk.pages();
  }

  detour(position: string | undefined): string {
    const begun: Place = { time: utcSeconds(this.#parts.clock.now()), set: 0 };
    const place = position === undefined ? begun : (readPlace(position) ?? begun);
    // Windows are as good a way as there is.
    return writePlace(place.cut === undefined ? { ...place, cut: 'stalled' } : place);
  }

  async *setSpecs(signal: AbortSignal): AsyncGenerator<string[]> {
    try {
      for await (const sets of this.#client(signal).listSets()) yield sets.map(({ spec }) => spec);
    } catch (error) {
      if (!(error instanceof OaiProtocolError && error.has('noSetHierarchy'))) throw error;
    }
  }

  async one(oaiIdentifier: string, signal: AbortSignal): Promise<SourceItem | undefined> {
    const { prefix } = await this.#settled(signal);
    try {
      return itemOf(await this.#client(signal).getRecord(oaiIdentifier, prefix), prefix);
    } catch (error) {
      if (error instanceof OaiProtocolError && error.has('idDoesNotExist')) return undefined;
      throw error;
    }
  }

  async #settled(signal: AbortSignal): Promise<Inspected> {
    if (this.#inspected === undefined) await this.inspect(signal);
    if (this.#inspected === undefined) throw new TypeError('an inspected source is settled');
    return this.#inspected;
  }

  async #robotsProblem(signal: AbortSignal): Promise<Problem | undefined> {
    const { fetch, clock } = this.#parts;
    const now = clock.now();
    if (this.#robots === undefined || now - this.#robots.at >= ROBOTS_EVERY_MS) {
      this.#robots = { problem: await robotsProblem(this.url, { fetch, clock, signal }), at: now };
    }
    return this.#robots.problem;
  }

  #client(
    signal: AbortSignal,
    options: Pick<ConstructorParameters<typeof OaiPmhClient>[0], 'retries' | 'ahead' | 'onAnswer'> = {},
  ): OaiPmhClient {
    const { fetch, clock, log } = this.#parts;
    return new OaiPmhClient({
      baseUrl: this.url,
      fetch,
      clock,
      signal,
      onRetry: ({ url, attempt, pause, reason }) =>
        log.info({ url, attempt, pause, code: reason.code }, `asks again: ${reason.message}`),
      ...options,
    });
  }
}

/**
 * The `from` that misses nothing: the source's time at the last harvest, less one unit of its granularity, as changes of
 * that very second or day may have come after it (guidelines for harvesters, section 3). None where all records are
 * newer, as some repositories refuse a date before their earliest.
 */
function startOf(since: string, unit: number, earliest: number): number | undefined {
  const start = floor(Date.parse(since), unit) - unit;
  return start <= earliest ? undefined : start;
}

function positionLost(url: string): HarvestError {
  return new HarvestError(
    'HARVEST_POSITION_LOST',
    `The place at which the harvest of ${url} was to go on cannot be read.`,
    { remedy: 'Nothing: the harvest begins this list anew.' },
  );
}

import {
  type AnswerNotice,
  type Granularity,
  granularityOf,
  type OaiIdentify,
  type OaiPage,
  type OaiRecord,
} from '../../../../protocols/oai-pmh/index.ts';
import type { Problem } from '../../issues/issue.ts';
import type { Inspected } from './inspection.ts';
import { problem } from './problems.ts';

const SLOW_MS = 10_000;
/** So many answers are looked at, the latest, and so few say nothing yet. */
const MOST_ANSWERS = 51;
const FEWEST_ANSWERS = 5;
const SECONDS: Granularity = 'YYYY-MM-DDThh:mm:ssZ';

/** What shows itself of a repository while its pages are read, each thing told once. */
export class Habits {
  readonly #identity: OaiIdentify;
  /** Codes of what is told already. */
  readonly #told: Set<string>;
  readonly #news: Problem[] = [];
  #took: number[] = [];
  #countsDays: boolean;
  #refusesSeconds = false;

  /**
   * @param inspected what is known of it before
   * @param options.countsDays whether it did so the last time, whatever it says
   */
  constructor({ identity, problems }: Inspected, options: { countsDays: boolean }) {
    this.#identity = identity;
    this.#told = new Set(problems.map(({ code }) => code));
    this.#countsDays = options.countsDays || identity.granularity !== SECONDS;
  }

  /** Whether dates go by days, by what it says or by what it does. */
  get countsDays(): boolean {
    return this.#countsDays;
  }

  answered({ verb, took }: AnswerNotice): void {
    if (verb !== 'ListRecords') return;
    this.#took = [...this.#took, took].slice(-MOST_ANSWERS);
  }

  look({ records, encoding }: Pick<OaiPage, 'encoding'> & { records: readonly OaiRecord[] }): void {
    const stamps = records.map(({ header }) => header.datestamp);
    this.#tell(this.#granularity(stamps));
    this.#tell(this.#earliest(stamps));
    this.#tell(this.#slowness());
    if (encoding === undefined) return;
    this.#tell(problem('OAI_NOT_UTF8', `The repository answers in ${encoding}, and not in UTF-8.`));
  }

  /** It says that it counts seconds, and does not understand them. */
  refusedSeconds(): void {
    this.#countsDays = true;
    this.#refusesSeconds = true;
    const message =
      'The repository says that it counts seconds, but does not accept a date with a time of day.';
    this.#tell(problem('OAI_GRANULARITY', message));
  }

  /** It gives what is dated later than it was asked for, where that matters. */
  ignoresUntil(): void {
    const message = 'The repository gives records that are dated later than was asked for.';
    this.#tell(problem('OAI_UNTIL_IGNORED', message));
  }

  /** What has shown itself since it was asked last. */
  news(): Problem[] {
    return this.#news.splice(0);
  }

  #granularity(stamps: readonly string[]): Problem | undefined {
    const [example = ''] = stamps;
    const days = stamps.filter((stamp) => granularityOf(stamp) !== SECONDS).length;
    if (this.#identity.granularity !== SECONDS) {
      const message = `The repository says that it counts days, but its records bear a time of day, such as ${example}.`;
      return days < stamps.length ? problem('OAI_GRANULARITY', message) : undefined;
    }
    // An empty page tells nothing.
    if (stamps.length > 0) this.#countsDays = days === stamps.length || this.#refusesSeconds;
    if (stamps.length === 0 || days < stamps.length) return undefined;
    const message = `The repository says that it counts seconds, but its records bear days, such as ${example}.`;
    return problem('OAI_GRANULARITY', message);
  }

  #earliest(stamps: readonly string[]): Problem | undefined {
    const { earliestDatestamp } = this.#identity;
    if (granularityOf(earliestDatestamp) === undefined) return undefined;
    const before = stamps.find((stamp) => {
      const length = Math.min(stamp.length, earliestDatestamp.length);
      return stamp.slice(0, length) < earliestDatestamp.slice(0, length);
    });
    if (before === undefined) return undefined;
    const message = `The repository says that its earliest record is of ${earliestDatestamp}, but has one of ${before}.`;
    return problem('OAI_EARLIEST_WRONG', message);
  }

  #slowness(): Problem | undefined {
    if (this.#took.length < FEWEST_ANSWERS) return undefined;
    const median = this.#took.toSorted((a, b) => a - b)[Math.floor(this.#took.length / 2)] ?? 0;
    if (median < SLOW_MS) return undefined;
    return problem('OAI_SLOW', `The repository takes ${Math.round(median / 1000)} s for a page.`);
  }

  #tell(found: Problem | undefined): void {
    if (found === undefined || this.#told.has(found.code)) return;
    this.#told.add(found.code);
    this.#news.push(found);
  }
}

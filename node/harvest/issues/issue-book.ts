import type { Section } from '../../store/index.ts';
import { type Finding, IssueLedger } from './issue-ledger.ts';
import { hashOf } from './issue-rows.ts';
import type { Problem } from './issue.ts';
import type { HarvestKind } from '../progress.ts';

/** The harvest that the book is kept for. */
export interface ThisHarvest {
  kind: HarvestKind;
  number: number;
}

/** What was read, and what was wrong with it. */
export interface Reading {
  /** Place of the page in its list, from 1; absent where it is none of a list. */
  page?: number;
  /** OAI identifiers of the records that were read. */
  records: readonly string[];
  problems: readonly Problem[];
}

/** What has to be read again without the problem for an issue to close (`layout.ts`). */
const recordSubject = (oaiIdentifier: string): string => `r${hashOf(oaiIdentifier)}`;
/** Page 3 of everything is the same page each time, page 3 of what is new is not. */
const pageSubject = (page: number, { kind, number }: ThisHarvest): string =>
  kind === 'full' ? `p${page}` : `p${page} of ${number}`;
const sourceSubject = ({ code, about = '' }: Problem): string => `s${hashOf(code, about)}`;
const listSubject = ({ code, about = '' }: Problem): string => `l${hashOf(code, about)}`;
/** What stands in a file has its place there; the pages it is read in change with what is read beside it. */
const isPlacedInFile = ({ place }: Problem): boolean => place?.file !== undefined;

/**
 * The issues of one source while it is harvested. Each method has written when it resolves; what is written before its
 * page is in the catalogue does no harm, as a page that is read again tells the same.
 */
export class IssueBook {
  readonly #ledger: IssueLedger;
  readonly #harvest: ThisHarvest;
  /** What was wrong with the source as a whole since the book was opened. */
  readonly #metOfSource = new Set<string>();

  private constructor(ledger: IssueLedger, harvest: ThisHarvest) {
    this.#ledger = ledger;
    this.#harvest = harvest;
  }

  static async open(section: Section, source: string, harvest: ThisHarvest): Promise<IssueBook> {
    return new IssueBook(await IssueLedger.open(section, source, 'h'), harvest);
  }

  /** A page was read: its problems are open, and those that its records or it itself had before are closed. */
  async page({ page, records, problems }: Reading, now: number): Promise<void> {
    const bySubject = new Map<string, Problem[]>();
    const thisPage = page === undefined ? undefined : pageSubject(page, this.#harvest);
    if (thisPage !== undefined) bySubject.set(thisPage, []);
    for (const record of records) bySubject.set(recordSubject(record), []);
    for (const problem of problems) {
      const { oaiIdentifier, place } = problem;
      const inFile = isPlacedInFile(problem);
      const ofNoRecord = inFile ? listSubject(problem) : (thisPage ?? sourceSubject(problem));
      const subject = oaiIdentifier === undefined ? ofNoRecord : recordSubject(oaiIdentifier);
      const placed = page === undefined || inFile ? problem : { ...problem, place: { page, ...place } };
      const others = bySubject.get(subject);
      if (others === undefined) bySubject.set(subject, [placed]);
      else others.push(placed);
    }
    const findings = [...bySubject].map(([subject, found]): Finding => ({ subject, problems: found }));
    await this.#ledger.replace(findings, now, this.#harvest.number);
  }

  /** Something is wrong with the source as a whole. */
  async source(problems: readonly Problem[], now: number): Promise<void> {
    const findings = new Map<string, Finding>();
    for (const problem of problems) {
      const subject = sourceSubject(problem);
      this.#metOfSource.add(subject);
      findings.set(subject, { subject, problems: [problem] });
    }
    await this.#ledger.replace([...findings.values()], now, this.#harvest.number);
  }

  /** Something showed itself while a list was read. That it is so no longer only a list of everything can tell. */
  async list(problems: readonly Problem[], now: number): Promise<void> {
    const findings = new Map<string, Finding>();
    for (const problem of problems)
      findings.set(listSubject(problem), { subject: listSubject(problem), problems: [problem] });
    await this.#ledger.replace([...findings.values()], now, this.#harvest.number);
  }

  /** The source has these records no longer. */
  async gone(records: readonly string[]): Promise<void> {
    const findings = [...new Set(records.map(recordSubject))].map((subject) => ({ subject, problems: [] }));
    await this.#ledger.replace(findings, 0);
  }

  /**
   * The harvest has come to its end. What was wrong with the source as a whole is closed, unless it was met since the book
   * was opened, and at the end of a full harvest whatever was wrong with pages and lists that it did not meet.
   */
  async complete(): Promise<void> {
    const { kind, number } = this.#harvest;
    await this.#ledger.close('s', (subject) => this.#metOfSource.has(subject));
    if (kind !== 'full') return;
    for (const start of ['p', 'l']) await this.#ledger.close(start, (_, harvest) => harvest === number);
  }
}

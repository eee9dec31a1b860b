import { createHash } from 'node:crypto';
import * as dagCbor from '@ipld/dag-cbor';
import type { Operation, Section } from '../store/index.ts';
import type { Problem } from './issue.ts';
import type { HarvestKind } from './progress.ts';
import { type IssueRow, rankOf } from './issue-store.ts';
import { issueKey, issueRangesOf, overflowKey, rankOfIssueKey } from './layout.ts';

/** Rows a source and severity. What comes beyond is counted only. */
export const MOST_ROWS = 10_000;

type OpenIssue = Pick<IssueRow, 'subject' | 'harvest' | 'firstSeen' | 'lastSeen' | 'count'>;

/** The harvest that the book is kept for. */
export interface ThisHarvest {
  kind: HarvestKind;
  number: number;
}

/** What a problem is about: what has to be read again without it for the issue to close. */
const wholeSource = '';
const recordSubject = (oaiIdentifier: string): string => `record ${oaiIdentifier}`;
/** Page 3 of everything is the same page each time, page 3 of what is new is not. */
const pageSubject = (page: number, { kind, number }: ThisHarvest): string =>
  kind === 'full' ? `page ${page}` : `page ${page} of ${number}`;

/** What was read, and what was wrong with it. */
export interface Reading {
  /** Place of the page in its list, from 1. */
  page: number;
  /** OAI identifiers of the records that were read. */
  records: readonly string[];
  problems: readonly Problem[];
}

/**
 * The open issues of one source while it is harvested: the same problem is one row, and a row goes when what it is
 * about is read without the problem. Each method gives the writes that make it so; the rows' outlines are in memory.
 */
export class IssueBook {
  readonly #source: string;
  readonly #harvest: ThisHarvest;
  readonly #open = new Map<string, OpenIssue>();
  readonly #keysBySubject = new Map<string, Set<string>>();
  readonly #rows = [0, 0, 0];
  /** Rows about the whole source that were met since the book was opened. */
  readonly #metOfSource = new Set<string | undefined>();
  #overflow = [0, 0, 0];

  private constructor(source: string, harvest: ThisHarvest) {
    this.#source = source;
    this.#harvest = harvest;
  }

  static async open(section: Section, source: string, harvest: ThisHarvest): Promise<IssueBook> {
    const book = new IssueBook(source, harvest);
    for (const range of issueRangesOf(source)) {
      for await (const [key, value] of section.iterator(range)) {
        const row = dagCbor.decode<IssueRow>(value);
        book.#add(key, row);
      }
    }
    const overflow = await section.get(overflowKey(source));
    if (overflow !== undefined) book.#overflow = dagCbor.decode<number[]>(overflow);
    return book;
  }

  /** A page was read: its problems are open, and those that its records or it itself had before are closed. */
  page({ page, records, problems }: Reading, now: number): Operation[] {
    const operations: Operation[] = [];
    const overflow = String(this.#overflow);
    const met = new Set<string | undefined>();
    const thisPage = pageSubject(page, this.#harvest);
    for (const problem of problems) {
      const subject = problem.oaiIdentifier === undefined ? thisPage : recordSubject(problem.oaiIdentifier);
      met.add(this.#meet(subject, problem, { now, page }, operations));
    }
    for (const subject of [thisPage, ...records.map(recordSubject)]) {
      for (const key of this.#keysBySubject.get(subject) ?? []) {
        if (!met.has(key)) operations.push(this.#close(key));
      }
    }
    if (String(this.#overflow) !== overflow) {
      operations.push({ type: 'put', key: overflowKey(this.#source), value: dagCbor.encode(this.#overflow) });
    }
    return operations;
  }

  /** Something is wrong with the source as a whole. */
  source(problems: readonly Problem[], now: number): Operation[] {
    const operations: Operation[] = [];
    for (const problem of problems) {
      this.#metOfSource.add(this.#meet(wholeSource, problem, { now }, operations));
    }
    return operations;
  }

  /** The source has these records no longer. */
  gone(records: readonly string[]): Operation[] {
    return records.flatMap((record) =>
      [...(this.#keysBySubject.get(recordSubject(record)) ?? [])].map((key) => this.#close(key)),
    );
  }

  /** A full harvest begins: it meets again whatever there was no room for. */
  recount(): Operation[] {
    this.#overflow = [0, 0, 0];
    return [{ type: 'del', key: overflowKey(this.#source) }];
  }

  /**
   * The harvest has come to its end. What was wrong with the source as a whole is closed, unless it was met since the book
   * was opened, and at the end of a full harvest whatever else that harvest did not meet.
   */
  complete(): Operation[] {
    const { kind, number } = this.#harvest;
    return [...this.#open]
      .filter(([key, { subject, harvest }]) =>
        subject === wholeSource ? !this.#metOfSource.has(key) : kind === 'full' && harvest !== number,
      )
      .map(([key]) => this.#close(key));
  }

  /** @returns the row's key; undefined where there is no room for a row */
  #meet(
    subject: string,
    problem: Problem,
    { now, page }: { now: number; page?: number },
    operations: Operation[],
  ): string | undefined {
    const rank = rankOf(problem.severity);
    const isFull = (this.#rows[rank] ?? 0) >= MOST_ROWS;
    const hasRows = this.#keysBySubject.has(subject);
    const key =
      isFull && !hasRows
        ? undefined
        : issueKey(rank, this.#source, problem.code, hashOf(subject, problem.about ?? '', placeIn(problem)));
    const known = key === undefined ? undefined : this.#open.get(key);
    if (key === undefined || (isFull && known === undefined)) {
      this.#overflow[rank] = (this.#overflow[rank] ?? 0) + 1;
      return undefined;
    }
    const outline: OpenIssue = {
      subject,
      harvest: this.#harvest.number,
      firstSeen: known?.firstSeen ?? now,
      lastSeen: now,
      count: (known?.count ?? 0) + 1,
    };
    if (known === undefined) this.#add(key, outline);
    else this.#open.set(key, outline);
    const { about: _, ...told } = problem;
    const row: IssueRow = { ...told, ...outline, source: this.#source };
    if (page !== undefined) row.place = { page, ...problem.place };
    operations.push({ type: 'put', key, value: dagCbor.encode(row) });
    return key;
  }

  #add(key: string, { subject, harvest, firstSeen, lastSeen, count }: OpenIssue): void {
    this.#open.set(key, { subject, harvest, firstSeen, lastSeen, count });
    const keys = this.#keysBySubject.get(subject) ?? new Set();
    this.#keysBySubject.set(subject, keys.add(key));
    const rank = rankOfIssueKey(key);
    this.#rows[rank] = (this.#rows[rank] ?? 0) + 1;
  }

  #close(key: string): Operation {
    const subject = this.#open.get(key)?.subject ?? '';
    this.#open.delete(key);
    const keys = this.#keysBySubject.get(subject);
    keys?.delete(key);
    if (keys?.size === 0) this.#keysBySubject.delete(subject);
    const rank = rankOfIssueKey(key);
    this.#rows[rank] = (this.#rows[rank] ?? 0) - 1;
    return { type: 'del', key };
  }
}

/** A record without an identifier is told by its place in the page. */
function placeIn({ oaiIdentifier, place }: Problem): string {
  return oaiIdentifier === undefined ? String(place?.record ?? '') : '';
}

function hashOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 16);
}

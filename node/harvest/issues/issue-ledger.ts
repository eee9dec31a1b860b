import * as dagCbor from '@ipld/dag-cbor';
import { encodeCanonical } from '../../../vocab/canonical-cbor.ts';
import { type Operation, type Section, writeBatch, WriteQueue } from '../../store/index.ts';
import { OpenCounts } from './issue-counts.ts';
import { hashOf, type IssueRow, type OpenProblems } from './issue-rows.ts';
import { type Problem, rankOf } from './issue.ts';
import { type BookName, countsKey, issueKey, subjectKey, subjectOfKey, subjectRange } from '../layout.ts';

/** Rows a book and severity. What comes beyond is counted only. */
export const MOST_ROWS = 10_000;

/** The worst that a lost write does is that an issue shows itself one harvest later. */
const NOT_SYNCED = { durable: false };

/** One thing, and all that is wrong with it now. */
export interface Finding {
  subject: string;
  problems: readonly Problem[];
  /** The file that it is about. */
  url?: string;
}

/**
 * The open issues of one book of one source. What is wrong with a thing is told all at once, and takes the place of what
 * was wrong with it before; so an issue closes when its thing is found without it. Only the counts are in memory.
 */
export class IssueLedger {
  readonly #section: Section;
  readonly #source: string;
  readonly #book: BookName;
  readonly #queue = new WriteQueue();
  #counts: OpenCounts;

  private constructor(section: Section, source: string, book: BookName, counts: OpenCounts) {
    this.#section = section;
    this.#source = source;
    this.#book = book;
    this.#counts = counts;
  }

  static async open(section: Section, source: string, book: BookName): Promise<IssueLedger> {
    const counts = OpenCounts.from(await section.get(countsKey(source, book)));
    return new IssueLedger(section, source, book, counts);
  }

  /** These things were looked at, each once. */
  async replace(findings: readonly Finding[], now: number, harvest = 0): Promise<void> {
    if (findings.length > 0) await this.#queue.run(() => this.#replace(findings, now, harvest));
  }

  /** Closes what is open of the subjects whose names begin so, unless it is to stay. */
  async close(
    start: string,
    stays: (subject: string, harvest: number) => boolean = () => false,
  ): Promise<void> {
    const gone: string[] = [];
    for await (const [key, value] of this.#section.iterator(subjectRange(this.#source, this.#book, start))) {
      const subject = subjectOfKey(this.#source, this.#book, key);
      if (!stays(subject, dagCbor.decode<OpenProblems>(value).harvest)) gone.push(subject);
    }
    await this.replace(
      gone.map((subject) => ({ subject, problems: [] })),
      0,
    );
  }

  async #replace(findings: readonly Finding[], now: number, harvest: number): Promise<void> {
    const keys = findings.map(({ subject }) => subjectKey(this.#source, this.#book, subject));
    const stored = await this.#section.getMany(keys);
    const before = stored.map((value) =>
      value === undefined ? undefined : dagCbor.decode<OpenProblems>(value),
    );
    const known = await this.#outlines(before.flatMap((open) => open?.rows ?? []));
    const counts = this.#counts.copy();
    const operations: Operation[] = [];
    for (const [i, finding] of findings.entries()) {
      const [key = '', old] = [keys[i], before[i]];
      if (old === undefined && finding.problems.length === 0) continue;
      for (const rowKey of old?.rows ?? []) counts.removeRow(rowKey);
      for (const [kind, many] of Object.entries(old?.more ?? {})) counts.add(kind, -many);

      const { rows, more } = this.#entered(finding, { known, counts, now });
      for (const rowKey of old?.rows ?? []) {
        if (!rows.has(rowKey)) operations.push({ type: 'del', key: rowKey });
      }
      for (const [rowKey, row] of rows) operations.push(put(rowKey, row));
      const open: OpenProblems = { rows: [...rows.keys()], more, harvest };
      operations.push(finding.problems.length === 0 ? { type: 'del', key } : put(key, open));
    }
    if (operations.length === 0) return;
    operations.push(put(countsKey(this.#source, this.#book), counts.stored()));
    await writeBatch(this.#section, operations, NOT_SYNCED);
    this.#counts = counts;
  }

  /** The rows of a finding, as far as there is room for them, and how many have none. */
  #entered(
    { subject, problems, url }: Finding,
    { known, counts, now }: { known: ReadonlyMap<string, Outline>; counts: OpenCounts; now: number },
  ): { rows: Map<string, IssueRow>; more: OpenProblems['more'] } {
    const rows = new Map<string, IssueRow>();
    const more: OpenProblems['more'] = {};
    const counted = new Set<string>();
    for (const { about = '', ...told } of problems) {
      const rank = rankOf(told.severity);
      const key = issueKey(rank, this.#source, told.code, hashOf(subject, about, placeIn(told)));
      if (!rows.has(key)) {
        if (counted.has(key)) continue;
        const kind = counts.addRow(key, { orCount: !known.has(key) && counts.rows(rank) >= MOST_ROWS });
        if (kind !== undefined) {
          counted.add(key);
          more[kind] = (more[kind] ?? 0) + 1;
          continue;
        }
      }
      const before = rows.get(key) ?? known.get(key);
      rows.set(key, {
        ...told,
        ...(url !== undefined && { url }),
        source: this.#source,
        firstSeen: before?.firstSeen ?? now,
        lastSeen: now,
        count: (before?.count ?? 0) + 1,
      });
    }
    return { rows, more };
  }

  /** Since when the rows are there, and how often they were met. */
  async #outlines(keys: readonly string[]): Promise<Map<string, Outline>> {
    const known = new Map<string, Outline>();
    const values = keys.length === 0 ? [] : await this.#section.getMany([...keys]);
    for (const [i, key] of keys.entries()) {
      const value = values[i];
      if (value === undefined) continue;
      const { firstSeen, count } = dagCbor.decode<IssueRow>(value);
      known.set(key, { firstSeen, count });
    }
    return known;
  }
}

type Outline = Pick<IssueRow, 'firstSeen' | 'count'>;

function put(key: string, value: object): Operation {
  return { type: 'put', key, value: encodeCanonical(value) };
}

/** A record without an identifier is told by its place in the page. */
function placeIn({ oaiIdentifier, place }: Omit<Problem, 'about'>): string {
  return oaiIdentifier === undefined ? String(place?.record ?? '') : '';
}

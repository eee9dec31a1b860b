import { cleanDate, type RepairLog } from '../cleaning/index.ts';

/** What happened on a date, as Dublin Core, DataCite and their like tell dates apart. */
export type DateKind = 'issued' | 'available' | 'accepted' | 'submitted' | 'created' | 'updated';

interface Found {
  date: string;
  kind: DateKind | 'unsaid';
  /** To the second: a repository's clock wrote it, not a cataloguer. */
  isTimestamp: boolean;
}

/** The kinds of dates, the likeliest to be that of publication first. */
const preference: readonly Found['kind'][] = [
  'issued',
  'unsaid',
  'available',
  'accepted',
  'submitted',
  'created',
  'updated',
];

/** Gathers the dates of a record, and tells which is that of publication. */
export class PublicationDate {
  readonly #found: Found[] = [];

  add(text: string, kind: DateKind | undefined, log: RepairLog): void {
    const date = cleanDate(text, log);
    if (date !== undefined)
      this.#found.push({ date, kind: kind ?? 'unsaid', isTimestamp: isTimestamp(text) });
  }

  /**
   * The first of the kind that says most; among those, the first that is no time stamp.
   *
   * @param embargoEnds what becomes available on that day was not published then
   */
  value(embargoEnds?: string): string | undefined {
    for (const kind of preference) {
      const dates = this.#found.filter(
        (found) => found.kind === kind && !(kind === 'available' && found.date === embargoEnds),
      );
      const date = dates.find((found) => !found.isTimestamp) ?? dates[0];
      if (date !== undefined) return date.date;
    }
    return undefined;
  }
}

/** Whether a date goes to the second. */
export function isTimestamp(text: string): boolean {
  return /\dT\d\d:/.test(text);
}

/** A date that is precise to the day; others are refused without a word. */
export function cleanDay(text: string, log: RepairLog): string | undefined {
  const date = cleanDate(text, log);
  return date?.length === 'YYYY-MM-DD'.length ? date : undefined;
}

import type { HarvestedRecord } from '../../catalogue/index.ts';
import { eachRecord, type Draft } from './stage.ts';

/** How many things of a list, and how long a text within one. What is too long is cut, or left out where a piece is no use. */
interface Bound {
  most: number;
  longest: number;
  tooLong: 'cut' | 'leave out';
}

/** Within the bounds that every node sets on records of others (`vocab/record-schema.ts`). */
const bounds = {
  sets: { most: 1_000, longest: 4_000, tooLong: 'leave out' },
  titles: { most: 100, longest: 4_000, tooLong: 'cut' },
  creators: { most: 10_000, longest: 1_000, tooLong: 'cut' },
  contributors: { most: 10_000, longest: 1_000, tooLong: 'cut' },
  abstracts: { most: 100, longest: 50_000, tooLong: 'cut' },
  subjects: { most: 1_000, longest: 4_000, tooLong: 'cut' },
  languages: { most: 100, longest: 100, tooLong: 'leave out' },
  identifiers: { most: 1_000, longest: 2_000, tooLong: 'leave out' },
  relations: { most: 5_000, longest: 2_000, tooLong: 'leave out' },
  funding: { most: 1_000, longest: 2_000, tooLong: 'leave out' },
  files: { most: 10_000, longest: 2_000, tooLong: 'leave out' },
  references: { most: 1_000, longest: 2_000, tooLong: 'cut' },
  raw: { most: 20, longest: 2_000_000, tooLong: 'leave out' },
} as const satisfies Partial<Record<keyof HarvestedRecord, Bound>>;

type ListName = keyof typeof bounds;
const listNames = Object.keys(bounds) as ListName[];

const LONGEST_LINE = 4_000;
const LONGEST_IRI = 2_000;

/** Keeps each part of a record within bounds, so that every node takes it and no page is unbearable. */
export const fit = eachRecord('fit', (draft) => {
  const { record } = draft;
  for (const name of listNames) fitList(draft, name);
  for (const name of ['type', 'version', 'licence', 'publishedDoi'] as const) {
    if ((record[name]?.length ?? 0) <= LONGEST_IRI) continue;
    delete record[name];
    tell(draft, name, 'left out');
  }
  if (record.publisher !== undefined && record.publisher.length > LONGEST_LINE) {
    record.publisher = cut(record.publisher, LONGEST_LINE);
    tell(draft, 'publisher', 'cut');
  }
  if (record.source !== undefined && longest(record.source) > LONGEST_LINE) {
    record.source = cutAll(record.source, LONGEST_LINE);
    tell(draft, 'source', 'cut');
  }
});

function fitList(draft: Draft, name: ListName): void {
  const { most, longest: limit, tooLong }: Bound = bounds[name];
  const list: readonly unknown[] = draft.record[name];
  if (list.length <= most && longest(list) <= limit) return;
  let fitting = list;
  if (list.length > most) {
    tell(draft, name, `cut to ${most}, of ${list.length}`);
    fitting = list.slice(0, most);
  }
  if (fitting.some((item) => longest(item) > limit)) {
    tell(draft, name, tooLong === 'cut' ? 'cut' : 'left out');
    fitting =
      tooLong === 'cut'
        ? fitting.map((item) => cutAll(item, limit))
        : fitting.filter((item) => longest(item) <= limit);
  }
  Object.assign(draft.record, { [name]: fitting });
}

/** Length of the longest text in a value. */
function longest(value: unknown): number {
  if (typeof value === 'string') return value.length;
  if (typeof value !== 'object' || value === null) return 0;
  let length = 0;
  if (Array.isArray(value)) {
    for (const item of value) length = Math.max(length, longest(item));
    return length;
  }
  for (const name in value) length = Math.max(length, longest((value as Record<string, unknown>)[name]));
  return length;
}

/** The same value, with each text in it cut to the limit. */
function cutAll<T>(value: T, limit: number): T {
  if (typeof value === 'string') return cut(value, limit) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, cutAll(part, limit)])) as T;
}

/** Ends in an ellipsis, and never within a surrogate pair. */
function cut(text: string, limit: number): string {
  return text.length <= limit ? text : `${text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

function tell(draft: Draft, part: string, what: string): void {
  draft.report({
    code: 'RECORD_TOO_LARGE',
    severity: 'warning',
    message: `The record's ${part} are too many or too long; they were ${what}.`,
    remedy: 'Look at the record where it is kept: this much is hardly meant.',
    about: part,
  });
}

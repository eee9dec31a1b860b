import { sum } from './blocks.ts';
import { DAY_MS, type Amount, type Block } from './layout.ts';

/** A stretch of rows that one document or package tells of. */
export interface Part {
  /** By which it is asked for. */
  name: string;
  after: number;
  /** Undefined for the part at the end, to which rows are still added. */
  upTo?: number;
  blocks: readonly Block[];
}

/** A part of the changes, with its interval in milliseconds since 1970; without `until` it is open. */
export interface ChangePart extends Part {
  from: number;
  until?: number;
  /** Whether of each record only the latest change is kept. */
  isThinned: boolean;
}

/** Whether so much is too much for one part. */
export type Bound = (amount: Amount) => boolean;

/** What stands, cut into parts. Rows that were replaced since move to the end, so the last part is the one that grows. */
export function cutResources(blocks: readonly Block[], isTooMuch: Bound): Part[] {
  const runs = cut(
    blocks.filter(({ left }) => left.records > 0),
    ({ left }) => left,
    isTooMuch,
  );
  return runs.map((run, i) => spanned(run, i === runs.length - 1));
}

/** The changes of a day that is kept as it was: the same cuts for ever, and numbers for names. */
export function cutDay(blocks: readonly Block[], isTooMuch: Bound, isOpen: boolean): ChangePart[] {
  const day = blocks[0]?.day ?? 0;
  const runs = cut(blocks, ({ all }) => all, isTooMuch);
  return runs.map((run, i): ChangePart => {
    const next = runs[i + 1]?.[0];
    const ends = next?.from ?? (isOpen ? undefined : (day + 1) * DAY_MS);
    return {
      ...spanned(run, next === undefined && isOpen),
      name: nameOfDay(day, i + 1),
      from: i === 0 ? day * DAY_MS : (run[0]?.from ?? 0),
      ...(ends !== undefined && { until: ends }),
      isThinned: false,
    };
  });
}

/** The changes of the time before, as far as no later one replaced them. */
export function cutPast(blocks: readonly Block[], isTooMuch: Bound, firstKeptDay: number): ChangePart[] {
  const runs = cut(
    blocks.filter(({ left }) => left.changes > 0),
    ({ left }) => left,
    isTooMuch,
  );
  return runs.map((run, i): ChangePart => ({
    ...spanned(run, false),
    from: (run[0]?.day ?? 0) * DAY_MS,
    until: runs[i + 1]?.[0]?.from ?? firstKeptDay * DAY_MS,
    isThinned: true,
  }));
}

/** An open part without changes: so far nothing was changed on this day. */
export function emptyDay(day: number, after: number): ChangePart {
  return { name: nameOfDay(day, 1), after, blocks: [], from: day * DAY_MS, isThinned: false };
}

/** `2026-05-13`; `2026-05-13-2` for the second part of that day. */
function nameOfDay(day: number, n: number): string {
  const date = new Date(day * DAY_MS).toISOString().slice(0, 10);
  return n === 1 ? date : `${date}-${n}`;
}

export type PartName = { day: number; n: number } | { after: number; upTo?: number };

/** Reads a part's name: a day's part, or `120-4000`, `4000-` for rows behind one place and up to another. */
export function readPartName(name: string): PartName | undefined {
  const [, date, n] = /^(\d{4}-\d\d-\d\d)(?:-([1-9]\d{0,4}))?$/.exec(name) ?? [];
  if (date !== undefined) {
    const time = Date.parse(date);
    const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(date) && n !== '1';
    return isDay && time >= 0 ? { day: time / DAY_MS, n: Number(n ?? 1) } : undefined;
  }
  const [, after, upTo] = /^(0|[1-9]\d{0,13})-([1-9]\d{0,13})?$/.exec(name) ?? [];
  if (after === undefined) return undefined;
  return { after: Number(after), ...(upTo !== undefined && { upTo: Number(upTo) }) };
}

/** The blocks of a span, or undefined where no part has these ends. */
export function blocksOfSpan(
  blocks: readonly Block[],
  { after, upTo }: { after: number; upTo?: number },
): Block[] | undefined {
  const first = blocks.findIndex((block) => block.after === after);
  if (first < 0) return undefined;
  if (upTo === undefined) return blocks.slice(first);
  const last = blocks.findIndex((block) => block.upTo === upTo);
  return last < first ? undefined : blocks.slice(first, last + 1);
}

export function spanned(run: readonly Block[], isLast: boolean): Part {
  const after = run[0]?.after ?? 0;
  const upTo = run.at(-1)?.upTo ?? 0;
  return isLast
    ? { name: `${after}-`, after, blocks: run }
    : { name: `${after}-${upTo}`, after, upTo, blocks: run };
}

function cut(blocks: readonly Block[], amountOf: (block: Block) => Amount, isTooMuch: Bound): Block[][] {
  const runs: Block[][] = [];
  let total: Amount | undefined;
  for (const block of blocks) {
    const amount = amountOf(block);
    const more: Amount = total === undefined ? amount : sum(total, amount, 1);
    const isFull = total === undefined || isTooMuch(more);
    if (isFull) runs.push([]);
    total = isFull ? amount : more;
    runs.at(-1)?.push(block);
  }
  return runs;
}

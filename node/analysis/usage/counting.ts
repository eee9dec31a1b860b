import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import type { MachineBehaviour } from './behaviour.ts';
import { countRows, type CountedRows } from './count-rows.ts';
import { CountsSum, decodeCounts, encodeCounts, sumOfCounts, type Counts } from './counts.ts';
import type { DayLedger } from './day-ledger.ts';
import { blocksOf, numberOfBlock, partKey, partName, partsOf, UNPARTED } from './layout.ts';
import { joined, ROW_BYTES, Rows } from './rows.ts';
import type { Sums } from './sums.ts';

/** Blocks beyond which those of a part are joined when it is counted. */
const MOST_BLOCKS = 32;
/** Rows without a part that are taken up at once; 4 MB. */
const PARTED_AT_ONCE = 262_144;

interface CountedPart {
  part: number;
  counts: Counts;
  upTo: number;
  operations: Operation[];
}

/**
 * Counts the rows of days, part by part. What a part comes to replaces what was stored of it, together with the number of
 * the block up to which it was counted, and the sums are brought forward in the same batch: so a crash leaves no trace, and
 * rows that were counted are never counted again.
 *
 * Not to be run twice at a time.
 */
export class Counting {
  readonly #section: Section;
  readonly #sums: Sums;
  readonly #behaviour: MachineBehaviour;

  constructor(options: { section: Section; sums: Sums; behaviour: MachineBehaviour }) {
    this.#section = options.section;
    this.#sums = options.sums;
    this.#behaviour = options.behaviour;
  }

  /** Counts what came for the day since it was last counted. @returns whether its counts are others now */
  async count(ledger: DayLedger): Promise<boolean> {
    await this.#partRows(ledger);
    const parts = ledger.uncounted();
    if (parts.length === 0) return false;
    const counted: CountedPart[] = [];
    const change = new CountsSum();
    for (const part of parts) {
      const now = await this.#countPart(ledger, part);
      counted.push(now);
      change.add(now.counts);
      change.add(decodeCounts(await this.#section.get(partKey(ledger.name, part))), -1);
    }
    const sums = await this.#sums.add(ledger.name, change.counts());
    const operations = counted.flatMap((one) => [...one.operations, partOperation(ledger.name, one)]);
    await writeBatch(this.#section, [...operations, ...sums], { durable: false });
    for (const { part, upTo } of counted) ledger.noteCounted(part, upTo);
    return sums.length > 0;
  }

  /** Counts a whole ledger that stands for its day not yet. Nothing is written but its rows, in parts. */
  async countAll(ledger: DayLedger): Promise<CountedPart[]> {
    await this.#partRows(ledger);
    const counted: CountedPart[] = [];
    for (const part of ledger.uncounted()) counted.push(await this.#countPart(ledger, part));
    return counted;
  }

  /** What is stored of a day, all its parts. */
  async stored(day: string): Promise<{ keys: string[]; counts: Counts }> {
    const parts = await this.#section.iterator(partsOf(day)).all();
    return {
      keys: parts.map(([key]) => key),
      counts: sumOfCounts(parts.map(([, bytes]) => decodeCounts(bytes))),
    };
  }

  async #countPart(ledger: DayLedger, part: number): Promise<CountedPart> {
    const range = blocksOf(ledger.name, ledger.generation, partName(part));
    const blocks = await this.#section.iterator(range).all();
    const rows = joined(blocks.map(([, bytes]) => bytes));
    const result = countRows(rows, this.#behaviour);
    const last = blocks.at(-1)?.[0];
    return {
      part,
      counts: result.counts,
      upTo: last === undefined ? 0 : numberOfBlock(last),
      operations: joining(
        blocks.map(([key]) => key),
        rows.byteLength / ROW_BYTES,
        result,
      ),
    };
  }

  /** Parts the rows that came a few at a time. */
  async #partRows(ledger: DayLedger): Promise<void> {
    const { lastUnparted } = ledger;
    if (lastUnparted === 0) return;
    const range = blocksOf(ledger.name, ledger.generation, UNPARTED);
    let upTo = lastUnparted;
    let rows = new Rows();
    let taken: Operation[] = [];
    const write = async (): Promise<void> => {
      if (taken.length === 0) return;
      const { operations, written } = ledger.blocks(rows, { parted: true });
      await writeBatch(this.#section, [...operations, ...taken], { durable: false });
      written();
      rows = new Rows();
      taken = [];
    };
    for await (const [key, bytes] of this.#section.iterator(range)) {
      rows.pushAll(joined([bytes]));
      taken.push({ type: 'del', key });
      upTo = Math.max(upTo, numberOfBlock(key));
      if (rows.length >= PARTED_AT_ONCE) await write();
    }
    await write();
    ledger.noteParted(upTo);
  }
}

export function partOperation(
  day: string,
  { part, counts, upTo }: Omit<CountedPart, 'operations'>,
): Operation {
  return { type: 'put', key: partKey(day, part), value: encodeCounts(counts, upTo) };
}

/** All that a day comes to in one part, in place of its former parts. */
export function inOnePart(day: string, former: readonly string[], counts: Counts): Operation[] {
  return [
    ...former.map((key): Operation => ({ type: 'del', key })),
    partOperation(day, { part: 0, counts, upTo: 0 }),
  ];
}

/** Many blocks become one, and rows that are there more than once are left once. */
function joining(keys: readonly string[], rows: number, result: CountedRows): Operation[] {
  const last = keys.at(-1);
  const hasRepeats = rows > 2 * result.different + MOST_BLOCKS;
  if (last === undefined || (keys.length <= MOST_BLOCKS && !hasRepeats)) return [];
  return [
    ...keys.slice(0, -1).map((key): Operation => ({ type: 'del', key })),
    { type: 'put', key: last, value: result.compacted() },
  ];
}

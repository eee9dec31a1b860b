import type { Operation, Section } from '../../store/index.ts';
import { monthOfDay } from './calendar.ts';
import {
  addedTotals,
  decodeMonth,
  decodeTotals,
  encodeMonth,
  encodeTotals,
  isEmptyTotal,
  isNothing,
  totalsOf,
  type Counts,
} from './counts.ts';
import { combined, decodeItems, encodeItems, pagesOf } from './item-counts.ts';
import { dayTotalKey, monthTotalKey, pageKey } from './layout.ts';

/** The sums of days and months. They are brought forward by what changed in a day, in the batch in which that is written. */
export class Sums {
  readonly #section: Section;

  constructor(section: Section) {
    this.#section = section;
  }

  /** The operations that add a difference to a day and its month; none where there is none. Not to be run twice at a time. */
  async add(day: string, change: Counts): Promise<Operation[]> {
    if (isNothing(change)) return [];
    const month = monthOfDay(day);
    const pages = [...pagesOf(change.items)];
    const pageKeys = pages.map(([page]) => pageKey(month, page));
    const stored = await this.#section.getMany([dayTotalKey(day), monthTotalKey(month), ...pageKeys]);
    const totals = totalsOf(change);
    const ofDay = addedTotals(decodeTotals(stored[0]), totals);
    const before = decodeMonth(stored[1]);
    const ofMonth = addedTotals(before.totals, totals);
    return [
      isEmptyTotal(ofDay)
        ? { type: 'del', key: dayTotalKey(day) }
        : { type: 'put', key: dayTotalKey(day), value: encodeTotals(ofDay) },
      // A month stays with its version also where nothing is left: whoever has an earlier one has to hear of it.
      { type: 'put', key: monthTotalKey(month), value: encodeMonth(ofMonth, before.version + 1) },
      ...pages.map(([, items], i): Operation => {
        const sum = combined(decodeItems(stored[2 + i]), items);
        const key = pageKeys[i] ?? '';
        return sum.items.length === 0 ? { type: 'del', key } : { type: 'put', key, value: encodeItems(sum) };
      }),
    ];
  }
}

import type { Metrics } from '../../../protocols/counter/index.ts';
import { MACHINE_BEHAVIOUR, type MachineBehaviour } from './behaviour.ts';
import type { Counts } from './counts.ts';
import { COLUMNS, HUMAN_COLUMNS, metricsAt } from './item-counts.ts';
import { itemsByNumber } from './item-sums.ts';
import { Numbering } from './numbering.ts';
import {
  bytesOf,
  classOf,
  CLICK_BITS,
  CLICK_MASK,
  countryOf,
  HUMAN,
  INTERNAL,
  isOfDay,
  isRequest,
  ROW_WORDS,
  SECOND_MASK,
  USER_MASK,
} from './rows.ts';

/** COUNTER 5.1 §7.2: at most so long between two clicks of a double click. */
export const DOUBLE_CLICK_SECONDS = 30;
const HOUR_SECONDS = 3_600;
const HOURS = 24;
/** A row is sorted as 64 bits: user and item by the order in which they are met, then kind and second. */
const ITEM_BITS = 23;
const ITEM_LOW_BITS = 32 - CLICK_BITS;
const ITEM_HIGH_BITS = ITEM_BITS - ITEM_LOW_BITS;
const MOST_NUMBERS = 1 << ITEM_BITS;

export interface CountedRows {
  counts: Counts;
  /** Rows that are not the same as another. */
  different: number;
  /** Those rows, once each. */
  compacted(): Uint8Array;
}

/**
 * What the rows of a part of a day come to, by COUNTER 5.1 chapter 7. All rows of a user have to be among them.
 *
 * - Of two clicks on the same link of an item within 30 seconds the first one does not count (§7.2).
 * - The uses of an item within one hour of the clock by one user are one session's, and unique items are counted once a
 *   session (§7.3).
 * - A request is an investigation, too (§3.3.4).
 * - Users on the list of robots, and those that behave like one, are counted apart (§7.8).
 *
 * The result hangs on nothing but which rows there are: not on their order, nor on how often each is there.
 */
export function countRows(rows: Uint32Array, behaviour: MachineBehaviour = MACHINE_BEHAVIOUR): CountedRows {
  const sorted = sortedRows(rows);
  const { keys, length, users, items, bitsOfUser } = sorted;
  const sums = new Int32Array(items.size * COLUMNS);
  const countries = new Map<number, Int32Array>();
  let internal = 0;
  const uses = new UsesOfUser();

  for (let at = 0; at < length;) {
    const user = (keys[at * 2 + 1] ?? 0) >>> ITEM_HIGH_BITS;
    uses.clear();
    while (at < length && (keys[at * 2 + 1] ?? 0) >>> ITEM_HIGH_BITS === user) at = uses.takeItem(sorted, at);
    const bits = bitsOfUser[user] ?? 0;
    if (classOf(bits) === INTERNAL) {
      internal += uses.actions;
      continue;
    }
    const isHuman = classOf(bits) === HUMAN && !uses.areOfMachine(behaviour);
    uses.addTo(sums, isHuman ? 0 : HUMAN_COLUMNS);
    if (isHuman && uses.actions > 0) {
      const country = countries.get(countryOf(bits)) ?? new Int32Array(HUMAN_COLUMNS);
      uses.addAllTo(country);
      countries.set(countryOf(bits), country);
    }
  }

  const { different } = sorted;
  return {
    counts: {
      items: itemsByNumber(items, sums),
      countries: new Map(
        [...countries].map(([country, sum]): [number, Metrics] => [country, metricsAt(sum, 0)]),
      ),
      internal,
    },
    different,
    compacted: () => {
      const once = new Uint32Array(different * ROW_WORDS);
      let to = 0;
      for (let at = 0; at < length; at++) {
        const low = keys[at * 2] ?? 0;
        const high = keys[at * 2 + 1] ?? 0;
        if (at > 0 && low === keys[at * 2 - 2] && high === keys[at * 2 - 1]) continue;
        const user = high >>> ITEM_HIGH_BITS;
        once[to] = items.low(itemOf(high, low));
        once[to + 1] = users.high(user);
        once[to + 2] = users.low(user);
        once[to + 3] = (low & CLICK_MASK) | (bitsOfUser[user] ?? 0);
        to += ROW_WORDS;
      }
      return bytesOf(once);
    },
  };
}

interface SortedRows {
  /** Two words a row, low and high. */
  keys: Uint32Array;
  length: number;
  different: number;
  users: Numbering;
  items: Numbering;
  /** What the rows tell of each user; where they disagree, the most that any says. */
  bitsOfUser: Uint32Array;
}

function sortedRows(rows: Uint32Array): SortedRows {
  const length = rows.length / ROW_WORDS;
  const users = new Numbering(length >> 2);
  const items = new Numbering(length >> 2);
  const bitsOfUser = new Uint32Array(length);
  const sorting = new BigUint64Array(length);
  const keys = new Uint32Array(sorting.buffer);
  for (let row = 0; row < length; row++) {
    const at = row * ROW_WORDS;
    const item = items.of(0, rows[at] ?? 0);
    const user = users.of(rows[at + 1] ?? 0, rows[at + 2] ?? 0);
    const bits = rows[at + 3] ?? 0;
    const userBits = (bits & USER_MASK) >>> 0;
    if (userBits > (bitsOfUser[user] ?? 0)) bitsOfUser[user] = userBits;
    keys[row * 2] = (item << CLICK_BITS) | (bits & CLICK_MASK);
    keys[row * 2 + 1] = (user << ITEM_HIGH_BITS) | (item >>> ITEM_LOW_BITS);
  }
  if (users.size > MOST_NUMBERS || items.size > MOST_NUMBERS)
    throw new RangeError('more users or items in a part of a day than can be counted');
  sorting.sort();
  let different = length > 0 ? 1 : 0;
  for (let row = 1; row < length; row++)
    if (keys[row * 2] !== keys[row * 2 - 2] || keys[row * 2 + 1] !== keys[row * 2 - 1]) different++;
  return { keys, length, different, users, items, bitsOfUser };
}

function itemOf(high: number, low: number): number {
  return ((high & ((1 << ITEM_HIGH_BITS) - 1)) << ITEM_LOW_BITS) | (low >>> CLICK_BITS);
}

/** What one user did, item by item. */
class UsesOfUser {
  #items: number[] = [];
  /** Four counts an item. */
  #counts: number[] = [];
  readonly #itemsOfHour = new Uint32Array(HOURS);
  actions = 0;
  #mostOfOneItem = 0;

  clear(): void {
    this.#items.length = 0;
    this.#counts.length = 0;
    this.#itemsOfHour.fill(0);
    this.actions = 0;
    this.#mostOfOneItem = 0;
  }

  /** Takes the rows of one item. @returns where the next item's or user's begin */
  takeItem({ keys, length }: SortedRows, from: number): number {
    const high = keys[from * 2 + 1] ?? 0;
    const item = (keys[from * 2] ?? 0) >>> CLICK_BITS;
    let requests = 0;
    let investigations = 0;
    let requestHours = 0;
    let hours = 0;
    let at = from;
    for (; at < length; at++) {
      const low = keys[at * 2] ?? 0;
      if (low >>> CLICK_BITS !== item || keys[at * 2 + 1] !== high) break;
      const next = at + 1 < length && keys[at * 2 + 3] === high ? (keys[at * 2 + 2] ?? 0) : Infinity;
      // The next row is of the same item and kind where no higher bit differs; seconds of a day are far fewer.
      if (!isOfDay(low) || next - low <= DOUBLE_CLICK_SECONDS) continue;
      const hour = 1 << Math.floor((low & SECOND_MASK) / HOUR_SECONDS);
      investigations++;
      hours |= hour;
      if (!isRequest(low)) continue;
      requests++;
      requestHours |= hour;
    }
    if (investigations > 0) {
      this.#items.push(itemOf(high, keys[from * 2] ?? 0));
      this.#note(investigations, hours, requests, requestHours);
    }
    return at;
  }

  #note(investigations: number, hours: number, requests: number, requestHours: number): void {
    this.#counts.push(investigations, ones(hours), requests, ones(requestHours));
    this.actions += investigations;
    this.#mostOfOneItem = Math.max(this.#mostOfOneItem, investigations);
    for (let hour = 0; hour < HOURS; hour++)
      if (hours & (1 << hour)) this.#itemsOfHour[hour] = (this.#itemsOfHour[hour] ?? 0) + 1;
  }

  areOfMachine({ itemsAnHour, itemsADay, usesOfOneItem }: MachineBehaviour): boolean {
    return (
      this.#items.length > itemsADay ||
      this.#mostOfOneItem > usesOfOneItem ||
      this.#itemsOfHour.some((items) => items > itemsAnHour)
    );
  }

  addTo(sums: Int32Array, first: number): void {
    for (let i = 0; i < this.#items.length; i++) {
      const row = (this.#items[i] ?? 0) * COLUMNS + first;
      for (let column = 0; column < HUMAN_COLUMNS; column++)
        sums[row + column] = (sums[row + column] ?? 0) + (this.#counts[i * HUMAN_COLUMNS + column] ?? 0);
    }
  }

  addAllTo(sum: Int32Array): void {
    for (let i = 0; i < this.#counts.length; i++)
      sum[i % HUMAN_COLUMNS] = (sum[i % HUMAN_COLUMNS] ?? 0) + (this.#counts[i] ?? 0);
  }
}

function ones(bits: number): number {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

import { createHash } from 'node:crypto';
import { metricsOfTuple } from '../counter/index.ts';
import { malformedWorks, UsageSummaryError } from './errors.ts';
import { isWithin } from './metrics.ts';
import type { UsageSummary } from './summary.ts';
import { MAX_PAGE_BYTES, PAGES } from './works-limits.ts';
import { eachRow } from './works-page.ts';

const METRICS = 4;

/** sha-256 over each page that has rows: its number (a byte), its length (32 bits, the highest byte first), its bytes. */
export function worksDigest(pages: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  const head = Buffer.alloc(5);
  for (const [number, page] of pages.entries()) {
    if (page.length === 0) continue;
    head.writeUInt8(number, 0);
    head.writeUInt32BE(page.length, 1);
    hash.update(head).update(page);
  }
  return new Uint8Array(hash.digest());
}

/**
 * Holds the works of a month, from outside, against what their summary says, which is signed.
 * @throws UsageSummaryError `USAGE_WORKS_ALTERED` they are not those that were signed · `USAGE_WORKS_MALFORMED` they have not
 *   the form (`works-page.ts`), rows of one item differ, or more is unique than there is · `USAGE_WORKS_EXCEED` together they
 *   were used more than the month's items were
 */
export function checkWorks({ node, month, works, total }: UsageSummary, pages: readonly Uint8Array[]): void {
  const bytes = pages.reduce((sum, { length }) => sum + length, 0);
  if (pages.length !== PAGES || bytes !== works.bytes) throw altered(node, month);
  if (Buffer.compare(worksDigest(pages), works.digest) !== 0) throw altered(node, month);
  const items = new ItemUses(works.count);
  for (const [number, page] of pages.entries()) checkPage(number, page, items);
  if (items.seen !== works.count) throw malformedWorks('there are other items than it says');
  if (!isWithin(metricsOfTuple(items.sums), total)) {
    throw new UsageSummaryError(
      'USAGE_WORKS_EXCEED',
      `The works of ${month} of ${node} were used more, together, than its summary says.`,
      { remedy: 'Nothing to do here: they are left out. If you know the node, tell its operator.' },
    );
  }
}

function checkPage(number: number, page: Uint8Array, items: ItemUses): void {
  if (page.length > MAX_PAGE_BYTES) throw malformedWorks(`a page has ${page.length} bytes`);
  let [lastHigh, lastLow] = [-1, -1];
  eachRow(number, page, (high, low, item, a, b, c, d) => {
    if (high < lastHigh || (high === lastHigh && low <= lastLow))
      throw malformedWorks('rows are not in order');
    lastHigh = high;
    lastLow = low;
    if (b > a || d > c) throw malformedWorks('more is unique than there is');
    items.note(item, a, b, c, d);
  });
}

/** The uses of each item once, by whichever of its rows comes first. */
class ItemUses {
  readonly sums: [number, number, number, number] = [0, 0, 0, 0];
  seen = 0;
  readonly #count: number;
  readonly #isSeen: Uint8Array;
  readonly #uses: Uint32Array;

  constructor(count: number) {
    this.#count = count;
    this.#isSeen = new Uint8Array(count);
    this.#uses = new Uint32Array(count * METRICS);
  }

  note(item: number, a: number, b: number, c: number, d: number): void {
    if (item >= this.#count) throw malformedWorks('an item is beyond those that it says');
    const uses = this.#uses;
    const at = item * METRICS;
    if (this.#isSeen[item] === 1) {
      if (uses[at] !== a || uses[at + 1] !== b || uses[at + 2] !== c || uses[at + 3] !== d)
        throw malformedWorks('rows of one item differ');
      return;
    }
    this.#isSeen[item] = 1;
    this.seen += 1;
    uses[at] = a;
    uses[at + 1] = b;
    uses[at + 2] = c;
    uses[at + 3] = d;
    const { sums } = this;
    sums[0] += a;
    sums[1] += b;
    sums[2] += c;
    sums[3] += d;
  }
}

function altered(node: string, month: string): UsageSummaryError {
  return new UsageSummaryError(
    'USAGE_WORKS_ALTERED',
    `The works of ${month} that came of ${node} are not those that it signed.`,
    { remedy: 'Nothing to do here: they are asked of another node.' },
  );
}

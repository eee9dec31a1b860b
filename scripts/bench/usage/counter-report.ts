import { figure, type Printer } from '../figures.ts';
import { memoryOf, mostOwnDuring, startWorker, withDirectory } from '../processes.ts';

const ITEMS = 100_000;
const MONTHS = 12;
const FIRST_BYTE_MS = 300;
/** Some items of a report are in memory, never all: those of this one have more than a hundred megabytes as JSON. */
const GROWTH_MB = 100;
const METRICS = 4;
const MEGABYTE = 1e6;

/** An item report of a year of a large repository, over HTTP: when it begins, how long it takes, what it costs in memory. */
export async function counterReport(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const filling = startWorker(import.meta.url, 'counter-node', [directory, String(ITEMS)]);
    await filling.line();
    await filling.stop();
    const worker = startWorker(import.meta.url, 'counter-node', [directory]);
    try {
      const { url } = JSON.parse(await worker.line()) as { url: string };
      // As harvesters do: first which months there are. The node runs by then.
      await (await fetch(`${url}/counter/r51/reports?customer_id=0000000000000000`)).json();
      const asked: readonly [name: string, query: string, isTold: boolean][] = [
        ['IR', '', true],
        ['IR as CSV', '&format=csv', false],
        ['IR with journals', '&include_parent_details=True', false],
      ];
      for (const [what, query, isTold] of asked) {
        const { anonymous } = await memoryOf(worker.pid);
        const reading = read(`${url}/counter/r51/reports/ir?${yearOf(new Date())}${query}`);
        const growth = (await mostOwnDuring(worker.pid, reading)) - anonymous;
        const report = await reading;
        const counts = query === '&format=csv' ? ITEMS * METRICS : ITEMS * METRICS * MONTHS;
        if (report.counts !== counts) throw new Error(`${what} has ${report.counts} counts, not ${counts}`);
        const name = `COUNTER ${what}, ${ITEMS.toLocaleString('en')} items, ${MONTHS} months`;
        const first = isTold ? { atMost: FIRST_BYTE_MS } : {};
        printer.print(figure('usage', `${name}: first byte`, report.firstByteMs, 'ms', first));
        printer.print(figure('usage', `${name}: whole`, report.seconds, 's'));
        printer.print(figure('usage', `${name}: size`, report.bytes / MEGABYTE, 'MB'));
        // Not counted: pages of the store's files, of which as many are mapped in as are read, and taken back by the system as it likes.
        printer.print(
          figure('usage', `${name}: memory more`, Math.max(0, growth), 'MB', { atMost: GROWTH_MB }),
        );
      }
    } finally {
      await worker.stop();
    }
  });
}

function yearOf(now: Date): string {
  const month = (ago: number): string =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 1)).toISOString().slice(0, 7);
  return `customer_id=0000000000000000&begin_date=${month(MONTHS)}&end_date=${month(1)}`;
}

interface Read {
  firstByteMs: number;
  seconds: number;
  bytes: number;
  /** Counts in JSON; rows of counts in a table. */
  counts: number;
}

/** Reads a report piece by piece, and counts what is in it without keeping it. */
async function read(address: string): Promise<Read> {
  const begun = performance.now();
  const response = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
  if (!response.ok || response.body === null) throw new Error(`${address}: ${response.status}`);
  let firstByteMs: number | undefined;
  let bytes = 0;
  let counts = 0;
  let before = '';
  const text = new TextDecoder('latin1');
  for await (const piece of response.body) {
    firstByteMs ??= performance.now() - begun;
    bytes += piece.length;
    // What is cut in two is whole in what is kept of the piece before, and counted once.
    const all = before + text.decode(piece);
    const cut = Math.max(0, all.length - LONGEST);
    for (const { index } of all.matchAll(COUNT)) if (index < cut) counts += 1;
    before = all.slice(cut);
  }
  counts += [...before.matchAll(COUNT)].length;
  return { firstByteMs: firstByteMs ?? NaN, seconds: (performance.now() - begun) / 1_000, bytes, counts };
}

/** A count of a month in JSON, or the name of a metric in a row of a table: `,Total_Item_Requests,12,`. */
const COUNT = /"\d{4}-\d\d":\d|,(?:Total|Unique)_Item_(?:Requests|Investigations),\d/g;
const LONGEST = 64;

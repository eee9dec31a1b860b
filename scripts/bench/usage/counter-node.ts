/**
 * A process of its own: a catalogue, its usage and the COUNTER reports, nothing else. `counter-node DIRECTORY ITEMS` puts so many
 * items, each used in each of the last twelve months, and ends when all of it is counted to its end; `counter-node DIRECTORY`
 * serves what is there. Prints how many items there are, or where it is.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Koa from 'koa';
import pino from 'pino';
import { Usage, type UsageEvent } from '../../../node/analysis/usage/index.ts';
import { Catalogue } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { keepHeapCompact } from '../../../node/cli/compact-heap.ts';
import { counterRouter } from '../../../node/http/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { harvestedRecord } from '../filling.ts';

const MONTHS = 12;
const BATCH = 1_000;
const JOURNALS = 2_000;
/** After it, what was counted is not changed any more. */
const WINDOW_DAYS = 3;
const DAY_MS = 86_400_000;
const BASE = 'https://repository.example';
const AGENT = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

const [directory = '', items] = process.argv.slice(2);
keepHeapCompact();
const log = pino({ level: 'error' }, pino.destination(2));
const store = await openStore(join(directory, 'store'));
const catalogue = await Catalogue.open({
  section: store.section('catalogue'),
  signer: await Identity.load(join(directory, 'identity.pem')),
  base: BASE,
  name: 'Bench',
  networks: ['bench'],
  clock: systemClock,
});
let ahead = 0;
const clock = { ...systemClock, now: () => systemClock.now() + ahead };
const usage = new Usage({
  section: store.section('usage'),
  catalogue,
  clock,
  log,
  windowDays: WINDOW_DAYS,
  countEveryMs: 100,
});
usage.start();
if (items === undefined) await serve();
else await fill(Number(items));

async function serve(): Promise<void> {
  const app = new Koa();
  const router = counterRouter({
    usage,
    counter: { requestors: [], windowDays: WINDOW_DAYS },
    catalogue,
    site: { base: BASE, name: 'Bench', version: '0' },
    clock,
    apiToken: 'of-the-bench',
  });
  app.use(router.routes() as Koa.Middleware);
  const answer = app.callback();
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  say({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  process.on('SIGTERM', () => {
    server.closeAllConnections();
    server.close();
    void close().then(() => process.exit(0));
  });
}

async function fill(count: number): Promise<void> {
  const keys: string[] = [];
  for (let from = 0; from < count; from += BATCH) {
    const records = Array.from({ length: Math.min(BATCH, count - from) }, (_, i) => recordOf(from + i));
    const put = await catalogue.put(records.map((record) => ({ type: 'put', record })));
    keys.push(...put.map(({ key }) => key));
  }
  const now = new Date(clock.now());
  for (let ago = MONTHS; ago > 0; ago -= 1) {
    const time = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - ago, 10);
    for (let from = 0; from < keys.length; from += BATCH) {
      const events = keys.slice(from, from + BATCH).map((key, i) => requestOf(key, from + i, time));
      const { taken } = await usage.take(events);
      if (taken !== events.length) throw new Error(`${events.length - taken} events were refused`);
    }
  }
  ahead = (WINDOW_DAYS + 1) * DAY_MS;
  while ((await usage.months()).some(({ openDays }) => openDays > 0)) await clock.sleep(200);
  say({ items: keys.length });
  await close();
}

function recordOf(n: number): ReturnType<typeof harvestedRecord> {
  const record = harvestedRecord({
    id: String(n),
    title: `On the many ways in which article number ${n} of this repository may be used`,
    authors: [`Doe, Jane ${n % 977}`, `Roe, Richard ${n % 491}`],
    year: String(1990 + (n % 36)),
    doi: `10.5555/bench.${n}`,
    abstract: 'An abstract of some length. '.repeat(20),
  });
  return {
    ...record,
    type: 'http://purl.org/coar/resource_type/c_6501',
    source: { title: `Journal ${n % JOURNALS}` },
  };
}

/** Of another reader each, so that each counts. */
function requestOf(key: string, n: number, time: number): UsageEvent {
  const address = `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;
  return { key, kind: 'request', time: time + (n % 80_000) * 1_000, address, userAgent: AGENT };
}

async function close(): Promise<void> {
  await usage.stop();
  await catalogue.close();
  await store.close();
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

import { MAX_ENTRIES, parseDocument } from '../../../protocols/resourcesync/index.ts';
import { figure, percentile, type Printer } from '../figures.ts';
import { forgetMost, memoryOf } from '../processes.ts';
import type { PublishingNode } from './publishing-node.ts';

const ROUNDS = 5;

interface Fetched {
  first: number;
  seconds: number;
  text: string;
}

/** The longest page of the resource list, as a client gets it that takes it in as fast as it comes. */
export async function resourceList(printer: Printer, { url, pid }: PublishingNode): Promise<void> {
  const page = await longestPage(`${url}/resourcesync/resourcelist.xml`);
  // Once uncounted: the process has just begun to write lists.
  const { entries } = parseDocument((await fetchList(page)).text);
  await forgetMost(pid);
  const before = await memoryOf(pid);
  const rounds: Fetched[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await fetchList(page));
  const grown = Math.max(0, (await memoryOf(pid)).most - before.now);

  const first = percentile(
    rounds.map((round) => round.first),
    0.5,
  );
  const seconds = percentile(
    rounds.map((round) => round.seconds),
    0.5,
  );
  const name = `resource list of ${entries.length.toLocaleString('en')}`;
  const isWhole = entries.length === MAX_ENTRIES;
  printer.print(figure('publish', `${name}, first byte`, first, 'ms', { atMost: 100 }));
  printer.print(figure('publish', `${name}, in all`, seconds, 's', isWhole ? { atMost: 2 } : {}));
  printer.print(
    figure('publish', `${name}, memory, growth in ${ROUNDS} rounds`, grown, 'MB', { atMost: 50 }),
  );
}

/** The page itself, or the first of the index: the only one that may not be full is the last. */
async function longestPage(address: string): Promise<string> {
  const document = parseDocument((await fetchList(address)).text);
  return document.root === 'urlset' ? address : (document.entries[0]?.loc ?? address);
}

async function fetchList(address: string): Promise<Fetched> {
  const begun = performance.now();
  const response = await fetch(address, { headers: { 'accept-encoding': 'identity' } });
  if (response.body === null || response.status !== 200) throw new Error(`${address}: ${response.status}`);
  const chunks: Uint8Array[] = [];
  let first = 0;
  for await (const chunk of response.body) {
    if (chunks.length === 0) first = performance.now() - begun;
    chunks.push(chunk);
  }
  return { first, seconds: (performance.now() - begun) / 1_000, text: Buffer.concat(chunks).toString() };
}

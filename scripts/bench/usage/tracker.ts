import { figure, percentile, type Printer } from '../figures.ts';
import { startWholeNode } from '../filled-node.ts';
import { cpuSecondsOf, memoryOf, withDirectory, type Worker } from '../processes.ts';
import { HitStream } from './hit-stream.ts';

const ITEMS = 500;
const HITS_PER_SECOND = 2_000;
const SECONDS = 30;
const SHOWN_WITHIN_MS = 60_000;

interface Totals {
  investigations: number;
  requests: number;
}

/**
 * A repository's tracker on the same machine: hits at a fixed rate, of as many readers as hits, so that each counts. The
 * node is killed in the midst of the last ones and started again; then every hit that was answered has to be in its counts.
 */
export async function tracker(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const first = await startWholeNode(directory);
    const items = await put(first.worker, ITEMS);
    const before = await cpuSecondsOf(first.worker.pid);
    const stream = new HitStream({ url: first.url, items, perSecond: HITS_PER_SECOND });
    await stream.send(SECONDS);
    const used = (await cpuSecondsOf(first.worker.pid)) - before;
    const { most } = await memoryOf(first.worker.pid);
    // Not waited for: they are on their way while the node is killed.
    const last = stream.send(1);
    await stream.answers(100);
    first.worker.child.kill('SIGKILL');
    await last;
    await first.worker.stop();

    const { answered, unanswered, latencies, seconds } = stream;
    const second = await startWholeNode(directory);
    const counted = await settledTotals(second.url, answered);
    await second.worker.stop();

    // Of those that got no answer the disk may have some.
    const lost = (of: keyof Totals): number => Math.max(0, answered[of] - counted[of]);
    const invented = (of: keyof Totals): number => Math.max(0, counted[of] - answered[of] - unanswered[of]);
    const target = { atLeast: HITS_PER_SECOND * 0.99 };
    const rate = stream.answeredInTime / seconds;
    printer.print(figure('usage', `tracker, hits answered in ${SECONDS} s`, rate, 'hits/s', target));
    printer.print(figure('usage', 'tracker, time to an answer, median', percentile(latencies, 0.5), 'ms'));
    printer.print(
      figure('usage', 'tracker, time to an answer, 99 of 100', percentile(latencies, 0.99), 'ms'),
    );
    printer.print(figure('usage', 'tracker, processor', used / seconds, 'cores'));
    printer.print(figure('usage', 'tracker, memory', most, 'MB'));
    for (const of of ['investigations', 'requests'] as const) {
      const exactly = { atMost: 0 };
      printer.print(figure('usage', `tracker, ${of} lost by SIGKILL`, lost(of), 'hits', exactly));
      printer.print(figure('usage', `tracker, ${of} that nobody sent`, invented(of), 'hits', exactly));
    }
  });
}

/** @returns the OAI identifiers of so many new records */
async function put(worker: Worker, records: number): Promise<string[]> {
  const items: string[] = [];
  for (let n = 0; n < records; n++) {
    worker.send({ put: n });
    await worker.line();
    items.push(`oai:repository.example:change-${n}`);
  }
  return items;
}

/** What is shown when it is as much as it has to be, or after the time within which a node shows what it took. */
async function settledTotals(url: string, due: Totals): Promise<Totals> {
  const end = performance.now() + SHOWN_WITHIN_MS;
  for (;;) {
    const response = await fetch(`${url}/usage`, { headers: { accept: 'application/ld+json' } });
    const { investigations, requests } = (await response.json()) as Totals;
    const isAll = investigations >= due.investigations && requests >= due.requests;
    if (isAll || performance.now() > end) return { investigations, requests };
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

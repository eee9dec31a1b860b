import { figure, percentile, type Printer } from '../figures.ts';
import { pages } from './manager.ts';

const ROUNDS = 40;
const WARM_UP = 3;

/** From the question to the last byte of the answer, one page after another, over a connection that stays open. */
export async function serverTimes(
  printer: Printer,
  { url, cookie }: { url: string; cookie: string },
): Promise<void> {
  const slowest = { ms: 0, page: '' };
  for (const page of pages) {
    const times: number[] = [];
    for (let round = -WARM_UP; round < ROUNDS; round += 1) {
      const before = performance.now();
      const response = await fetch(url + page, {
        headers: { cookie, accept: 'text/html' },
        redirect: 'manual',
      });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${page} was answered with ${response.status}`);
      if (round >= 0) times.push(performance.now() - before);
    }
    const ms = percentile(times, 0.95);
    printer.print(figure('dashboard', `${page}, p95`, ms, 'ms', { atMost: 100 }));
    if (ms > slowest.ms) Object.assign(slowest, { ms, page });
  }
  printer.print(figure('dashboard', `slowest: ${slowest.page}, p95`, slowest.ms, 'ms', { atMost: 100 }));
}

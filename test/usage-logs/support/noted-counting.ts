import type { Counting, Taken, UsageEvent } from '../../../node/usage-logs/index.ts';

/** Counts nothing, and notes what it is given: each event once, as the ledger of the counting does. */
export class NotedCounting implements Counting {
  readonly events = new Map<string, UsageEvent>();
  /** With those that came again. */
  given = 0;
  restated: { days: readonly string[]; events: UsageEvent[] } | undefined;
  /** What `take` does before it keeps anything. */
  before: () => Promise<void> = () => Promise.resolve();

  async take(events: readonly UsageEvent[]): Promise<Taken> {
    await this.before();
    this.given += events.length;
    for (const event of events) this.events.set(JSON.stringify(event), event);
    return { taken: events.length, robots: 0, internal: 0, refused: new Map() };
  }

  /** What `restate` is at, or came to. */
  restating: Promise<void> | undefined;

  restate(days: readonly string[], batches: AsyncIterable<readonly UsageEvent[]>): Promise<void> {
    this.restating = this.#restate(days, batches);
    return this.restating;
  }

  async #restate(days: readonly string[], batches: AsyncIterable<readonly UsageEvent[]>): Promise<void> {
    const events: UsageEvent[] = [];
    for await (const batch of batches) events.push(...batch);
    this.restated = { days, events };
  }

  /** The seconds in which something was noted, behind the first line's, ascending. */
  get seconds(): number[] {
    return [...this.events.values()].map(({ time }) => (time - FIRST) / 1000).toSorted((a, b) => a - b);
  }
}

/** Time of line 0 below. */
export const FIRST = Date.UTC(2026, 10, 20, 10);

/** Lines of a log, each of another second: a download of the item `/10029/1`. */
export function logLines(from: number, to: number, path = '/bitstream/handle/10029/1/a.pdf'): string {
  let text = '';
  for (let n = from; n < to; n += 1) {
    const [day, month] = ['20', 'Nov'];
    const time = new Date(FIRST + n * 1000).toISOString().slice(11, 19);
    text += `192.0.2.${n % 250} - - [${day}/${month}/2026:${time} +0000] "GET ${path} HTTP/1.1" 200 99 "-" "Mozilla/5.0 (${n})"\n`;
  }
  return text;
}

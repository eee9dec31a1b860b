import { browsers, robots } from './agents.ts';
import { seededRandom } from '../../random.ts';

/** COUNTER's four metrics of an item as they have to come out, and the totals of machines. */
export interface ExpectedCounts {
  /** By the number of the item: total and unique investigations, total and unique requests. */
  items: Int32Array[];
  machine: { investigations: number; requests: number };
  lines: number;
  /** Lines that are uses of items, double clicks among them. */
  uses: number;
  /** Lines that cannot be read. */
  bad: number;
}

export interface LogPlan {
  lines: number;
  items: number;
  days: number;
  /** The first day, milliseconds since 1970. */
  from: number;
  seed: number;
}

const HOUR_MS = 3_600_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
/** Items that one user has to open in an hour to be a machine, whatever its agent: above every bound of the counting. */
const CRAWLED = 300;
/** Seconds of an hour in which visits begin, so that each is over within its hour and day. */
const VISITS_WITHIN = 3_200;

/**
 * A combined log of a repository (DSpace 6) in the order of time, piece by piece, with what it has to be counted as: each visit
 * is of a user of its own, and made so that its counts can be told from the code of practice.
 */
export function* generatedLog(plan: LogPlan, expected: ExpectedCounts): Generator<string> {
  const random = seededRandom(plan.seed).uniform;
  const state = { users: 0 };
  const hours = plan.days * 24;
  for (let hour = 0; hour < hours; hour += 1) {
    const quota = Math.floor((plan.lines * (hour + 1)) / hours) - Math.floor((plan.lines * hour) / hours);
    const writer = new HourWriter({ ...plan, begins: plan.from + hour * HOUR_MS, random, expected, state });
    if (hour % 24 === 12) writer.unnamedCrawler();
    while (writer.length < quota) writer.visit(quota - writer.length);
    yield writer.text();
  }
}

class HourWriter {
  readonly #items: number;
  readonly #random: () => number;
  readonly #expected: ExpectedCounts;
  readonly #lines: { at: number; line: string }[] = [];
  readonly #stamp: string;
  /** How many users there were. */
  readonly #state: { users: number };

  constructor(options: {
    begins: number;
    items: number;
    random: () => number;
    expected: ExpectedCounts;
    state: { users: number };
  }) {
    this.#state = options.state;
    this.#items = options.items;
    this.#random = options.random;
    this.#expected = options.expected;
    const date = new Date(options.begins);
    this.#stamp = `${two(date.getUTCDate())}/${MONTHS[date.getUTCMonth()]}/${date.getUTCFullYear()}:${two(date.getUTCHours())}`;
  }

  get length(): number {
    return this.#lines.length;
  }

  text(): string {
    this.#lines.sort((a, b) => a.at - b.at);
    this.#expected.lines += this.#lines.length;
    return this.#lines.map(({ line }) => line).join('');
  }

  /** One visit, of at most so many lines. */
  visit(most: number): void {
    const kind = this.#random();
    const user = this.#user(kind >= 0.86 && kind < 0.97 ? robots : browsers);
    const at = Math.floor(this.#random() * VISITS_WITHIN);
    const item = this.#item();
    if (most < 16 || kind >= 0.97) this.#other(user, at);
    // A look at the item: its page, with what belongs to it.
    else if (kind < 0.35) {
      this.#page(user, at, item);
      this.#count(item, { investigations: 1, requests: 0 });
    }
    // The page, and after a while its file.
    else if (kind < 0.6) {
      this.#page(user, at, item);
      this.#file(user, at + 31 + Math.floor(this.#random() * 200), item);
      this.#count(item, { investigations: 2, requests: 1 });
    }
    // The file at once, as from a search engine; sometimes by two or three clicks, of which the last one counts.
    else if (kind < 0.8) {
      const clicks = 1 + Math.floor(this.#random() * 3);
      for (let click = 0; click < clicks; click += 1) this.#file(user, at + click * 12, item);
      this.#count(item, { investigations: 1, requests: 1 });
    }
    // The page three times, of which two are double clicks of the last; and once more half an hour later, in the same session.
    else if (kind < 0.86) {
      const early = at % 1_500;
      for (const second of [0, 20, 45]) this.#line(user, early + second, pagePath(item));
      this.#line(user, early + 1_900, pagePath(item));
      this.#uses(4);
      this.#count(item, { investigations: 2, requests: 0 });
    } else {
      for (let n = 0; n < 5; n += 1) {
        this.#line(user, at + n * 40, (n % 2 === 0 ? pagePath : filePath)((item + n) % this.#items));
        this.#uses(1);
        this.#machine(n % 2);
      }
    }
  }

  /** A machine with the agent of a browser: nothing but its behaviour tells. */
  unnamedCrawler(): void {
    const user = this.#user(browsers);
    for (let n = 0; n < CRAWLED; n += 1) {
      this.#line(user, n * 10, pagePath(n));
      this.#machine(0);
    }
    this.#uses(CRAWLED);
  }

  /** What is no use of an item: parts of pages, errors, other methods, lines that are broken. */
  #other(user: User, at: number): void {
    const kind = this.#random();
    if (kind < 0.4) this.#line(user, at, '/discover?query=open+access&page=2');
    else if (kind < 0.55) this.#line(user, at, filePath(this.#item()), { status: 404 });
    else if (kind < 0.65) this.#line(user, at, filePath(this.#item()), { status: 206 });
    else if (kind < 0.75) this.#line(user, at, pagePath(this.#item()), { method: 'HEAD' });
    else if (kind < 0.85) this.#line(user, at, '/password-login', { method: 'POST' });
    else if (kind < 0.95) this.#line(user, at, `/handle/10029/c${Math.floor(this.#random() * 50)}`);
    else {
      this.#lines.push({ at, line: `${user.address} - - [${this.#stamp}:00:00 +0000] "GET /handle/10029\n` });
      this.#expected.bad += 1;
    }
  }

  #page(user: User, at: number, item: number): void {
    this.#line(user, at, pagePath(item));
    this.#uses(1);
    this.#line(user, at, '/themes/Mirage2/styles/main.css');
    if (this.#random() < 0.7) this.#line(user, at + 1, '/themes/Mirage2/scripts/theme.js', { status: 304 });
    if (this.#random() < 0.5) this.#line(user, at + 1, `${filePath(item)}.jpg?sequence=4`);
  }

  #file(user: User, at: number, item: number): void {
    this.#line(user, at, filePath(item));
    this.#uses(1);
  }

  #line(user: User, at: number, path: string, { status = 200, method = 'GET' } = {}): void {
    const time = `${this.#stamp}:${two(Math.floor(at / 60))}:${two(at % 60)} +0000`;
    const line = `${user.address} - - [${time}] "${method} ${path} HTTP/1.1" ${status} ${20_000 + at} "https://r.example/" "${user.agent}"\n`;
    this.#lines.push({ at, line });
  }

  #uses(many: number): void {
    this.#expected.uses += many;
  }

  #count(item: number, { investigations, requests }: { investigations: number; requests: number }): void {
    const counts = this.#expected.items[item];
    if (counts === undefined) return;
    counts[0] = (counts[0] ?? 0) + investigations;
    counts[1] = (counts[1] ?? 0) + 1;
    counts[2] = (counts[2] ?? 0) + requests;
    counts[3] = (counts[3] ?? 0) + (requests > 0 ? 1 : 0);
  }

  #machine(requests: number): void {
    this.#expected.machine.investigations += 1;
    this.#expected.machine.requests += requests;
  }

  /** Few items have most of the use. */
  #item(): number {
    return Math.floor(this.#items * this.#random() ** 3);
  }

  #user(agents: readonly string[]): User {
    const number = this.#state.users++;
    const address = `${11 + (number >>> 24)}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
    return { address, agent: agents[Math.floor(this.#random() * agents.length)] ?? '' };
  }
}

interface User {
  address: string;
  agent: string;
}

/** Nothing is counted yet. */
export function nothingExpected(items: number): ExpectedCounts {
  return {
    items: Array.from({ length: items }, () => new Int32Array(4)),
    machine: { investigations: 0, requests: 0 },
    lines: 0,
    uses: 0,
    bad: 0,
  };
}

const pagePath = (item: number): string => `/handle/10029/${item}`;
const filePath = (item: number): string => `/bitstream/handle/10029/${item}/text${item % 7}.pdf`;

function two(number: number): string {
  return String(number).padStart(2, '0');
}

import {
  OaiError,
  type OaiPage,
  OaiProtocolError,
  type OaiRecord,
  utcSeconds,
} from '../../../../protocols/oai-pmh/index.ts';
import { HarvestError } from '../../errors.ts';
import type { Problem } from '../../issues/issue.ts';
import { cutBy, isOfPlace } from './failures.ts';
import type { Listed, Lists } from './lists.ts';
import { problem } from './problems.ts';
import { type Reach, reachBehind } from './reach.ts';
import {
  afterFailure,
  afterGivingUp,
  afterReading,
  firstWindows,
  floor,
  goingOnAt,
  nextWindow,
  type TimeLine,
  type Window,
  type Windows,
} from './windows.ts';

/** Where the way stands. */
export interface WindowPlace {
  windows: Windows;
  /** Of the window that is being read. */
  token?: string | undefined;
  reach?: Reach | undefined;
}

/** What has been read, and where the way goes on; nowhere at its end. */
export interface Step {
  page: Pick<OaiPage, 'issues'> & { records: readonly OaiRecord[] } & Partial<OaiPage>;
  problems: Problem[];
  /** Records that may be missing, without anything that says which. */
  lost: number;
  place: WindowPlace | undefined;
}

export interface WindowWalkParts {
  lists: Lists;
  listed: Listed;
  /** Where records may begin, and when the list was begun; milliseconds since 1970. */
  earliest: number;
  end: number;
  /** From where on changes are wanted; absent for everything. */
  since: number | undefined;
}

/** So many windows in a row may be unreadable before it is the repository as a whole. */
const MOST_UNREAD = 5;
/** So many records of pages in a row, and most of them, have to be dated behind `until` to be no accident. */
const FEWEST_BEYOND = 5;

/** The way through a list in windows of time. What fails is asked for in smaller pieces, and at last left out. */
export class WindowWalk {
  readonly #parts: WindowWalkParts;
  /** Windows that were given up since the last answer. Whether it is their fault is known when another one is read. */
  readonly #unread: Problem[] = [];
  /** Records of the last pages, and those of them that are dated behind the end of their window. */
  #beyond = nothingBeyond;

  constructor(parts: WindowWalkParts) {
    this.#parts = parts;
  }

  /** Where to begin, in place of a list that came so far. */
  async begin(reach: Reach | undefined): Promise<WindowPlace> {
    const { lists, listed, earliest, since } = this.#parts;
    const whole: Window = since === undefined ? {} : { from: since };
    const ordered = reach !== undefined && (await lists.isInOrder(listed, reach, whole));
    const windows = ordered
      ? firstWindows(this.#line, { start: earliest, from: reach.high })
      : firstWindows(this.#line, { start: earliest, from: since, reach });
    return { windows };
  }

  async *steps(from: WindowPlace): AsyncGenerator<Step, void, undefined> {
    for (let place: WindowPlace | undefined = from; place !== undefined;) {
      const window = nextWindow(place.windows, this.#line);
      try {
        for await (const step of this.#read(place, window)) {
          place = step.place;
          yield step;
        }
      } catch (error) {
        if (place === undefined || !isOfPlace(error)) throw error;
        // Where the repository as a whole is out of order nothing can be learnt from it.
        await this.#parts.lists.check();
        place = yield* this.#afterFailure(error, place, window);
      }
    }
    if (this.#unread.length > 0) yield this.#step({ records: [], issues: [] }, undefined);
  }

  get #line(): TimeLine {
    return { unit: this.#parts.lists.unit, end: this.#parts.end };
  }

  async *#read(from: WindowPlace, window: Window): AsyncGenerator<Step, void, undefined> {
    const { lists, listed } = this.#parts;
    const isSmallest =
      window.from === undefined || window.until === undefined || window.from === window.until;
    const asked = from.token === undefined ? window : { token: from.token };
    let place = from;
    for await (const page of lists.records(listed, asked, isSmallest ? 'patient' : 'brisk')) {
      if (page.truncated) {
        yield this.#step(page, place);
        continue;
      }
      const windows: Windows = this.#ignoresUntil(page, window)
        ? { ...place.windows, endless: true }
        : place.windows;
      const reach = reachBehind(place.reach, page);
      if (page.token !== undefined) {
        place = { windows, token: page.token, reach };
        yield this.#step(page, place);
      } else {
        const next = windows.endless
          ? undefined
          : afterReading(windows, window, this.#line, reach?.records ?? 0);
        yield this.#step(page, next && { windows: next });
      }
    }
  }

  /** @returns where to go on when the window could not be read beyond a place in it */
  async *#afterFailure(
    error: unknown,
    { windows, reach }: WindowPlace,
    window: Window,
  ): AsyncGenerator<Step, WindowPlace | undefined, undefined> {
    const { lists, listed } = this.#parts;
    const { unit } = lists;
    const going = placeOf(
      reach === undefined || floor(reach.high, unit) <= (window.from ?? -Infinity)
        ? undefined
        : goingOnAt(windows, reach.high, unit),
    );
    if (going !== undefined && reach !== undefined && (await lists.isInOrder(listed, reach, window)))
      return going;
    if (windows.endless) {
      if (going === undefined || reach?.below === undefined) throw datesIgnored(error);
      // In order as far as it could be seen: what is not can be missing, but nothing else is possible.
      lists.habits.ignoresUntil();
      yield this.#step({ records: [], issues: [] }, going, [], 1);
      return going;
    }
    const smaller = afterFailure(windows, window, unit, reach);
    if (smaller !== undefined) return { windows: smaller };
    if (cutBy(error) !== undefined && reach !== undefined) {
      const next = placeOf(afterGivingUp(windows, window, unit, { regain: false }));
      const message = `The repository breaks off the list of the records ${spanText(window, unit)}.`;
      yield this.#step({ records: [], issues: [] }, next, [problem('OAI_WINDOW_TOO_LARGE', message)], 1);
      return next;
    }
    return yield* this.#withoutList(error, windows, window);
  }

  /** The records of a window that cannot be listed, one by one; where that is not possible either, they are left out. */
  async *#withoutList(
    error: unknown,
    windows: Windows,
    window: Window,
  ): AsyncGenerator<Step, WindowPlace | undefined, undefined> {
    const { lists, listed } = this.#parts;
    const next = placeOf(afterGivingUp(windows, window, lists.unit, { regain: true }));
    const reason = error instanceof Error ? error.message : String(error);
    try {
      for await (const { records, failing } of lists.recordsOneByOne(listed, window)) {
        const problems = failing.map((one) =>
          problem('OAI_RECORD_FAILS', 'The repository fails when it is asked for this record.', {
            oaiIdentifier: one.identifier,
            detail: one.error.message,
          }),
        );
        yield this.#step({ records, issues: [] }, { windows }, problems);
      }
    } catch (cause) {
      if (!(cause instanceof OaiError || cause instanceof OaiProtocolError)) throw cause;
      const message = `The repository fails when it is asked for the records ${spanText(window, lists.unit)}.`;
      this.#unread.push(problem('OAI_WINDOW_UNREADABLE', message, { detail: reason }));
      if (this.#unread.length > MOST_UNREAD) throw error;
    }
    return next;
  }

  /** A step that brought something: the repository is there, and windows that could not be read are themselves to blame. */
  #step(page: Step['page'], place: WindowPlace | undefined, problems: Problem[] = [], lost = 0): Step {
    const unread = this.#unread.splice(0);
    return { page, place, problems: [...unread, ...problems], lost: unread.length + lost };
  }

  #ignoresUntil({ records }: OaiPage, { until }: Window): boolean {
    if (until === undefined) return false;
    const latest = until + this.#parts.lists.unit;
    const beyond = records.filter(({ header }) => Date.parse(header.datestamp) > latest).length;
    // Small pages show it only when they are taken together.
    const before = beyond === 0 ? nothingBeyond : this.#beyond;
    this.#beyond = { records: before.records + records.length, beyond: before.beyond + beyond };
    return this.#beyond.beyond >= FEWEST_BEYOND && this.#beyond.beyond > this.#beyond.records / 2;
  }
}

const nothingBeyond = { records: 0, beyond: 0 };

function placeOf(windows: Windows | undefined): WindowPlace | undefined {
  return windows && { windows };
}

/** `that changed from 2016-01-01T00:00:00Z to 2016-01-01T00:00:01Z` */
function spanText({ from, until }: Window, unit: number): string {
  const text = (time: number): string =>
    utcSeconds(floor(time, unit)).slice(0, unit > 1_000 ? 10 : undefined);
  if (from !== undefined && from === until) return `that changed at ${text(from)}`;
  const parts = [
    from === undefined ? '' : ` from ${text(from)}`,
    until === undefined ? '' : ` to ${text(until)}`,
  ];
  return `that changed${parts.join('')}`;
}

function datesIgnored(cause: unknown): HarvestError {
  return new HarvestError(
    'HARVEST_DATES_IGNORED',
    'The list of the repository breaks off, and it can be had neither by dates nor in order.',
    {
      remedy:
        "Raise the lifetime of resumption tokens in the repository's settings, or harvest it set by set.",
      cause,
    },
  );
}

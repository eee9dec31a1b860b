import { limits } from '../../../protocols/replication/index.ts';
import type { CheckedPage } from '../../catalogue/index.ts';

/** Windows that are asked for or have come before the first of them is taken in. */
const MOST_AHEAD = 8;
const SMALLEST = 32;
/** A feed of which little stands has few entries in many places. */
const LARGEST = 1_000_000;
/** Of a page, that a window may fill as far as can be told. */
const WANTED_FILL = 0.8;

/** Places of a feed, behind `after` up to `upTo`. */
export interface FeedWindow {
  readonly after: number;
  readonly upTo: number;
  state: 'free' | 'asked' | 'here';
}

/**
 * The windows in which a feed is fetched, in feed order: each can be asked of another source, and all are taken in one
 * after another. How many places a window has follows what the last ones brought, so that one page holds it.
 */
export class Windows {
  /** Not taken in yet, the first one first. */
  readonly #open: FeedWindow[] = [];
  /** Up to where windows were made. */
  #made: number;
  #upTo: number;
  #size: number = limits.entries;

  /** @param range at least one window is made, even where there is nothing between */
  constructor({ after, upTo }: { after: number; upTo: number }) {
    this.#made = after;
    this.#upTo = upTo;
    this.#make();
  }

  /** Whether everything is taken in. */
  get isDone(): boolean {
    return this.#open.length === 0 && this.#made >= this.#upTo;
  }

  /** The window that is to be taken in next. */
  get first(): FeedWindow | undefined {
    return this.#open[0];
  }

  /** The feed goes on further than was known. */
  extend(upTo: number): void {
    this.#upTo = Math.max(this.#upTo, upTo);
  }

  /** A window to be asked for now, of a source that has the feed up to `upTo`. It is noted as asked. */
  next(upTo: number): FeedWindow | undefined {
    let window = this.#open.find(({ state }) => state === 'free');
    if (window === undefined && this.#open.length < MOST_AHEAD && this.#made < this.#upTo)
      window = this.#make();
    if (window === undefined || !covers(upTo, window)) return undefined;
    window.state = 'asked';
    return window;
  }

  /** Notes that a window's page is here. @returns whether it was waited for: it may have come from another source before */
  arrived(window: FeedWindow): boolean {
    if (window.state === 'here' || !this.#open.includes(window)) return false;
    window.state = 'here';
    return true;
  }

  /** A window that was asked for in vain is to be asked for again, of whomever. */
  giveBack(window: FeedWindow): void {
    if (window.state === 'asked') window.state = 'free';
  }

  /** The page of a window that had arrived cannot be taken in. */
  refused(window: FeedWindow): void {
    window.state = 'free';
  }

  /** Notes that the first window's page was taken in; what it did not bring is to be asked for again. */
  taken({ head, changes, more }: CheckedPage): void {
    const window = this.#open.shift();
    if (window === undefined) return;
    const last = changes.at(-1)?.seq ?? window.after;
    const reached = more ? last : Math.max(last, Math.min(window.upTo, head.seq));
    if (reached < window.upTo) this.#open.unshift({ after: reached, upTo: window.upTo, state: 'free' });
    this.#fit(reached - window.after, changes);
  }

  #make(): FeedWindow {
    const upTo = Math.max(this.#made, Math.min(this.#made + this.#size, this.#upTo));
    const window: FeedWindow = { after: this.#made, upTo, state: 'free' };
    this.#made = upTo;
    this.#open.push(window);
    return window;
  }

  #fit(places: number, changes: CheckedPage['changes']): void {
    const bytes = changes.reduce((sum, { encoded }) => sum + encoded.length, 0);
    const fill = Math.max(bytes / limits.pageBytes, changes.length / limits.entries);
    const fitting = fill === 0 ? this.#size * 2 : Math.floor((places * WANTED_FILL) / fill);
    this.#size = Math.min(LARGEST, Math.max(SMALLEST, Math.min(fitting, this.#size * 4)));
  }
}

/** Whether who has a feed up to a place has something for the window; of one without places it is the head. */
function covers(upTo: number, window: FeedWindow): boolean {
  return upTo > window.after || (upTo === window.after && window.upTo === window.after);
}

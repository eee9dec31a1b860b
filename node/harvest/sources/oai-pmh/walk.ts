import { type OaiRecord, utcSeconds } from '../../../../protocols/oai-pmh/index.ts';
import type { SourceItem, SourcePage } from '../source.ts';
import { cutBy } from './failures.ts';
import type { Listed, Lists } from './lists.ts';
import { type Cut, type Place, type PlaceParts, placeOf, writePlace } from './place.ts';
import { cutProblem, isLoss, problemOfPage } from './problems.ts';
import { type Reach, reachBehind } from './reach.ts';
import { type Step, WindowWalk } from './window-walk.ts';
import { shareRead } from './windows.ts';

export interface WalkParts {
  lists: Lists;
  prefix: string;
  /** One after another; one that is undefined stands for everything. */
  sets: readonly (string | undefined)[];
  /** Sets that the repository does not have, so that it means nothing when they are empty. */
  missing: ReadonlySet<string>;
  /** Where records may begin, milliseconds since 1970. */
  earliest: number;
  /** From where on changes are wanted; absent for everything. */
  since: number | undefined;
  /** Where to go on; absent at the beginning. */
  place: Place | undefined;
  /** Milliseconds since 1970. */
  now: number;
}

/**
 * The way through the lists of a repository, set by set: each as one list, by its tokens; and where that breaks off, in
 * windows of time from there on. What was read is not read again, as far as that can be known.
 */
export class Walk {
  readonly #parts: WalkParts;
  /** The source's time when the way began. */
  #time: string;
  /** Whether it is known; else it is our own so far. */
  #timed: boolean;
  /** Where the way goes on; undefined at its end. */
  #place: Place | undefined;

  constructor(parts: WalkParts) {
    this.#parts = parts;
    this.#time = parts.place?.time ?? utcSeconds(parts.now);
    this.#timed = parts.place !== undefined;
    this.#place = parts.place ?? this.#at(0, {});
  }

  async *pages(): AsyncGenerator<SourcePage, void, undefined> {
    while (this.#place !== undefined) {
      const { set, token, reach, cut, windows } = this.#place;
      if (cut === undefined) yield* this.#whole(set, { token, reach });
      else yield* this.#inWindows(set, cut, { token, reach, windows });
    }
  }

  async *#whole(
    set: number,
    from: Pick<PlaceParts, 'token' | 'reach'>,
  ): AsyncGenerator<SourcePage, void, undefined> {
    const { lists, since } = this.#parts;
    const span = since === undefined ? {} : { from: since };
    let { token, reach } = from;
    try {
      const asked = token === undefined ? span : { token };
      for await (const page of lists.records(this.#listed(set), asked, 'patient')) {
        this.#look(page);
        if (page.truncated) {
          // What it has is kept; then the list fails, and is gone on with by the token of this very page.
          yield this.#page(page, undefined);
          continue;
        }
        [token, reach] = [page.token, reachBehind(reach, page)];
        this.#place = token === undefined ? this.#nextSet(set) : this.#at(set, { token, reach });
        yield this.#page(page, this.#place, {
          ...this.#progress(set, reach),
          lost: this.#lostWith(set, token === undefined),
        });
      }
    } catch (error) {
      const cut = cutBy(error);
      if (cut === undefined) throw error;
      this.#place = this.#at(set, { cut, reach });
    }
  }

  async *#inWindows(
    set: number,
    cut: Cut,
    from: Pick<PlaceParts, 'token' | 'reach' | 'windows'>,
  ): AsyncGenerator<SourcePage, void, undefined> {
    const { lists, earliest, since } = this.#parts;
    const end = Date.parse(this.#time);
    const walk = new WindowWalk({ lists, listed: this.#listed(set), earliest, end, since });
    const { windows, token, reach } = from;
    const begun = windows === undefined ? await walk.begin(reach) : { windows, token, reach };
    let ofSource = [cutProblem(cut)];
    for await (const { page, problems, lost, place } of walk.steps(begun)) {
      this.#look(page);
      const next = place === undefined ? this.#nextSet(set) : this.#at(set, { cut, ...place });
      yield this.#page(page, next, {
        problems,
        ofSource,
        lost: lost + this.#lostWith(set, place === undefined),
        share: this.#share(set, place === undefined ? 1 : shareRead(place.windows, end)),
      });
      ofSource = [];
    }
    this.#place = this.#nextSet(set);
  }

  #listed(set: number): Listed {
    return { prefix: this.#parts.prefix, set: this.#parts.sets[set] };
  }

  #at(set: number, rest: Partial<PlaceParts>): Place {
    return placeOf({ ...rest, time: this.#time, set });
  }

  #nextSet(set: number): Place | undefined {
    return set + 1 < this.#parts.sets.length ? this.#at(set + 1, {}) : undefined;
  }

  /** A set that the repository does not have is empty, and yet its records are not gone. */
  #lostWith(set: number, isEnd: boolean): number {
    return isEnd && this.#parts.missing.has(this.#parts.sets[set] ?? '') ? 1 : 0;
  }

  #progress(set: number, reach: Reach | undefined): Pick<SourcePage, 'total' | 'share'> {
    if (reach?.size === undefined) return {};
    if (this.#parts.sets.length === 1) return { total: reach.size };
    return { share: this.#share(set, Math.min(1, reach.records / Math.max(reach.size, 1))) };
  }

  #share(set: number, ofSet: number): number {
    return (set + ofSet) / this.#parts.sets.length;
  }

  #look(page: Step['page']): void {
    const { habits } = this.#parts.lists;
    habits.look(page);
    if (this.#timed) return;
    this.#timed = true;
    const { responseDate } = page;
    // A clock that is ahead of ours must not make us miss what changes in between.
    if (responseDate !== undefined && responseDate < this.#time) this.#time = responseDate;
    if (habits.countsDays) this.#time = this.#time.slice(0, 10);
  }

  #page(
    { records, issues, truncated }: Step['page'],
    next: Place | undefined,
    more: Partial<Pick<SourcePage, 'problems' | 'ofSource' | 'lost' | 'total' | 'share'>> = {},
  ): SourcePage {
    const { problems = [], ofSource = [], lost = 0, ...progress } = more;
    return {
      items: records.map((record) => itemOf(record, this.#parts.prefix)),
      problems: [...issues.map(problemOfPage), ...problems],
      ofSource: [...ofSource, ...this.#parts.lists.habits.news()],
      // What is cut off is read again.
      lost: (truncated ? 0 : issues.filter(isLoss).length) + lost,
      ...(next !== undefined && { next: writePlace(next) }),
      time: this.#time,
      ...progress,
    };
  }
}

export function itemOf({ header, metadata }: OaiRecord, format: string): SourceItem {
  const { identifier, datestamp, sets } = header;
  return {
    oaiIdentifier: identifier,
    datestamp,
    sets,
    ...(metadata !== undefined && { metadata: { format, element: metadata.element, text: metadata.xml } }),
  };
}

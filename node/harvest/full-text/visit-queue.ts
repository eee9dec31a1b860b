import { writeBatch, type Operation, type Section } from '../../store/index.ts';
import {
  afterOrigin,
  dueRange,
  isWaitingKey,
  laterKey,
  laterRange,
  originOf,
  originRange,
  placeKey,
  recordOf,
  timeOf,
  waitingKey,
  waitingRange,
} from './layout.ts';

/** A record whose turn it is. */
export interface Waiting {
  key: string;
  origin: string;
  /** Its place in the queue. */
  place: string;
}

const MOVED_AT_ONCE = 500;
const LOOKED_AT_AN_ORIGIN = 50;
const NOTHING = new Uint8Array();

/**
 * The records that are to be visited, now or at a time: on disk, so that any number of them costs no memory and none is
 * lost. In a line for each host, so that a slow one holds up nobody else.
 */
export class VisitQueue {
  readonly #section: Section;
  #waiting = 0;
  /** The origin that was served last. */
  #last = '';

  constructor(section: Section) {
    this.#section = section;
  }

  /** Records that wait for their turn now. */
  get waiting(): number {
    return this.#waiting;
  }

  async open(): Promise<void> {
    this.#waiting = 0;
    for await (const _ of this.#section.keys(waitingRange)) this.#waiting += 1;
  }

  /** Where records stand in the queue; undefined for those that are not in it. */
  async placesOf(keys: readonly string[]): Promise<(string | undefined)[]> {
    const places = await this.#section.getMany(keys.map(placeKey));
    return places.map((place) => (place === undefined ? undefined : Buffer.from(place).toString()));
  }

  /** Puts a record in the line of an origin, from wherever it stood; by `time` among the others there. */
  enter(key: string, options: { origin: string; time: number; from: string | undefined }): Operation[] {
    const to = waitingKey(options.origin, options.time, key);
    if (to !== options.from) this.#waiting += 1;
    return this.#move(key, options.from, to, NOTHING);
  }

  /** Puts a record off until `time`. */
  postpone(key: string, options: { origin: string; time: number; from: string | undefined }): Operation[] {
    return this.#move(key, options.from, laterKey(options.time, key), Buffer.from(options.origin));
  }

  remove(key: string, from: string | undefined): Operation[] {
    return from === undefined ? [] : [this.#leave(from), { type: 'del', key: placeKey(key) }];
  }

  /** Puts those into their lines whose time has come; @returns when the next one's will */
  async wakeUp(now: number): Promise<number | undefined> {
    for (;;) {
      const due = await this.#section.iterator({ ...dueRange(now), limit: MOVED_AT_ONCE }).all();
      if (due.length === 0) break;
      const places = await this.placesOf(due.map(([entry]) => recordOf(entry)));
      const operations = due.flatMap(([entry, origin], i): Operation[] => {
        const key = recordOf(entry);
        if (places[i] !== entry) return [{ type: 'del', key: entry }];
        return this.enter(key, { origin: Buffer.from(origin).toString(), time: timeOf(entry), from: entry });
      });
      await writeBatch(this.#section, operations, { durable: false });
    }
    for await (const next of this.#section.keys({ ...laterRange, limit: 1 })) return timeOf(next);
    return undefined;
  }

  /**
   * The next record to visit: of the first origin, behind the one that was served last, that may be asked; of its line
   * the first that may be visited.
   */
  async next(
    mayAsk: (origin: string) => boolean,
    mayVisit: (key: string) => boolean,
  ): Promise<Waiting | undefined> {
    let after = afterOrigin(this.#last);
    let isSecondRound = false;
    for (;;) {
      const origin = await this.#originFrom(after);
      if (origin === undefined) {
        if (isSecondRound) return undefined;
        isSecondRound = true;
        after = waitingRange.gt;
        continue;
      }
      after = afterOrigin(origin);
      const found = mayAsk(origin) ? await this.#firstOf(origin, mayVisit) : undefined;
      if (found !== undefined) {
        this.#last = origin;
        return found;
      }
    }
  }

  async #originFrom(after: string): Promise<string | undefined> {
    for await (const entry of this.#section.keys({ gte: after, lt: waitingRange.lt, limit: 1 }))
      return originOf(entry);
    return undefined;
  }

  async #firstOf(origin: string, mayVisit: (key: string) => boolean): Promise<Waiting | undefined> {
    const entries = await this.#section.keys({ ...originRange(origin), limit: LOOKED_AT_AN_ORIGIN }).all();
    const places = await this.placesOf(entries.map(recordOf));
    const isVoid = entries.filter((entry, i) => places[i] !== entry);
    if (isVoid.length > 0) {
      await writeBatch(
        this.#section,
        isVoid.map((entry) => this.#leave(entry)),
        { durable: false },
      );
      if (isVoid.length === entries.length) return await this.#firstOf(origin, mayVisit);
    }
    const place = entries.find((entry, i) => places[i] === entry && mayVisit(recordOf(entry)));
    return place === undefined ? undefined : { key: recordOf(place), origin, place };
  }

  #move(key: string, from: string | undefined, to: string, value: Uint8Array): Operation[] {
    return [
      ...(from === undefined || from === to ? [] : [this.#leave(from)]),
      { type: 'put', key: to, value },
      { type: 'put', key: placeKey(key), value: Buffer.from(to) },
    ];
  }

  #leave(entry: string): Operation {
    if (isWaitingKey(entry)) this.#waiting = Math.max(0, this.#waiting - 1);
    return { type: 'del', key: entry };
  }
}

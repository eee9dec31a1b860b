import type { Logger } from 'pino';
import type { Place } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { WriteQueue, writeBatch, type Operation, type Section } from '../store/index.ts';
import { FeedbackError } from './errors.ts';
import { decodeOpinion, encodeOpinion, opinionKey, opinionRange } from './layout.ts';
import { pairOf, type Opinion } from './opinion.ts';
import { Voters } from './voters.ts';

/** Readers who have to agree before an item is left out for everybody. */
const VOTES_NEEDED = 3;
/** Of one record, so many items are left out at the word of readers; what is left says that the votes are no longer about items. */
const MOST_OF_RECORD = 20;
/** Pairs that are kept; some megabytes. */
const MOST = 50_000;

/** Tells of changes, and what has become of a record. */
interface Followed {
  onCommit(listener: (committed: { keys: readonly string[] }) => void): () => void;
  holdings: { place(key: string): Promise<Pick<Place, 'kind'> | undefined> };
}

/**
 * What is said not to belong among the related items of a record: by readers, of whom a few have to agree, and by the
 * manager, whose word is enough.
 *
 * Of readers there is a count of votes for each pair, and nothing else. Where there are too many pairs, those that wait
 * longest for another vote give way. What is said of a record that goes is forgotten.
 */
export class RelatedFeedback {
  readonly #section: Section;
  readonly #clock: Pick<Clock, 'now'>;
  readonly #log: Pick<Logger, 'error'>;
  readonly #voters: Voters;
  readonly #votesNeeded: number;
  readonly #most: number;
  readonly #writes = new WriteQueue();
  /** By pair; what was touched last is last. */
  readonly #opinions = new Map<string, Opinion>();
  /** The pairs that a record is in, as what is looked at or what is suggested. */
  readonly #pairsOf = new Map<string, Set<string>>();
  #unfollow: () => void = () => undefined;

  private constructor(options: Parameters<typeof RelatedFeedback.open>[0]) {
    this.#section = options.section;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#voters = options.voters ?? new Voters({ clock: options.clock });
    this.#votesNeeded = options.votesNeeded ?? VOTES_NEEDED;
    this.#most = options.most ?? MOST;
  }

  static async open(options: {
    section: Section;
    clock: Pick<Clock, 'now'>;
    log: Pick<Logger, 'error'>;
    voters?: Voters;
    votesNeeded?: number;
    /** Pairs that are kept. */
    most?: number;
  }): Promise<RelatedFeedback> {
    const feedback = new RelatedFeedback(options);
    const stored: Opinion[] = [];
    for await (const [key, bytes] of options.section.iterator(opinionRange))
      stored.push(decodeOpinion(key, bytes));
    for (const opinion of stored.sort((a, b) => a.at - b.at)) feedback.#remember(opinion);
    return feedback;
  }

  /** How many pairs there are, and how many of them are left out. */
  get counts(): { pairs: number; leftOut: number } {
    const leftOut = [...this.#opinions.values()].filter(({ leftOutBy }) => leftOutBy !== undefined);
    return { pairs: this.#opinions.size, leftOut: leftOut.length };
  }

  /** Keys of the items that are not to be suggested with a record. */
  irrelevant(record: string): Promise<ReadonlySet<string>> {
    const leftOut = this.#of(record).filter(({ leftOutBy }) => leftOutBy !== undefined);
    return Promise.resolve(new Set(leftOut.map(({ item }) => item)));
  }

  /** What is said of all pairs, or of those that a record is in, by their keys. @param after the pair before */
  list({
    record,
    after,
    limit,
  }: {
    record?: string;
    after?: readonly [string, string];
    limit: number;
  }): Opinion[] {
    const pairs = record === undefined ? this.#opinions.keys() : (this.#pairsOf.get(record) ?? []);
    const from = after === undefined ? '' : pairOf(...after);
    return [...pairs]
      .filter((pair) => pair > from)
      .sort()
      .slice(0, limit)
      .flatMap((pair) => this.#opinions.get(pair) ?? []);
  }

  /**
   * Counts a reader's vote that an item does not belong to a record; on disk when it resolves. The same again from the
   * same address on the same day changes nothing.
   * @throws FeedbackError `FEEDBACK_OF_ITSELF`, `FEEDBACK_TOO_MANY`, `FEEDBACK_FULL`
   */
  async vote(address: string, record: string, item: string): Promise<'counted' | 'known'> {
    refuseItself(record, item);
    const before = this.#opinions.get(pairOf(record, item));
    if (before?.leftOutBy === 'manager' || !this.#voters.take(address, pairOf(record, item))) return 'known';
    await this.#writes.run(async () => {
      const votes = (this.#opinions.get(pairOf(record, item))?.votes ?? 0) + 1;
      const byReaders = this.#of(record).filter(({ leftOutBy }) => leftOutBy === 'readers');
      const isOut =
        byReaders.some((out) => out.item === item) ||
        (votes >= this.#votesNeeded && byReaders.length < MOST_OF_RECORD);
      const at = this.#clock.now();
      await this.#say({ record, item, votes, at, ...(isOut && { leftOutBy: 'readers' }) });
    });
    return 'counted';
  }

  /**
   * The manager's word that an item does not belong to a record; on disk when it resolves.
   * @throws FeedbackError `FEEDBACK_OF_ITSELF`, `FEEDBACK_FULL`
   */
  async leaveOut(record: string, item: string): Promise<Opinion> {
    refuseItself(record, item);
    return await this.#writes.run(async () => {
      const before = this.#opinions.get(pairOf(record, item));
      if (before?.leftOutBy === 'manager') return before;
      const votes = before?.votes ?? 0;
      return await this.#say({ record, item, votes, leftOutBy: 'manager', at: this.#clock.now() });
    });
  }

  /**
   * Takes back what the manager or readers said: the item may be suggested again, and its votes begin anew.
   * @throws FeedbackError `FEEDBACK_UNKNOWN`
   */
  async takeBack(record: string, item: string): Promise<void> {
    await this.#writes.run(async () => {
      if (!this.#opinions.has(pairOf(record, item)))
        throw new FeedbackError('FEEDBACK_UNKNOWN', `Nothing was said here of ${item} beside ${record}.`, {
          remedy: 'See what was said with "ngr related RECORD --feedback".',
        });
      await this.#forget([pairOf(record, item)]);
    });
  }

  /** Forgets what is said of records that are gone, now and whenever one goes. Resolves when it has looked at all. */
  async follow(catalogue: Followed): Promise<void> {
    // Where a whole feed went, it is not told of which records.
    const look = ({ keys }: { keys: readonly string[] }): void => {
      const said =
        keys.length === 0 ? [...this.#pairsOf.keys()] : keys.filter((key) => this.#pairsOf.has(key));
      if (said.length === 0) return;
      this.#forgetGone(said, catalogue.holdings).catch((error: unknown) => {
        this.#log.error(
          { err: error },
          'what was said of records that are gone is forgotten at the next start',
        );
      });
    };
    this.#unfollow = catalogue.onCommit(look);
    await this.#forgetGone([...this.#pairsOf.keys()], catalogue.holdings);
  }

  /** Resolves when nothing is written any more. */
  async stop(): Promise<void> {
    this.#unfollow();
    await this.#writes.idle();
  }

  async #forgetGone(records: readonly string[], holdings: Followed['holdings']): Promise<void> {
    await this.#writes.run(async () => {
      const pairs = new Set<string>();
      for (const record of records) {
        const kind = (await holdings.place(record))?.kind;
        if (kind === 'created' || kind === 'updated') continue;
        for (const pair of this.#pairsOf.get(record) ?? []) pairs.add(pair);
      }
      await this.#forget([...pairs]);
    });
  }

  #of(record: string): Opinion[] {
    const opinions = [...(this.#pairsOf.get(record) ?? [])].flatMap((pair) => this.#opinions.get(pair) ?? []);
    return opinions.filter((opinion) => opinion.record === record);
  }

  async #say(opinion: Opinion): Promise<Opinion> {
    const isNew = !this.#opinions.has(pairOf(opinion.record, opinion.item));
    const givesWay = isNew && this.#opinions.size >= this.#most ? this.#leastWorth(opinion) : undefined;
    await this.#write([
      { type: 'put', key: opinionKey(opinion), value: encodeOpinion(opinion) },
      ...(givesWay === undefined ? [] : [{ type: 'del' as const, key: opinionKey(givesWay) }]),
    ]);
    if (givesWay !== undefined) this.#drop(givesWay);
    this.#remember(opinion);
    return opinion;
  }

  /** What waits longest; where nothing does, for the manager's word what readers left out: they cannot keep her from speaking. */
  #leastWorth({ leftOutBy }: Opinion): Opinion {
    for (const opinion of this.#opinions.values()) if (opinion.leftOutBy === undefined) return opinion;
    if (leftOutBy === 'manager')
      for (const opinion of this.#opinions.values()) if (opinion.leftOutBy === 'readers') return opinion;
    throw new FeedbackError('FEEDBACK_FULL', `${this.#most} items are left out, as many as are kept.`, {
      remedy: 'Take back some that are no longer needed: "ngr related RECORD --take-back ITEM".',
    });
  }

  async #forget(pairs: readonly string[]): Promise<void> {
    const opinions = pairs.flatMap((pair) => this.#opinions.get(pair) ?? []);
    if (opinions.length === 0) return;
    await this.#write(opinions.map((opinion) => ({ type: 'del', key: opinionKey(opinion) })));
    for (const opinion of opinions) this.#drop(opinion);
  }

  #remember(opinion: Opinion): void {
    const pair = pairOf(opinion.record, opinion.item);
    this.#opinions.delete(pair);
    this.#opinions.set(pair, opinion);
    for (const key of [opinion.record, opinion.item])
      this.#pairsOf.set(key, (this.#pairsOf.get(key) ?? new Set()).add(pair));
  }

  #drop({ record, item }: Opinion): void {
    const pair = pairOf(record, item);
    this.#opinions.delete(pair);
    for (const key of [record, item]) {
      const pairs = this.#pairsOf.get(key);
      pairs?.delete(pair);
      if (pairs?.size === 0) this.#pairsOf.delete(key);
    }
  }

  async #write(operations: readonly Operation[]): Promise<void> {
    await writeBatch(this.#section, operations, { durable: true });
  }
}

function refuseItself(record: string, item: string): void {
  if (record !== item) return;
  throw new FeedbackError('FEEDBACK_OF_ITSELF', `${record} is one record, not two.`, {
    remedy: 'Name the record that is looked at and another that is suggested with it.',
  });
}

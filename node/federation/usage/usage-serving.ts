import { limits, type Request, type Response } from '../../../protocols/replication/index.ts';
import type { NodeId } from '../../../vocab/record.ts';
import type { Clock } from '../../clock.ts';
import { FederationError } from '../errors.ts';
import { RateLimit } from '../rate-limit.ts';
import { Turns } from '../turns.ts';
import { digestOfMarks, type UsageSummaries } from './usage-summaries.ts';

/** Whose summaries are held is told to one node as often. */
const ASKED_RATE = { perSecond: 1 / 60, burst: 10 };
/** Bytes of summaries and works that one node is given: all of a network of hundreds at once, then so many a second. */
const BYTES_RATE = { perSecond: 2_000_000, burst: 64_000_000 };
/** Answers that are read or on their way out, one a node, however many streams it opens. */
const ANSWERS_AT_ONCE = 50;

type Asked<Type extends Request['type']> = Extract<Request, { type: Type }>;
type Served = Pick<UsageSummaries, 'marks' | 'lackingIn' | 'worksPages'>;

/** What other nodes are told of the usage that is held here, and how fast. */
export class UsageServing {
  readonly #usage: Served;
  readonly #clock: Clock;
  readonly #askedRate: RateLimit;
  readonly #bytesRate: RateLimit;
  readonly #turns = new Turns({ most: ANSWERS_AT_ONCE, mostOfOne: 1 });

  constructor(options: { usage: Served; clock: Clock }) {
    this.#usage = options.usage;
    this.#clock = options.clock;
    this.#askedRate = new RateLimit({ clock: options.clock, ...ASKED_RATE });
    this.#bytesRate = new RateLimit({ clock: options.clock, ...BYTES_RATE });
  }

  /**
   * Whose summaries are held, in messages of bounded size; nothing where the asker would answer the same.
   * @throws FederationError `USAGE_TOO_MANY` for a node that asks again and again
   */
  *nodes(asker: NodeId, { held }: Asked<'usage'>): Generator<Response> {
    const marks = this.#usage.marks();
    if (held === digestOfMarks(marks)) {
      yield { type: 'usage', nodes: [], more: false };
      return;
    }
    if (!this.#askedRate.take(asker))
      throw new FederationError('USAGE_TOO_MANY', `${asker} asks for all usage summaries again and again.`);
    const nodes = [...marks].map(([node, mark]) => ({ node, mark }));
    for (let at = 0; at === 0 || at < nodes.length; at += limits.usageNodes) {
      const end = at + limits.usageNodes;
      yield { type: 'usage', nodes: nodes.slice(at, end), more: end < nodes.length };
    }
  }

  /** Of one node's summaries those that the asker lacks. */
  async *summaries(
    asker: NodeId,
    { node, known }: Asked<'summaries'>,
    signal: AbortSignal,
  ): AsyncGenerator<Response> {
    const others = new Map(known.map(({ month, revision, mark }) => [month, { revision, mark }]));
    const release = await this.#turn(asker, signal);
    try {
      let summaries: Uint8Array[] = [];
      for await (const summary of this.#usage.lackingIn(node, others)) {
        if (summaries.length === limits.summaries) {
          yield { type: 'summaries', summaries, more: true };
          summaries = [];
        }
        this.#bytesRate.spend(asker, summary.length);
        summaries.push(summary);
      }
      yield { type: 'summaries', summaries, more: false };
    } finally {
      release();
    }
  }

  /** Pages of the works of a month. */
  async *works(asker: NodeId, asked: Asked<'works'>, signal: AbortSignal): AsyncGenerator<Response> {
    const release = await this.#turn(asker, signal);
    try {
      const pages = await this.#usage.worksPages(asked, asked.page, limits.worksBytes);
      this.#bytesRate.spend(asker, pages?.reduce((sum, { length }) => sum + length, 0) ?? 0);
      yield pages === undefined ? { type: 'absent' } : { type: 'works', pages };
    } finally {
      release();
    }
  }

  /** The asker's turn, once it has waited for what it was given before. */
  async #turn(asker: NodeId, signal: AbortSignal): Promise<() => void> {
    const release = await this.#turns.take(asker);
    try {
      const wait = this.#bytesRate.spend(asker, 0);
      if (wait > 0) await this.#clock.sleep(wait, signal);
      return release;
    } catch (error) {
      release();
      throw error;
    }
  }
}

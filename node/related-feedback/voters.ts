import { createHmac, randomBytes } from 'node:crypto';
import { networkOf } from '../../vocab/address-network.ts';
import type { Clock } from '../clock.ts';
import { FeedbackError } from './errors.ts';

const DAY_MS = 86_400_000;
const KEY_BYTES = 32;
const HASH_CHARACTERS = 22;
/** A reading room may have one address for all. */
const MOST_OF_VOTER = 100;
/** Some megabytes of names. */
const MOST_IN_ALL = 20_000;

/**
 * Who has voted on what today, so that a vote is counted once and nobody can go on for ever.
 *
 * A voter is an address (of IPv6 the network, its first 64 bits, of which a household has one or more). Nothing of it is
 * kept: in memory, until the end of the UTC day, are hashes of it with a random key that is as old as the day (HMAC-SHA-256).
 */
export class Voters {
  readonly #clock: Pick<Clock, 'now'>;
  readonly #mostOfVoter: number;
  readonly #mostInAll: number;
  readonly #votes = new Set<string>();
  readonly #byVoter = new Map<string, number>();
  #day = -1;
  #key = randomBytes(KEY_BYTES);

  constructor(options: { clock: Pick<Clock, 'now'>; mostOfVoter?: number; mostInAll?: number }) {
    this.#clock = options.clock;
    this.#mostOfVoter = options.mostOfVoter ?? MOST_OF_VOTER;
    this.#mostInAll = options.mostInAll ?? MOST_IN_ALL;
  }

  /**
   * Notes a vote.
   * @returns whether it is the voter's first on the pair today
   * @throws FeedbackError `FEEDBACK_TOO_MANY`
   */
  take(address: string, pair: string): boolean {
    const now = this.#clock.now();
    this.#beginDay(Math.floor(now / DAY_MS));
    const network = networkOf(address);
    const vote = this.#name(`${pair} ${network}`);
    if (this.#votes.has(vote)) return false;
    const voter = this.#name(network);
    const before = this.#byVoter.get(voter) ?? 0;
    if (before >= this.#mostOfVoter || this.#votes.size >= this.#mostInAll) throw tooMany(now);
    this.#votes.add(vote);
    this.#byVoter.set(voter, before + 1);
    return true;
  }

  #beginDay(day: number): void {
    if (day === this.#day) return;
    this.#day = day;
    this.#key = randomBytes(KEY_BYTES);
    this.#votes.clear();
    this.#byVoter.clear();
  }

  #name(text: string): string {
    return createHmac('sha256', this.#key).update(text).digest('base64url').slice(0, HASH_CHARACTERS);
  }
}

function tooMany(now: number): FeedbackError {
  return new FeedbackError('FEEDBACK_TOO_MANY', 'As many votes were taken today as are.', {
    remedy: 'Vote again tomorrow.',
    details: { retryAfter: Math.ceil((DAY_MS - (now % DAY_MS)) / 1000) },
  });
}

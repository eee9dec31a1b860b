import * as dagCbor from '@ipld/dag-cbor';
import type { Clock } from '../clock.ts';
import { writeBatch, type Operation, type Section } from '../store/index.ts';
import { AccountError } from './errors.ts';
import { isLasting } from './lasting.ts';
import { lastOf, tokenKey, tokenRange } from './layout.ts';
import { digestOf, newId, newSecret } from './secrets.ts';

/** A person's key to the API, for a program of hers. It may what she may. */
export interface AccessToken {
  id: string;
  /** The id of the person. */
  person: string;
  /** What it is for, in her words. */
  name: string;
  /** Milliseconds since 1970. */
  since: number;
  expires: number;
}

/** How long a token may be good. */
export const TOKEN_DAYS = [30, 90, 365] as const;

const DAY_MS = 24 * 60 * 60_000;
const MOST_OF_ONE = 20;
const PREFIX = 'ngr_';

/** The tokens of all people, of which only digests are kept. */
export class AccessTokens {
  readonly #section: Section;
  readonly #clock: Clock;
  readonly #byDigest = new Map<string, AccessToken>();

  constructor({ section, clock }: { section: Section; clock: Clock }) {
    this.#section = section;
    this.#clock = clock;
  }

  async load(): Promise<void> {
    for await (const [key, bytes] of this.#section.iterator(tokenRange))
      this.#byDigest.set(lastOf(key), dagCbor.decode<AccessToken>(bytes));
  }

  of(person: string): AccessToken[] {
    return [...this.#byDigest.values()].filter((token) => token.person === person);
  }

  /**
   * Makes one. @returns with the secret, which is shown this once
   * @throws AccountError `ACCOUNT_TOO_MANY`
   */
  async make(person: string, name: string, days: number): Promise<AccessToken & { secret: string }> {
    if (this.of(person).length >= MOST_OF_ONE) {
      throw new AccountError('ACCOUNT_TOO_MANY', `A person has ${MOST_OF_ONE} tokens at the most.`, {
        remedy: 'Take back one that is not needed any more.',
      });
    }
    const secret = PREFIX + newSecret();
    const since = this.#clock.now();
    const token = { id: newId(), person, name, since, expires: since + days * DAY_MS };
    await this.#write([{ type: 'put', key: tokenKey(digestOf(secret)), value: dagCbor.encode(token) }]);
    this.#byDigest.set(digestOf(secret), token);
    return { ...token, secret };
  }

  /** Whose a secret is; undefined where it is none, or too old. */
  find(secret: string): AccessToken | undefined {
    const token = this.#byDigest.get(digestOf(secret));
    if (token === undefined) return undefined;
    const { since, expires } = token;
    return isLasting({ expires, lasts: expires - since, now: this.#clock.now() }) ? token : undefined;
  }

  /** @throws AccountError `ACCOUNT_UNKNOWN` */
  async takeBack(person: string, id: string): Promise<void> {
    const ended = await this.#end((token) => token.person === person && token.id === id);
    if (ended > 0) return;
    throw new AccountError('ACCOUNT_UNKNOWN', 'There is no such token.', {
      remedy: 'See your list of tokens.',
    });
  }

  async endAll(person: string): Promise<void> {
    await this.#end((token) => token.person === person);
  }

  async #end(isEnded: (token: AccessToken) => boolean): Promise<number> {
    const ended = [...this.#byDigest].filter(([, token]) => isEnded(token)).map(([digest]) => digest);
    if (ended.length > 0) await this.#write(ended.map((digest) => ({ type: 'del', key: tokenKey(digest) })));
    for (const digest of ended) this.#byDigest.delete(digest);
    return ended.length;
  }

  async #write(operations: readonly Operation[]): Promise<void> {
    await writeBatch(this.#section, operations, { durable: true });
  }
}

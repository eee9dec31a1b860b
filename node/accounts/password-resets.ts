import * as dagCbor from '@ipld/dag-cbor';
import type { Clock } from '../clock.ts';
import { writeBatch, type Operation, type Section } from '../store/index.ts';
import { AccountError } from './errors.ts';
import { isLasting } from './lasting.ts';
import { lastOf, resetKey, resetRange } from './layout.ts';
import { digestOf, newSecret } from './secrets.ts';

/** A link by which somebody sets a new password who does not know hers. */
interface PasswordReset {
  /** The id of the person. */
  person: string;
  /** Milliseconds since 1970. */
  expires: number;
}

const GOOD_FOR_MS = 60 * 60_000;

/** The links for new passwords that were not used yet, one a person at the most. Of their secrets the digests are kept. */
export class PasswordResets {
  readonly #section: Section;
  readonly #clock: Clock;
  readonly #byDigest = new Map<string, PasswordReset>();

  constructor({ section, clock }: { section: Section; clock: Clock }) {
    this.#section = section;
    this.#clock = clock;
  }

  async load(): Promise<void> {
    for await (const [key, bytes] of this.#section.iterator(resetRange))
      this.#byDigest.set(lastOf(key), dagCbor.decode<PasswordReset>(bytes));
  }

  /** A later link of one person takes the place of the earlier. @returns the secret of the link */
  async make(person: string): Promise<string> {
    await this.endAll(person);
    const secret = newSecret();
    const reset = { person, expires: this.#clock.now() + GOOD_FOR_MS };
    await this.#write([{ type: 'put', key: resetKey(digestOf(secret)), value: dagCbor.encode(reset) }]);
    this.#byDigest.set(digestOf(secret), reset);
    return secret;
  }

  /** Whose link it is. @throws AccountError `ACCOUNT_RESET_GONE` */
  of(secret: string): string {
    const reset = this.#byDigest.get(digestOf(secret));
    if (reset !== undefined && this.#isGood(reset)) return reset.person;
    throw new AccountError('ACCOUNT_RESET_GONE', 'The link has been used, or is too old.', {
      remedy: 'Ask for a new one.',
    });
  }

  /** Ends the link of a person, and those that are too old. */
  async endAll(person: string): Promise<void> {
    const ended = [...this.#byDigest]
      .filter(([, reset]) => reset.person === person || !this.#isGood(reset))
      .map(([digest]) => digest);
    for (const digest of ended) this.#byDigest.delete(digest);
    if (ended.length > 0) await this.#write(ended.map((digest) => ({ type: 'del', key: resetKey(digest) })));
  }

  #isGood({ expires }: PasswordReset): boolean {
    return isLasting({ expires, lasts: GOOD_FOR_MS, now: this.#clock.now() });
  }

  async #write(operations: readonly Operation[]): Promise<void> {
    await writeBatch(this.#section, operations, { durable: true });
  }
}

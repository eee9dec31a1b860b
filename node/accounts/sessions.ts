import * as dagCbor from '@ipld/dag-cbor';
import type { Clock } from '../clock.ts';
import { writeBatch, type Operation, type Section } from '../store/index.ts';
import { lastOf, sessionKey, sessionRange } from './layout.ts';
import { digestOf, newSecret } from './secrets.ts';

/** A person at a browser. */
interface Session {
  /** The id of the person. */
  person: string;
  /** Milliseconds since 1970. */
  since: number;
  /** When it was last used, to some minutes. */
  seen: number;
  /** When she has shown anew that it is she, by a login at another system. */
  proved?: number;
  /** The issuer of the login at another system by which she came in, or showed that it is she. */
  issuer?: string;
}

const IDLE_MS = 2 * 60 * 60_000;
export const LONGEST_MS = 12 * 60 * 60_000;
/** Use is noted so often on the disk. */
const NOTED_MS = 5 * 60_000;
const MOST_OF_ONE = 20;
/** For so long a proof is good. */
const PROVED_MS = 10 * 60_000;

/** Who is logged in. A session is known by the secret in the browser's cookie, of which only the digest is kept. */
export class Sessions {
  readonly #section: Section;
  readonly #clock: Clock;
  readonly #byDigest = new Map<string, Session>();

  constructor({ section, clock }: { section: Section; clock: Clock }) {
    this.#section = section;
    this.#clock = clock;
  }

  async load(): Promise<void> {
    for await (const [key, bytes] of this.#section.iterator(sessionRange))
      this.#byDigest.set(lastOf(key), dagCbor.decode<Session>(bytes));
    await this.#end((session) => !this.#lasts(session));
  }

  /**
   * Begins one. The eldest of a person who has too many ends.
   * @param issuer of the login at another system by which she comes in
   * @returns the secret for the cookie
   */
  async begin(person: string, issuer?: string): Promise<string> {
    const secret = newSecret();
    const now = this.#clock.now();
    const own = [...this.#byDigest].filter(([, session]) => session.person === person);
    const eldest = own
      .sort(([, a], [, b]) => a.since - b.since)
      .slice(0, Math.max(0, own.length - MOST_OF_ONE + 1));
    const session = { person, since: now, seen: now, ...(issuer !== undefined && { issuer }) };
    await this.#put(digestOf(secret), session);
    const digests = new Set(eldest.map(([digest]) => digest));
    await this.#end((session, digest) => digests.has(digest) || !this.#lasts(session));
    return secret;
  }

  /** The session of a cookie, which is used by that; undefined where there is none, or it has ended. */
  async of(secret: string): Promise<Session | undefined> {
    const digest = digestOf(secret);
    const session = this.#byDigest.get(digest);
    if (session === undefined || !this.#lasts(session)) return undefined;
    const now = this.#clock.now();
    if (now - session.seen < NOTED_MS) return session;
    const used = { ...session, seen: now };
    await this.#put(digest, used);
    return used;
  }

  /** Notes that who is logged in has shown anew that it is she, by a login of that issuer. */
  async prove(secret: string, issuer: string): Promise<void> {
    const session = await this.of(secret);
    if (session === undefined) return;
    await this.#put(digestOf(secret), { ...session, proved: this.#clock.now(), issuer });
  }

  isProved({ proved }: Session): boolean {
    return proved !== undefined && Math.abs(this.#clock.now() - proved) < PROVED_MS;
  }

  /** @returns the session that has ended */
  async end(secret: string): Promise<Session | undefined> {
    const ended = digestOf(secret);
    const session = this.#byDigest.get(ended);
    await this.#end((_, digest) => digest === ended);
    return session;
  }

  /** Ends all of a person: the password or the rights are others now. */
  async endAll(person: string): Promise<void> {
    await this.#end((session) => session.person === person);
  }

  /** One that begins in the future was begun when the clock was wrong, and is not to last until then. */
  #lasts({ since, seen }: Session): boolean {
    const now = this.#clock.now();
    return Math.abs(now - since) < LONGEST_MS && Math.abs(now - seen) < IDLE_MS;
  }

  async #put(digest: string, session: Session): Promise<void> {
    this.#byDigest.set(digest, session);
    const value = dagCbor.encode(session);
    await writeBatch(this.#section, [{ type: 'put', key: sessionKey(digest), value }], { durable: false });
  }

  async #end(isEnded: (session: Session, digest: string) => boolean): Promise<void> {
    const operations: Operation[] = [];
    for (const [digest, session] of this.#byDigest) {
      if (!isEnded(session, digest)) continue;
      this.#byDigest.delete(digest);
      operations.push({ type: 'del', key: sessionKey(digest) });
    }
    // On the disk itself: what has ended is not to come back by a crash.
    if (operations.length > 0) await writeBatch(this.#section, operations, { durable: true });
  }
}

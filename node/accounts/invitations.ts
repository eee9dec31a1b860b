import * as dagCbor from '@ipld/dag-cbor';
import type { Clock } from '../clock.ts';
import { writeBatch, type Operation, type Section } from '../store/index.ts';
import { AccountError } from './errors.ts';
import { isLasting } from './lasting.ts';
import { invitationKey, invitationRange, lastOf } from './layout.ts';
import type { Role } from './rights.ts';
import { digestOf, newId, newSecret } from './secrets.ts';

/** An account that waits for somebody to take it. */
export interface Invitation {
  id: string;
  mail: string;
  name: string;
  role: Role;
  /** Milliseconds since 1970. */
  expires: number;
}

const MOST = 200;
const LONGEST_MS = 7 * 24 * 60 * 60_000;

/** The invitations that were not taken yet. The link of one holds its secret, of which only the digest is kept. */
export class Invitations {
  readonly #section: Section;
  readonly #clock: Clock;
  readonly #byDigest = new Map<string, Invitation>();

  constructor({ section, clock }: { section: Section; clock: Clock }) {
    this.#section = section;
    this.#clock = clock;
  }

  async load(): Promise<void> {
    for await (const [key, bytes] of this.#section.iterator(invitationRange))
      this.#byDigest.set(lastOf(key), dagCbor.decode<Invitation>(bytes));
  }

  get open(): Invitation[] {
    return [...this.#byDigest.values()].filter((invitation) => this.#isGood(invitation));
  }

  /**
   * A later invitation of one address takes the place of the earlier.
   * @param withinMs for how long it is good; a week, if not given, and at the most
   * @returns with the secret of its link
   */
  async make(
    invited: Omit<Invitation, 'id' | 'expires'>,
    withinMs = LONGEST_MS,
  ): Promise<Invitation & { secret: string }> {
    await this.#end((invitation) => invitation.mail === invited.mail || !this.#isGood(invitation));
    if (this.#byDigest.size >= MOST) {
      throw new AccountError('ACCOUNT_TOO_MANY', `${MOST} invitations wait already.`, {
        remedy: 'Take back those that are not needed any more.',
      });
    }
    const secret = newSecret();
    const invitation = { id: newId(), ...invited, expires: this.#clock.now() + withinMs };
    const digest = digestOf(secret);
    await this.#write([{ type: 'put', key: invitationKey(digest), value: dagCbor.encode(invitation) }]);
    this.#byDigest.set(digest, invitation);
    return { ...invitation, secret };
  }

  /** @throws AccountError `ACCOUNT_INVITATION_GONE` */
  of(secret: string): Invitation {
    const invitation = this.#byDigest.get(digestOf(secret));
    if (invitation !== undefined && this.#isGood(invitation)) return invitation;
    throw new AccountError(
      'ACCOUNT_INVITATION_GONE',
      'The invitation has been used, taken back, or is too old.',
      {
        remedy: 'Ask who invited you for another one.',
      },
    );
  }

  /** @throws AccountError `ACCOUNT_UNKNOWN` */
  async end(id: string): Promise<void> {
    if ((await this.#end((invitation) => invitation.id === id)) > 0) return;
    throw new AccountError('ACCOUNT_UNKNOWN', 'There is no such invitation.', {
      remedy: 'See the list of people.',
    });
  }

  #isGood({ expires }: Invitation): boolean {
    return isLasting({ expires, lasts: LONGEST_MS, now: this.#clock.now() });
  }

  async #end(isEnded: (invitation: Invitation) => boolean): Promise<number> {
    const ended = [...this.#byDigest].filter(([, one]) => isEnded(one)).map(([digest]) => digest);
    for (const digest of ended) this.#byDigest.delete(digest);
    if (ended.length > 0)
      await this.#write(ended.map((digest) => ({ type: 'del', key: invitationKey(digest) })));
    return ended.length;
  }

  async #write(operations: readonly Operation[]): Promise<void> {
    await writeBatch(this.#section, operations, { durable: true });
  }
}

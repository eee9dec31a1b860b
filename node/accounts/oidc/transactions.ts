import { randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client';
import { networkOf } from '../../../vocab/address-network.ts';
import type { Clock } from '../../clock.ts';
import { AccountError } from '../errors.ts';
import { isLasting } from '../lasting.ts';
import { digestOf, newSecret } from '../secrets.ts';

/** What somebody is sent to another system for, and the language that she had chosen. */
export type Purpose = { language: string | undefined } & (
  | /** To log in, and to go on at a page; or to take an invitation, of which the secret is given. */
    { to: 'log-in'; next: string; invitation: string | undefined }
  /** To log in by it from now on; or to show anew that it is she who is logged in. */
  | { to: 'link' | 'prove'; person: string }
);

/** A login that was begun here and has to come back. */
export interface Transaction {
  provider: string;
  purpose: Purpose;
  state: string;
  nonce: string;
  /** PKCE's `code_verifier`. */
  verifier: string;
  expires: number;
}

export const GOOD_FOR_MS = 10 * 60_000;
const MOST = 2_000;
const MOST_OF_AN_ADDRESS = 20;

/**
 * The logins that are under way, in memory. Each is known by the secret in a cookie of the browser that began it, so that no other
 * can bring it to its end, and is taken out when it comes back, whatever becomes of it. Of too many the eldest go, those of the
 * same address first.
 */
export class Transactions {
  readonly #clock: Clock;
  /** The eldest first. */
  readonly #open = new Map<string, Transaction & { network: string }>();

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock;
  }

  /** @returns with the secret for the cookie */
  begin(provider: string, purpose: Purpose, from: string): { transaction: Transaction; secret: string } {
    const network = networkOf(from);
    this.#makeRoom(network);
    const transaction = {
      provider,
      purpose,
      state: randomState(),
      nonce: randomNonce(),
      verifier: randomPKCECodeVerifier(),
      expires: this.#clock.now() + GOOD_FOR_MS,
      network,
    };
    const secret = newSecret();
    this.#open.set(digestOf(secret), transaction);
    return { transaction, secret };
  }

  /** @throws AccountError `ACCOUNT_LOGIN_GONE` */
  end(provider: string, secret: string | undefined): Transaction {
    const digest = digestOf(secret ?? '');
    const transaction = this.#open.get(digest);
    this.#open.delete(digest);
    if (transaction?.provider === provider && this.#isUnderWay(transaction)) return transaction;
    const what = 'The login was begun too long ago or in another browser, or has come back already.';
    throw new AccountError('ACCOUNT_LOGIN_GONE', what, { remedy: 'Log in again.' });
  }

  #isUnderWay({ expires }: Transaction): boolean {
    return isLasting({ expires, lasts: GOOD_FOR_MS, now: this.#clock.now() });
  }

  #makeRoom(network: string): void {
    const own: string[] = [];
    for (const [digest, transaction] of this.#open) {
      if (!this.#isUnderWay(transaction)) this.#open.delete(digest);
      else if (transaction.network === network) own.push(digest);
    }
    const [eldest = this.#open.keys().next().value ?? ''] = own;
    if (own.length >= MOST_OF_AN_ADDRESS || this.#open.size >= MOST) this.#open.delete(eldest);
  }
}

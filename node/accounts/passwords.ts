import { AccountError } from './errors.ts';

/** NIST SP 800-63B §3.1.1: length counts; which characters does not. */
const SHORTEST = 12;
const LONGEST = 200;
/** Each takes 19 MB and a core for some 30 ms. */
const AT_ONCE = 2;
const MOST_WAITING = 20;

/** Of no password: what is checked where there is no account, so that its absence takes as long. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$qMQJ8/nZnOi9jwJKtrvxfA$M+lERYbHQJk7Pvo27L8etNC+TdHj8W5cASMjDbDWatA';

/** @throws AccountError `ACCOUNT_PASSWORD` */
export function checkPassword(password: string, person: { mail: string; name: string }): void {
  const { length } = password;
  const said = password.toLowerCase();
  const isOwn = [person.mail, person.mail.split('@')[0], person.name].some(
    (own) => own !== undefined && said === own.toLowerCase(),
  );
  if (length >= SHORTEST && length <= LONGEST && new Set(password).size > 3 && !isOwn) return;
  throw new AccountError('ACCOUNT_PASSWORD', 'The password will not do.', {
    remedy: `Take ${SHORTEST} to ${LONGEST} characters that are neither your name nor your address: some words are easy to remember.`,
  });
}

/** Hashes and checks passwords (argon2id, RFC 9106), a few at once. */
export class Passwords {
  #running = 0;
  readonly #waiting: (() => void)[] = [];

  async hash(password: string): Promise<string> {
    const { hash } = await import('@node-rs/argon2');
    return await this.#inTurn(() => hash(password.normalize('NFC')));
  }

  /** Whether a password is the one that was hashed; never, where there is no hash, but not sooner. */
  async isRight(password: string, hashed: string | undefined): Promise<boolean> {
    if (password.length > LONGEST * 4) return false;
    const { verify } = await import('@node-rs/argon2');
    const isSame = await this.#inTurn(() => verify(hashed ?? NOBODY, password.normalize('NFC')));
    return isSame && hashed !== undefined;
  }

  /** @throws AccountError `ACCOUNT_BUSY` */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.#waiting.length >= MOST_WAITING) {
      throw new AccountError('ACCOUNT_BUSY', 'Too many people log in at this moment.', {
        remedy: 'Try again in a moment.',
        details: { retryAfter: 5 },
      });
    }
    if (this.#running >= AT_ONCE) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}

import { createHash } from 'node:crypto';

const MOST = 100_000;

/** Tokens of one list, as digests; the oldest are forgotten, so that an endless list costs no endless memory. */
export class UsedTokens {
  readonly #digests = new Set<string>();

  has(token: string): boolean {
    return this.#digests.has(digest(token));
  }

  add(token: string): void {
    this.#digests.add(digest(token));
    if (this.#digests.size <= MOST) return;
    const [oldest] = this.#digests;
    if (oldest !== undefined) this.#digests.delete(oldest);
  }
}

function digest(token: string): string {
  return createHash('sha256').update(token).digest('base64').slice(0, 22);
}

import type { Context } from 'koa';
import type { Site } from '../http/index.ts';

/**
 * A cookie of the dashboard. On https it has the prefix by which browsers take it from this very host only, over TLS
 * (RFC 6265bis §4.1.3.2); no script reads it, and no other site's form sends it along.
 */
export class OwnCookie {
  readonly #name: string;
  readonly #seconds: number;
  readonly #isSecure: boolean;

  /** @param seconds for how long browsers keep it */
  constructor({ base }: Pick<Site, 'base'>, { name, seconds }: { name: string; seconds: number }) {
    this.#isSecure = base.startsWith('https:');
    this.#name = this.#isSecure ? `__Host-ngr-${name}` : `ngr-${name}`;
    this.#seconds = seconds;
  }

  read(ctx: Context): string | undefined {
    for (const pair of (ctx.req.headers.cookie ?? '').split(';')) {
      const [name, value] = pair.trim().split('=', 2);
      if (name === this.#name && value !== undefined && /^[\w.-]{20,100}$/.test(value)) return value;
    }
    return undefined;
  }

  give(ctx: Context, secret: string): void {
    this.#set(ctx, secret, this.#seconds);
  }

  take(ctx: Context): void {
    this.#set(ctx, '', 0);
  }

  #set(ctx: Context, value: string, seconds: number): void {
    const secure = this.#isSecure ? '; Secure' : '';
    ctx.append(
      'Set-Cookie',
      `${this.#name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`,
    );
  }
}

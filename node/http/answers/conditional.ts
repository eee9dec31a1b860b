import { createHash } from 'node:crypto';
import type { Context } from 'koa';

/** What tells whether a client's copy is still the one that would be sent (RFC 9110, section 8.8). */
export interface Validators {
  /** With its quotes. */
  etag: string;
  /** Milliseconds since 1970; not there where a page depends on more than one thing. */
  modified?: number;
}

/** A strong entity tag for bytes whose content nothing else identifies. */
export function etagOf(body: string | Uint8Array): string {
  return `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
}

/**
 * Sets `ETag` and `Last-Modified`, and answers 304 where the client has the representation already.
 * @returns whether 304 was answered
 */
export function answerNotModified(ctx: Context, validators: Validators): boolean {
  const { etag, modified } = validators;
  ctx.set('ETag', etag);
  if (modified !== undefined) ctx.set('Last-Modified', httpDate(modified));
  if (!isNotModified(ctx, validators)) return false;
  ctx.status = 304;
  return true;
}

/** A time of milliseconds since 1970 as HTTP writes it (RFC 9110, section 5.6.7). */
export function httpDate(time: number): string {
  return new Date(time).toUTCString();
}

/**
 * Whether the client has the representation already. `If-None-Match` decides where it is there, else
 * `If-Modified-Since` (RFC 9110, section 13.2.2).
 */
export function isNotModified(ctx: Context, { etag, modified }: Validators): boolean {
  const { 'if-none-match': noneMatch, 'if-modified-since': since } = ctx.req.headers;
  if (noneMatch !== undefined) {
    if (noneMatch === etag || noneMatch.trim() === '*') return true;
    // Weak comparison (section 8.8.3.2): a `W/` in front does not count.
    const tags: readonly string[] = noneMatch.match(/"[^"]*"/g) ?? [];
    return tags.includes(etag);
  }
  if (since === undefined || modified === undefined) return false;
  const time = Date.parse(since);
  return !Number.isNaN(time) && Math.floor(modified / 1000) * 1000 <= time;
}

import { createHash, timingSafeEqual } from 'node:crypto';
import ipaddr from 'ipaddr.js';
import type { Context } from 'koa';
import { HttpError } from '../errors.ts';

/** A repository that sends its events. */
export interface TrackerSite {
  name: string;
  /** What it sends with each of them. */
  key: string;
}

/** Whoever sends from the node's own machine where no sites are named. */
export const THIS_MACHINE = 'this machine';

/** What a proxy adds, and nobody else. */
const FORWARDED = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'via'] as const;

/**
 * Who may send usage events: repositories by their keys; where none is named, only programs on the same machine. An event
 * cannot be told from an invented one, so nobody else is believed.
 */
export class Senders {
  readonly #sites: readonly { name: string; digest: Buffer }[];
  readonly #trustProxy: boolean;

  constructor({ sites, trustProxy }: { sites: readonly TrackerSite[]; trustProxy: boolean }) {
    this.#sites = sites.map(({ name, key }) => ({ name, digest: digestOf(key) }));
    this.#trustProxy = trustProxy;
  }

  /**
   * The name of who sends the request.
   *
   * @param where.path the key that stands in the path, where one does
   * @param where.form the fields of the request's body, where it has any
   * @throws HttpError `TRACKER_KEY_MISSING`, `TRACKER_KEY_UNKNOWN` (401) · `TRACKER_NOT_LOCAL` (403)
   */
  of(ctx: Context, where: { path?: string | undefined; form?: URLSearchParams } = {}): string {
    if (this.#sites.length > 0) return this.#byKey(ctx, keyIn(ctx, where));
    if (!this.#isLocal(ctx)) throw notLocal();
    return THIS_MACHINE;
  }

  /** All keys are compared, by digests and in constant time, so that none can be found out by measuring. */
  #byKey(ctx: Context, given: string | undefined): string {
    if (given === undefined) {
      ctx.set('WWW-Authenticate', 'Bearer');
      throw keyRefused('TRACKER_KEY_MISSING', 'The request has no site_key.');
    }
    const digest = digestOf(given);
    let name: string | undefined;
    for (const site of this.#sites) if (timingSafeEqual(digest, site.digest)) name ??= site.name;
    if (name === undefined) {
      ctx.set('WWW-Authenticate', 'Bearer error="invalid_token"');
      throw keyRefused('TRACKER_KEY_UNKNOWN', 'The site_key is none of those in usage.sites.');
    }
    return name;
  }

  /**
   * Behind a proxy that the operator has not told of, everybody seems to come from the machine on which it runs; and what another
   * process has handed on is local to that one at the most.
   */
  #isLocal(ctx: Context): boolean {
    if (ctx.state['isForwarded'] === true) return false;
    const isForwarded = FORWARDED.some((name) => ctx.req.headers[name] !== undefined);
    if (isForwarded && !this.#trustProxy) return false;
    return ipaddr.isValid(ctx.ip) && ipaddr.process(ctx.ip).range() === 'loopback';
  }
}

/**
 * `Authorization: Bearer …` (RFC 6750, section 2.1), the parameter, or the end of the path: DSpace puts its own `?` behind
 * the address that it is told, and EPrints takes away what stands behind one.
 */
function keyIn(
  ctx: Context,
  { path, form }: { path?: string | undefined; form?: URLSearchParams },
): string | undefined {
  const [, bearer] = /^Bearer +(\S+)$/i.exec(ctx.get('Authorization')) ?? [];
  const parameter = form?.get('site_key') ?? new URLSearchParams(ctx.querystring).get('site_key');
  const given = bearer ?? path ?? parameter ?? '';
  return given === '' ? undefined : given;
}

function keyRefused(code: string, detail: string): HttpError {
  return new HttpError(401, code, 'Usage events need the key of a site', detail, {
    remedy:
      'Send the key that stands in usage.sites as the parameter site_key, or as “Authorization: Bearer …”.',
  });
}

function notLocal(): HttpError {
  const detail = 'No sites are named in usage.sites, so events are taken from the machine of the node only.';
  return new HttpError(403, 'TRACKER_NOT_LOCAL', 'Usage events are not taken from there', detail, {
    remedy: 'Give the repository a name and a key in usage.sites, and have it send the key as site_key.',
  });
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

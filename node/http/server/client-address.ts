import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import type { Middleware } from 'koa';
import { LRUCache } from 'lru-cache';

/** A port, or a name in its place, that a proxy has put behind an address (RFC 7239, section 6). */
const PORT = String.raw`(?::(?:\d{1,5}|_[\w.-]+))?`;
const IN_BRACKETS = new RegExp(String.raw`^\[(.+)\]${PORT}$`);
const OF_IPV4 = new RegExp(String.raw`^(\d+\.\d+\.\d+\.\d+)${PORT}$`);
/** One parameter of an element of `Forwarded` (RFC 7239, section 4): its name, and its value, quoted or not. */
const PAIR = String.raw`([\w.!#$%&'*+^|~-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*))`;
/** The last element. It is looked for from the end: what stands before it may have quotes that nobody closed. */
const LAST_ELEMENT = new RegExp(String.raw`(?:^|,)\s*(${PAIR}(?:\s*;\s*${PAIR})*)\s*$`);
/** The unspecified address (RFC 4291, section 2.5.2), which nobody has, for clients of whom a proxy does not tell theirs. */
const NOT_TOLD = '::';
/** Kinds of addresses that a request from outside has; in those of 6to4 (RFC 3056) public ones of IPv4 stand. */
const OUTSIDE: ReadonlySet<string> = new Set(['unicast', '6to4', 'teredo', 'unspecified']);

/**
 * The client's address as a proxy tells it that is trusted: the last one of `X-Forwarded-For`, or where that is not there of `Forwarded`
 * (RFC 7239). Only the last is from the operator's own proxy; those before it anyone can write. A port behind it is left out.
 *
 * @returns `::` where the header tells none: `unknown`, a hidden name, or what is no address; undefined where neither is there
 */
export function clientAddress(headers: IncomingHttpHeaders): string | undefined {
  const { 'x-forwarded-for': forwardedFor, forwarded } = headers;
  if (forwardedFor !== undefined) return bareAddress(String(forwardedFor).split(',').at(-1)?.trim() ?? '');
  if (forwarded === undefined) return undefined;
  const [, element = ''] = LAST_ELEMENT.exec(forwarded) ?? [];
  for (const [, name = '', quoted, plain = ''] of element.matchAll(new RegExp(PAIR, 'g')))
    if (name.toLowerCase() === 'for') return bareAddress(quoted ?? plain);
  return NOT_TOLD;
}

/**
 * Behind a trusted proxy a request is of the client that the proxy names; without such a header, of who sends it. `ctx.ip` is an
 * address in any case, since whatever is bounded by addresses would let through what is none. Clients that the proxy does not tell are
 * held to what one may do, and are never taken for the proxy's own machine.
 */
export const ofProxiedClient: Middleware = (ctx, next) => {
  ctx.request.ip = clientAddress(ctx.req.headers) ?? ctx.req.socket.remoteAddress ?? '';
  return next();
};

/**
 * Whether an address is one of the internet. Of a proxy that the node was not told of (`http.trustProxy`) all readers have one inside,
 * and whoever is on the institution's own network has nearer ways to be a nuisance: those are not held back.
 */
export function isOutside(address: string): boolean {
  let answer = outside.get(address);
  if (answer === undefined) {
    answer = ipaddr.isValid(address) && OUTSIDE.has(ipaddr.process(address).range());
    outside.set(address, answer);
  }
  return answer;
}

/** With every request it is asked again of the same few, and to take an address apart is a good part of an answer. */
const outside = new LRUCache<string, boolean>({ max: 1_000 });

function bareAddress(text: string): string {
  const address = IN_BRACKETS.exec(text)?.[1] ?? OF_IPV4.exec(text)?.[1] ?? text;
  return isIP(address) === 0 ? NOT_TOLD : address;
}

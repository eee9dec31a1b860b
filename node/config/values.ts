import { multiaddr } from '@multiformats/multiaddr';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';
import { NETWORK_NAME, publicKeyOfNodeId } from '../../protocols/heads/index.ts';

/*
 * The kinds of value that settings have. The message of each says what is allowed, as it goes on from "it has to be …".
 */

const MAX_TEXT = 300;
const MAX_URL = 2000;
/** The addresses of records go on behind it; heads of feeds allow as much (`protocols/heads/head.ts`). */
const MAX_BASE_URL = 500;

export function text(max = MAX_TEXT): z.ZodString {
  const words = `a text of 1 to ${max} characters`;
  return z.string(words).trim().min(1, words).max(max, words);
}

/** Where a file or a folder lies on this machine. */
export function path(): z.ZodString {
  return text(4000);
}

export function wholeNumber(min: number, max: number): z.ZodInt {
  const words = `a whole number from ${min} to ${max}`;
  return z.int(words).min(min, words).max(max, words);
}

export function number(min: number, max: number): z.ZodNumber {
  const words = `a number from ${min} to ${max}`;
  return z.number(words).min(min, words).max(max, words);
}

export function yesOrNo(): z.ZodBoolean {
  return z.boolean('true or false');
}

export function oneOf<const T extends readonly [string, ...string[]]>(
  values: T,
): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(values, `one of ${values.map((value) => `"${value}"`).join(', ')}`);
}

export function matching(pattern: RegExp, words: string): z.ZodString {
  return z.string(words).max(MAX_TEXT, words).regex(pattern, words);
}

export function listOf<T extends z.ZodType>(item: T, words: string, max = 1000): z.ZodArray<T> {
  return z.array(item, words).max(max, `${words} (at most ${max})`);
}

/** A name by which commands and lists know a part of the configuration. */
export function name(): z.ZodString {
  return matching(/^[\p{L}\p{N}][\p{L}\p{N} ._:-]{0,99}$/u, 'a name of letters, digits, spaces and . _ : -');
}

/** An HTTP address, given back as it was written. */
export function httpUrl(words = 'an address that starts with http:// or https://'): z.ZodString {
  return z
    .string(words)
    .max(MAX_URL, words)
    .refine((value) => isHttpUrl(value), words);
}

/**
 * The issuer of another system's logins (OpenID Connect Core 1.0, section 2): https, and http on this very machine only, where nobody
 * listens in between.
 */
export function issuer(): z.ZodString {
  const words = 'an address that starts with https://, without ? and # (http:// on this machine only)';
  return z
    .string(words)
    .max(MAX_URL, words)
    .refine((value) => {
      if (!isHttpUrl(value) || /[?#]/.test(value)) return false;
      const { protocol, hostname } = new URL(value);
      return protocol === 'https:' || /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
    }, words);
}

/** The name of an environment variable. */
export function variable(): z.ZodString {
  return matching(/^[A-Za-z_][A-Za-z0-9_]{0,99}$/, 'the name of an environment variable');
}

/** An address under which other addresses are built: without query and fragment, kept without a slash at its end. */
export function baseUrl(): z.ZodType<string, string> {
  const words = 'an address like https://node.example.edu, without ? and #';
  return z
    .string(words)
    .max(MAX_BASE_URL, words)
    .refine((value) => isHttpUrl(value) && !/[?#]/.test(value), words)
    .overwrite((value) => value.replace(/\/+$/, ''));
}

export function nodeId(): z.ZodString {
  const words = "a node's id, which starts with 12D3Koo";
  return z
    .string(words)
    .max(MAX_TEXT, words)
    .refine((value) => publicKeyOfNodeId(value) !== undefined, words);
}

/** The name of a network of nodes, as their heads and the topics of gossip have it. */
export function networkName(): z.ZodString {
  return matching(NETWORK_NAME, 'a name of letters, digits, dots, hyphens and underscores, at most 63 long');
}

/** Where a store lies in a PostgreSQL; `node/store/postgres` reads what it says. */
export function storeUrl(): z.ZodString {
  const words = 'an address like postgres://user@host/database';
  return z
    .string(words)
    .max(MAX_URL, words)
    .regex(/^postgres(?:ql)?:\/\/./i, words);
}

/** A libp2p address that can be dialled: it ends in the peer's id. */
export function peerAddress(): z.ZodString {
  const words = 'a libp2p address like /ip4/192.0.2.1/tcp/4001/p2p/12D3Koo…';
  return z
    .string(words)
    .max(MAX_TEXT, words)
    .refine((value) => isPeerAddress(value), words);
}

/** A libp2p address to tell others: where the node is reached, without its id or with it. */
export function announcedAddress(): z.ZodString {
  const words = 'a libp2p address like /dns4/node.example.edu/tcp/4001';
  return z
    .string(words)
    .max(MAX_TEXT, words)
    .refine((value) => isMultiaddr(value), words);
}

/** An IP address, or a range of them as `192.0.2.0/24`. */
export function ipRange(): z.ZodString {
  const words = 'an IP address such as 192.0.2.7, or a range such as 192.0.2.0/24';
  return z
    .string(words)
    .max(MAX_TEXT, words)
    .refine((value) => ipaddr.isValid(value) || ipaddr.isValidCIDR(value), words);
}

function isHttpUrl(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}

function isMultiaddr(value: string): boolean {
  try {
    return multiaddr(value).getComponents().length > 1;
  } catch {
    return false;
  }
}

function isPeerAddress(value: string): boolean {
  try {
    const last = multiaddr(value).getComponents().at(-1);
    return last?.name === 'p2p' && last.value !== undefined;
  } catch {
    return false;
  }
}

import ipaddr from 'ipaddr.js';
import { OpenUrlError } from './errors.ts';
import { instantOf } from './timestamp.ts';

/** One usage event as a repository's tracker sends it. */
export interface TrackerHit {
  /**
   * What the item is called, likeliest first: `rft.artnum`, by the protocol its OAI identifier, then `rft_id`, where
   * OpenURL itself has a DOI or handle. Empty where only `svc_dat` tells.
   */
  names: readonly string[];
  /** `rft_dat`: the item's page was seen, or a file of it was asked for. */
  kind: 'investigation' | 'request';
  /** `url_tim`, in milliseconds since 1970. */
  time: number;
  /** `req_id`: the reader's IP address, in its canonical form. */
  address: string;
  /** `req_dat`: the reader's agent; empty where she sent none. */
  userAgent: string;
  /** `svc_dat`: URL of the page or file. */
  fileUrl?: string;
}

const VERSION = 'Z39.88-2004';

/** Characters that a value may have at most, decoded. */
const maxLengths: Readonly<Record<string, number>> = {
  url_ver: 20,
  url_tim: 40,
  req_id: 100,
  req_dat: 2_000,
  'rft.artnum': 500,
  rft_id: 500,
  rfr_dat: 4_000,
  rfr_id: 300,
  svc_dat: 2_000,
  rft_dat: 20,
};
/** `rft_id` may be there once for each identifier (Z39.88-2004, section 5.2.1). */
const MOST_IDENTIFIERS = 5;

// oxlint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u001f\u007f]/;

/**
 * Reads the query of an OpenURL 1.0 in key/value form (ANSI/NISO Z39.88-2004) as repositories send it to a usage tracker:
 * the IRUS Tracker Protocol for COUNTER R5 (Jisc, 2021), and the one for R4 (v3.2, 2014), which knows no `rft_dat`, sends
 * file requests only and writes addresses as `urn:ip:…`. Keys that the protocol does not name are passed over.
 *
 * Of what the protocol calls mandatory, version, time, address and item have to be there: without them nothing can be
 * counted. `rfr_dat` and `rfr_id` count nothing, and software in use leaves them out or empty, as it does with `req_dat`.
 *
 * @throws OpenUrlError `OPENURL_BAD_VERSION` · `OPENURL_NO_ITEM` · `OPENURL_BAD_KIND` · `OPENURL_BAD_TIME` ·
 *   `OPENURL_BAD_ADDRESS` · `OPENURL_BAD_URL` · `OPENURL_REPEATED_KEY` · `OPENURL_TOO_LONG`
 */
export function parseTrackerHit(params: URLSearchParams): TrackerHit {
  if (valueOf(params, 'url_ver') !== VERSION)
    throw refused('OPENURL_BAD_VERSION', `url_ver is not ${VERSION}`);
  const names = namesIn(params);
  const fileUrl = valueOf(params, 'svc_dat');
  if (names.length === 0 && fileUrl === undefined)
    throw refused('OPENURL_NO_ITEM', 'rft.artnum holds no OAI identifier');
  valueOf(params, 'rfr_dat');
  valueOf(params, 'rfr_id');
  return {
    names,
    kind: kindOf(valueOf(params, 'rft_dat')),
    time: timeOf(valueOf(params, 'url_tim')),
    address: addressOf(valueOf(params, 'req_id')),
    userAgent: valueOf(params, 'req_dat') ?? '',
    ...(fileUrl !== undefined && { fileUrl: urlOf(fileUrl) }),
  };
}

function namesIn(params: URLSearchParams): string[] {
  const artnum = valueOf(params, 'rft.artnum');
  const identifiers = params.getAll('rft_id');
  if (identifiers.length > MOST_IDENTIFIERS)
    throw refused('OPENURL_REPEATED_KEY', `rft_id is there more than ${MOST_IDENTIFIERS} times`);
  for (const identifier of identifiers) bounded('rft_id', identifier);
  const names = [artnum ?? '', ...identifiers.map((text) => text.trim())].filter((name) => name !== '');
  if (names.some((name) => controlCharacter.test(name)))
    throw refused('OPENURL_NO_ITEM', 'the identifier of the item has control characters');
  return names;
}

/** The value without space around it; undefined where it is absent or empty. */
function valueOf(params: URLSearchParams, key: string): string | undefined {
  const [value, ...more] = params.getAll(key);
  if (more.length > 0) throw refused('OPENURL_REPEATED_KEY', `${key} is there more than once`);
  if (value === undefined) return undefined;
  bounded(key, value);
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

function bounded(key: string, value: string): void {
  const most = maxLengths[key] ?? 0;
  if (value.length > most) throw refused('OPENURL_TOO_LONG', `${key} is longer than ${most} characters`);
}

/** R4 has no such key, and sends requests only. */
function kindOf(value: string | undefined): TrackerHit['kind'] {
  switch (value?.toLowerCase()) {
    case undefined:
    case 'request':
      return 'request';
    case 'investigation':
      return 'investigation';
    default:
      throw refused('OPENURL_BAD_KIND', 'rft_dat is neither Request nor Investigation');
  }
}

function timeOf(value: string | undefined): number {
  const time = value === undefined ? undefined : instantOf(value);
  if (time === undefined)
    throw refused('OPENURL_BAD_TIME', 'url_tim is not a time as 2026-11-21T07:31:00Z, or not there');
  return time;
}

/** One reader is one user, in whichever form the address is written, so it is counted in one. */
function addressOf(value = ''): string {
  const address = value.replace(/^urn:ip:/i, '');
  if (ipaddr.IPv4.isValidFourPartDecimal(address)) return ipaddr.IPv4.parse(address).toString();
  // A zone (`%eth0`) is of the machine that wrote it, and would make many of one.
  if (!address.includes('%') && ipaddr.IPv6.isValid(address)) return ipaddr.process(address).toString();
  throw refused('OPENURL_BAD_ADDRESS', 'req_id is not an IP address, or not there');
}

function urlOf(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw refused('OPENURL_BAD_URL', 'svc_dat is not an http or https URL');
  return url.href;
}

function refused(code: string, problem: string): OpenUrlError {
  return new OpenUrlError(code, `The usage event is refused: ${problem}.`, {
    remedy: 'Check the tracker settings of the repository software against the IRUS Tracker Protocol.',
  });
}

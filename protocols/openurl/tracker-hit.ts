import { isIP } from 'node:net';
import { OpenUrlError } from './errors.ts';

/** One usage event as a repository's tracker sends it. */
export interface TrackerHit {
  /** `rft.artnum`: the item, by its OAI identifier. */
  oaiIdentifier: string;
  /** `rft_dat`: the item's page was seen, or a file of it was asked for. */
  kind: 'investigation' | 'request';
  /** `url_tim`, in milliseconds since 1970; absent where the tracker left it out. */
  time?: number;
  /** `req_id`: the user's IP address. */
  address?: string;
  /** `req_dat`: the user's agent. */
  userAgent?: string;
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
  rfr_dat: 4_000,
  rfr_id: 300,
  svc_dat: 2_000,
  rft_dat: 20,
};

const timestamp = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/;
// oxlint-disable-next-line no-control-regex
const controlCharacter = /[\u0000-\u001f\u007f]/;

/**
 * Reads the query of an OpenURL 1.0 in key/value form (ANSI/NISO Z39.88-2004) as repositories send it to a usage tracker:
 * the IRUS Tracker Protocol for COUNTER R5 (Jisc, 2021), and the one for R4 (v3.2, 2014), which knows no `rft_dat`, sends
 * file requests only and writes addresses as `urn:ip:…`. Keys that the protocol does not name are passed over.
 *
 * @throws OpenUrlError `OPENURL_BAD_VERSION` · `OPENURL_NO_ITEM` · `OPENURL_BAD_KIND` · `OPENURL_BAD_TIME` ·
 *   `OPENURL_BAD_ADDRESS` · `OPENURL_BAD_URL` · `OPENURL_REPEATED_KEY` · `OPENURL_TOO_LONG`
 */
export function parseTrackerHit(params: URLSearchParams): TrackerHit {
  if (valueOf(params, 'url_ver') !== VERSION)
    throw refused('OPENURL_BAD_VERSION', `url_ver is not ${VERSION}`);
  const oaiIdentifier = valueOf(params, 'rft.artnum');
  if (oaiIdentifier === undefined || controlCharacter.test(oaiIdentifier))
    throw refused('OPENURL_NO_ITEM', 'rft.artnum holds no OAI identifier');
  valueOf(params, 'rfr_dat');
  valueOf(params, 'rfr_id');

  const hit: TrackerHit = { oaiIdentifier, kind: kindOf(valueOf(params, 'rft_dat')) };
  const time = valueOf(params, 'url_tim');
  if (time !== undefined) hit.time = timeOf(time);
  const address = valueOf(params, 'req_id');
  if (address !== undefined) hit.address = addressOf(address);
  const userAgent = valueOf(params, 'req_dat');
  if (userAgent !== undefined) hit.userAgent = userAgent;
  const fileUrl = valueOf(params, 'svc_dat');
  if (fileUrl !== undefined) hit.fileUrl = urlOf(fileUrl);
  return hit;
}

/** The value without space around it; undefined where it is absent or empty. */
function valueOf(params: URLSearchParams, key: string): string | undefined {
  const [value, ...more] = params.getAll(key);
  if (more.length > 0) throw refused('OPENURL_REPEATED_KEY', `${key} is there more than once`);
  if (value === undefined) return undefined;
  const most = maxLengths[key] ?? 0;
  if (value.length > most) throw refused('OPENURL_TOO_LONG', `${key} is longer than ${most} characters`);
  const trimmed = value.trim();
  return trimmed === '' ? undefined : trimmed;
}

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

/** A time without a zone is UTC, as all trackers send it. */
function timeOf(value: string): number {
  const match = timestamp.exec(value);
  if (match === null) throw refused('OPENURL_BAD_TIME', 'url_tim is not a time as 2026-11-21T07:31:00Z');
  const [, year, month, day, hour, minute, second, fraction = '', zone = 'Z'] = match;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  // Date.UTC carries over what is too large; a real time comes back as it was written.
  if (!new Date(local).toISOString().startsWith(`${year}-${month}-${day}T${hour}:${minute}:${second}`))
    throw refused('OPENURL_BAD_TIME', 'url_tim is a time that does not exist');
  return local - zoneOffset(zone);
}

function zoneOffset(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

function addressOf(value: string): string {
  const address = value.replace(/^urn:ip:/i, '');
  if (isIP(address) === 0) throw refused('OPENURL_BAD_ADDRESS', 'req_id is not an IP address');
  return address;
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

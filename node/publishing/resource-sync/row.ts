import { hash } from 'node:crypto';
import { crc32, deflateRawSync, type ZlibOptions } from 'node:zlib';
import { filesInView, isTombstone, type Holding, type Record as NgrRecord } from '../../../vocab/record.ts';
import type { Amount, Content, OpenFile, Row } from './layout.ts';

/** Files of one record that are told of; who wants them all reads the record. */
const MOST_FILES = 100;
const LONGEST_URL = 2_000;
const SHA256 = /^[\da-f]{64}$/i;

export interface RenderedRow {
  row: Row;
  /** Deflated. */
  packed?: Uint8Array;
}

/**
 * What a change makes of what was told of the record before.
 * @param render the record's JSON-LD
 */
export function rowOf(
  holding: Holding,
  before: Row | undefined,
  time: number,
  render: (record: NgrRecord) => string,
): RenderedRow {
  const { id: record } = holding;
  const known = before?.files ?? [];
  if (isTombstone(holding)) {
    return { row: { record, time, change: 'deleted', files: [], gone: listed(known).map(({ url }) => url) } };
  }
  const files = openFiles(holding, known, time);
  const urls = new Set(listed(files).map(({ url }) => url));
  const { content, packed } = contentOf(render(holding));
  const row: Row = {
    record,
    time,
    change: before === undefined || before.change === 'deleted' ? 'created' : 'updated',
    content,
    files,
    gone: listed(known).flatMap(({ url }) => (urls.has(url) ? [] : [url])),
  };
  return { row, packed };
}

/** Those that are resources of their own: whose bytes are known. */
export function listed(files: readonly OpenFile[]): OpenFile[] {
  return files.filter(({ sha256 }) => sha256 !== undefined);
}

export function amountOf({ content, files, gone }: Row): Amount {
  const resources = listed(files);
  return {
    changes: 1 + resources.filter(({ change }) => change !== undefined).length + gone.length,
    records: content === undefined ? 0 : 1,
    resources: content === undefined ? 0 : 1 + resources.length,
    packed: content?.packed ?? 0,
  };
}

function contentOf(text: string): { content: Content; packed: Uint8Array } {
  const bytes = Buffer.from(text);
  const packed = deflateRawSync(bytes, spaceFor(bytes.length));
  const sha256 = hash('sha256', bytes, 'buffer');
  return {
    content: { length: bytes.length, packed: packed.length, sha256, crc32: crc32(bytes) },
    packed,
  };
}

/**
 * What zlib is to work with: by default it makes and clears 256 kB for each of these few. No window beyond the bytes finds
 * anything more in them.
 */
function spaceFor(bytes: number): ZlibOptions {
  const windowBits = Math.min(Math.max(Math.ceil(Math.log2(bytes)), 9), 15);
  return { windowBits, memLevel: windowBits - 7, chunkSize: Math.max(bytes, 64) };
}

/** Open ones only: the others are never told of. */
function openFiles(record: NgrRecord, known: readonly OpenFile[], time: number): OpenFile[] {
  const files = new Map<string, OpenFile>();
  for (const { url, access, format, length, sha256 } of filesInView(record)) {
    if (access !== 'open' || files.size >= MOST_FILES || files.has(url) || !isWebAddress(url)) continue;
    const told: Omit<OpenFile, 'time'> = {
      url,
      ...(format !== undefined && { type: format }),
      ...(length !== undefined && { length }),
      ...(sha256 !== undefined && SHA256.test(sha256) && { sha256: Buffer.from(sha256, 'hex') }),
    };
    const before = known.find((file) => file.url === url);
    if (before !== undefined && isSame(before, told)) files.set(url, { ...told, time: before.time });
    else files.set(url, { ...told, time, change: before?.sha256 === undefined ? 'created' : 'updated' });
  }
  return [...files.values()];
}

function isSame(one: Omit<OpenFile, 'time'>, other: Omit<OpenFile, 'time'>): boolean {
  return (
    one.type === other.type &&
    one.length === other.length &&
    Buffer.compare(one.sha256 ?? nothing, other.sha256 ?? nothing) === 0
  );
}

const nothing = new Uint8Array();

function isWebAddress(url: string): boolean {
  return url.length <= LONGEST_URL && /^https?:\/\//i.test(url) && URL.canParse(url);
}

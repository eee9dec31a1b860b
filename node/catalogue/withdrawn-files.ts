import type { Identifier, Record as NgrRecord, RecordFile } from '../../vocab/record.ts';

/** What the manager says of a file that she takes out of view. */
type Withdrawal = NonNullable<RecordFile['withdrawn']>;

/** The record with one file withdrawn: what is known of its content goes. */
export function withdrawFile(
  record: NgrRecord | undefined,
  url: string,
  withdrawn: Withdrawal,
): NgrRecord | 'unchanged' | 'unknown' {
  const file = record?.files.find((one) => one.url === url);
  if (record === undefined || file === undefined) return 'unknown';
  return file.withdrawn === undefined ? withFile(record, bare(file, withdrawn)) : 'unchanged';
}

/** The record with a file in view again; what is in it is found out anew. */
export function reinstateFile(
  record: NgrRecord | undefined,
  url: string,
): NgrRecord | 'unchanged' | 'unknown' {
  const file = record?.files.find((one) => one.url === url);
  if (record === undefined || file === undefined) return 'unknown';
  return file.withdrawn === undefined ? 'unchanged' : withFile(record, { url, access: file.access });
}

/** The files of a record that are withdrawn. */
export function withdrawnOf({ files }: Pick<NgrRecord, 'files'>): RecordFile[] {
  return files.filter(({ withdrawn }) => withdrawn !== undefined);
}

/**
 * What the source says anew of a record does not bring back the files that the manager withdrew, under whatever form of
 * their address. One that it names no longer stays, as withdrawn: it may name it again.
 *
 * @param before the withdrawn files, as they were known before
 */
export function carryWithdrawnFiles<T extends Pick<NgrRecord, 'files'>>(
  before: readonly RecordFile[],
  after: T,
): T {
  if (before.length === 0) return after;
  const withdrawals = new Map(before.map(({ url, withdrawn }) => [formOf(url), withdrawn]));
  const files = after.files.map((file) => {
    const withdrawn = withdrawals.get(formOf(file.url));
    return withdrawn === undefined ? file : bare(file, withdrawn);
  });
  const named = new Set(files.map(({ url }) => formOf(url)));
  return { ...after, files: [...files, ...before.filter(({ url }) => !named.has(formOf(url)))] };
}

/** The record without the addresses of its withdrawn files among what else it names: they would still lead there. */
export function withoutWithdrawnAddresses(record: NgrRecord): NgrRecord {
  const hidden = new Set(withdrawnOf(record).map(({ url }) => formOf(url)));
  if (hidden.size === 0) return record;
  const isShown = ({ scheme, value }: Identifier): boolean => scheme !== 'url' || !hidden.has(formOf(value));
  const { identifiers, relations } = record;
  if (identifiers.every(isShown) && relations.every(({ target }) => isShown(target))) return record;
  return {
    ...record,
    identifiers: identifiers.filter(isShown),
    relations: relations.filter(({ target }) => isShown(target)),
  };
}

/** What the addresses of one file have in common: scheme, fragment and slashes at the end make no other file of it. */
function formOf(url: string): string {
  const trimmed = url.trim();
  if (!/^https?:/i.test(trimmed) || !URL.canParse(trimmed)) return trimmed;
  const { host, pathname, search } = new URL(trimmed);
  return host + decoded(pathname).replace(/\/+$/, '') + decoded(search);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bare({ url, access }: RecordFile, withdrawn: Withdrawal): RecordFile {
  return { url, access, withdrawn };
}

function withFile(record: NgrRecord, file: RecordFile): NgrRecord {
  return { ...record, files: record.files.map((one) => (one.url === file.url ? file : one)) };
}

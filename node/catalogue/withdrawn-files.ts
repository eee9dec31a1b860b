import type { Record as NgrRecord, RecordFile } from '../../vocab/record.ts';

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

/**
 * What the source says anew of a record does not bring back the files that the manager withdrew. One that it names no
 * longer stays, as withdrawn: it may name it again.
 */
export function carryWithdrawnFiles<T extends Pick<NgrRecord, 'files'>>(
  before: NgrRecord | undefined,
  after: T,
): T {
  const withdrawals = new Map(
    before?.files.flatMap(({ url, withdrawn }) => (withdrawn === undefined ? [] : [[url, withdrawn]])),
  );
  if (withdrawals.size === 0) return after;
  const files = after.files.map((file) => {
    const withdrawn = withdrawals.get(file.url);
    return withdrawn === undefined ? file : bare(file, withdrawn);
  });
  const named = new Set(files.map(({ url }) => url));
  const unnamed =
    before?.files.filter(({ url, withdrawn }) => withdrawn !== undefined && !named.has(url)) ?? [];
  return { ...after, files: [...files, ...unnamed] };
}

function bare({ url, access }: RecordFile, withdrawn: Withdrawal): RecordFile {
  return { url, access, withdrawn };
}

function withFile(record: NgrRecord, file: RecordFile): NgrRecord {
  return { ...record, files: record.files.map((one) => (one.url === file.url ? file : one)) };
}

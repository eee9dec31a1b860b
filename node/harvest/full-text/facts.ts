import { isDeepStrictEqual } from 'node:util';
import type { HarvestedRecord } from '../../catalogue/index.ts';
import type { Reference, RecordFile } from '../../../vocab/record.ts';
import { fileOpening, itemOpening } from './access.ts';
import type { Applied, FileState, RecordState } from './record-state.ts';

/**
 * The record with what is known of its files: format, length, digest and what became of their text; files that were found
 * on the item's page, where its metadata name none; references, where they give none; the language of the text.
 *
 * The same for a record that comes from a harvest, to which nothing of ours was applied yet, and for one that was given
 * all this before: so neither a visit nor a harvest changes what the other one wrote.
 */
export function withFacts<T extends HarvestedRecord>(record: T, state: RecordState, now: number): T {
  const files = hasFoundFiles(record, state)
    ? foundFiles(record, state, now)
    : givenFiles(record, state, now);
  const known = new Map(state.files.map((file) => [file.url, file]));
  const readable = files.flatMap((file) =>
    fileOpening(record, file, now).open ? (known.get(file.url) ?? []) : [],
  );
  const references = referencesOf(record, readable, state);
  const { detected, ...others } = { ...record, files, references };
  const own = isDeepStrictEqual(detected, state.applied.detected) ? undefined : detected;
  const shown = readable.find(({ language }) => language !== undefined)?.language ?? own;
  return { ...others, ...(shown !== undefined && { detected: shown }) } as T;
}

/** What of that is ours in a record that has it. */
export function appliedTo(record: HarvestedRecord, state: RecordState): Applied {
  const isOurs = state.files.some((file) => isDeepStrictEqual(file.references, record.references));
  const detected = state.files.find(({ language }) => isDeepStrictEqual(language, record.detected))?.language;
  const found = hasFoundFiles(record, state) ? record.files.map(({ url }) => url) : [];
  return {
    found,
    references: isOurs ? record.references : [],
    ...(detected !== undefined && { detected }),
  };
}

/** Whether the files of a record, if it has any, are all found ones: its metadata name none. */
export function hasFoundFiles(
  record: Pick<HarvestedRecord, 'files'>,
  state: RecordState | undefined,
): boolean {
  const found = new Set(state?.files.flatMap(({ url, found }) => (found === true ? [url] : [])));
  return record.files.every(({ url }) => found.has(url) || state?.applied.found.includes(url));
}

function givenFiles(record: HarvestedRecord, state: RecordState, now: number): RecordFile[] {
  const known = new Map(state.files.map((file) => [file.url, file]));
  const listed = record.files.map((file) => {
    const facts = known.get(file.url);
    return facts === undefined || !fileOpening(record, file, now).open ? file : withFileFacts(file, facts);
  });
  const urls = new Set(listed.map(({ url }) => url));
  const heldBack = state.files.filter((file) => file.heldBack === true && !urls.has(file.url));
  return [
    ...listed,
    ...heldBack.map(({ url }) => ({ url, access: record.access?.right ?? ('open' as const) })),
  ];
}

/**
 * A file that was found is the record's when it could be had, by anybody and without a login; it is as open as the item is
 * said to be. One that was withdrawn stays listed whatever happens, so that its withdrawal does.
 */
function foundFiles(record: HarvestedRecord, state: RecordState, now: number): RecordFile[] {
  const access = record.access?.right ?? 'open';
  const isOpen = itemOpening(record.access, now).open;
  return state.files.flatMap((file): RecordFile[] => {
    const { url, found, heldBack, text } = file;
    if (found !== true) return [];
    const withdrawn = record.files.find((listed) => listed.url === url)?.withdrawn;
    if (withdrawn !== undefined) return [{ url, access, withdrawn }];
    if (heldBack === true) return [{ url, access }];
    const wasHad = text === 'extracted' || text === 'without-text';
    return wasHad && isOpen ? [withFileFacts({ url, access }, file)] : [];
  });
}

function withFileFacts(file: RecordFile, { format, length, sha256, text }: FileState): RecordFile {
  return {
    ...file,
    ...(file.format === undefined && format !== undefined && { format }),
    ...(length !== undefined && { length }),
    ...(sha256 !== undefined && { sha256 }),
    ...(text !== undefined && { text }),
  };
}

/** Those of the metadata, else those of the first file that has some. */
function referencesOf(
  { references }: HarvestedRecord,
  files: readonly FileState[],
  { applied }: RecordState,
): readonly Reference[] {
  const areOurs = references.length === 0 || isDeepStrictEqual(references, applied.references);
  return areOurs ? (files.find((file) => file.references.length > 0)?.references ?? []) : references;
}

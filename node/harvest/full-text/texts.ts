import { inflateRaw } from 'node:zlib';
import { promisify } from 'node:util';
import type { Record as NgrRecord } from '../../../vocab/record.ts';
import type { Operation, Section } from '../../store/index.ts';
import { fileOpening } from './access.ts';
import { unpackWords } from './extracting/index.ts';
import { textKey, wordsKey } from './layout.ts';

/** Distinct words that a record is given out with. */
const MOST_WORDS = 20_000;
const MOST_TEXT_BYTES = 20_000_000;
const inflate = promisify(inflateRaw);

/** What came out of a file, deflated. */
export interface FileText {
  words: Uint8Array;
  text?: Uint8Array;
}

export function putText(key: string, url: string, { words, text }: FileText): Operation[] {
  return [
    { type: 'put', key: wordsKey(key, url), value: words },
    text === undefined
      ? { type: 'del', key: textKey(key, url) }
      : { type: 'put', key: textKey(key, url), value: text },
  ];
}

export function dropText(key: string, url: string): Operation[] {
  return [
    { type: 'del', key: wordsKey(key, url) },
    { type: 'del', key: textKey(key, url) },
  ];
}

/** The words of all files of a record that are in view, with how often they occur; undefined where there are none. */
export async function readWords(
  section: Section,
  key: string,
  record: NgrRecord,
  now: number,
): Promise<ReadonlyMap<string, number> | undefined> {
  const rows = await readRows(section, record, now, (url) => wordsKey(key, url));
  const [first, ...others] = rows.map(unpackWords);
  if (first === undefined || others.length === 0) return first;
  for (const words of others) {
    for (const [word, count] of words) first.set(word, (first.get(word) ?? 0) + count);
  }
  if (first.size <= MOST_WORDS) return first;
  return new Map([...first].sort(([, a], [, b]) => b - a).slice(0, MOST_WORDS));
}

/** The texts of all files of a record that are in view, one behind the other. */
export async function readText(
  section: Section,
  key: string,
  record: NgrRecord,
  now: number,
): Promise<string | undefined> {
  const rows = await readRows(section, record, now, (url) => textKey(key, url));
  const texts = await Promise.all(rows.map((row) => inflate(row, { maxOutputLength: MOST_TEXT_BYTES })));
  return texts.length === 0 ? undefined : texts.map((text) => text.toString()).join('\n\n');
}

async function readRows(
  section: Section,
  record: NgrRecord,
  now: number,
  keyOf: (url: string) => string,
): Promise<Uint8Array[]> {
  const inView = record.files.filter(
    (file) => file.text === 'extracted' && fileOpening(record, file, now).open,
  );
  const rows = await section.getMany(inView.map(({ url }) => keyOf(url)));
  return rows.filter((row) => row !== undefined);
}

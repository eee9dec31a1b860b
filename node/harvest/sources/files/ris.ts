import type { JsonObject } from '../../../../vocab/crosswalks/index.ts';
import { type CitationLibrary, citationLibrary, type RisRecord } from './citation-library.ts';
import { itemOf } from './identity.ts';
import { LONGEST_CITATION, LONGEST_ENTRY } from './limits.ts';
import { linesOf } from './lines.ts';
import { type FileReader, type Place, problemAt, type Reading, readingOf, unreadable } from './piece.ts';

/** `TY  - JOUR`; some programs write one space. */
const tag = /^([A-Z][A-Z\d]) {1,2}-(?: |$)/;

/** RIS: tagged lines from `TY` to `ER`. What stands before the first entry is a remark of the exporting program. */
export const ris: FileReader = async function* (open, context) {
  const library = await citationLibrary();
  let entry: { place: Place; lines: string[]; length: number } | undefined;
  const piece = (hasEnd: boolean) => {
    const { place, lines, length } = entry!;
    return { read: () => readEntry(lines.join('\n'), { place, length, hasEnd, library }) };
  };
  for await (const { number: line, text } of linesOf(open(), LONGEST_ENTRY)) {
    const name = tag.exec(text.trimStart())?.[1];
    if (name === 'TY') {
      if (entry !== undefined) yield piece(false);
      entry = { place: { context, line }, lines: [], length: 0 };
    }
    if (entry === undefined) continue;
    entry.length += text.length;
    if (entry.length <= LONGEST_CITATION) entry.lines.push(text);
    if (name !== 'ER') continue;
    yield piece(true);
    entry = undefined;
  }
  if (entry !== undefined) yield piece(false);
};

function readEntry(
  text: string,
  {
    place,
    length,
    hasEnd,
    library,
  }: { place: Place; length: number; hasEnd: boolean; library: CitationLibrary },
): Reading {
  if (length > LONGEST_CITATION) {
    return unreadable(
      'FILE_ENTRY_TOO_LONG',
      `this entry is longer than ${LONGEST_CITATION} characters`,
      place,
    );
  }
  let fields: JsonObject;
  let ids: string[];
  try {
    const [record] = library.parseRis(normalised(text));
    if (record === undefined) return unreadable('FILE_ENTRY_UNREADABLE', 'this entry holds nothing', place);
    const csl = library.cslOfRis(record);
    // Of a type that it does not know the library reads next to nothing.
    const known = csl['type'] === undefined ? library.cslOfRis({ ...record, TY: 'GEN' }) : csl;
    fields = { ...known, ...beyondCsl(record) };
    ids = [
      ...valuesOf(record, 'ID'),
      ...valuesOf(record, 'DO'),
      ...valuesOf(record, 'AN'),
      ...valuesOf(record, 'UR'),
    ];
  } catch (error) {
    return unreadable('FILE_ENTRY_UNREADABLE', 'this entry cannot be read', place, String(error));
  }
  const problems = hasEnd ? [] : [problemAt('FILE_ENTRY_UNENDED', 'this entry has no end (ER)', place)];
  return readingOf(itemOf({ ids, metadata: { format: 'ris', text, fields } }, place), problems);
}

/** Two spaces behind each tag, as the library wants it. */
function normalised(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trimStart().replace(tag, '$1  - '))
    .join('\n');
}

/** What RIS has and the library's way to CSL-JSON leaves out: lists, publisher, editors, files. */
function beyondCsl(record: RisRecord): JsonObject {
  const values = (...tags: string[]): string[] => tags.flatMap((name) => valuesOf(record, name));
  const [publisher] = values('PB');
  const editors = values('ED', 'A2');
  const keywords = values('KW');
  const files = values('L1', 'L2').filter((url) => /^https?:/i.test(url));
  return {
    ...(publisher !== undefined && { publisher }),
    ...(editors.length > 0 && { editor: editors.map((literal) => ({ literal })) }),
    ...(keywords.length > 0 && { keyword: keywords }),
    ...(files.length > 0 && { custom: { file: files } }),
  };
}

function valuesOf(record: RisRecord, name: string): readonly string[] {
  const value = record[name] ?? [];
  return (typeof value === 'string' ? [value] : value).filter((text) => text.trim() !== '');
}

import { bibtex } from './bibtex.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import type { FileReader } from './piece.ts';
import { ris } from './ris.ts';
import { table } from './table.ts';
import { xml } from './xml.ts';

/** What a file turned out to be: what reads it, or what is wrong with it. */
export type Recognition =
  | { reader: FileReader }
  | { code: 'FILE_EMPTY' | 'FILE_NOT_RECOGNISED' | 'FILE_COLUMNS_UNKNOWN'; what: string; remedy?: string };

/** Kinds that librarians meet and that are not read, by their first characters, and what to do with them. */
const others: readonly { starts: readonly string[]; what: string; remedy: string }[] = [
  {
    starts: ['PK\u0003\u0004'],
    what: 'is a ZIP archive or a spreadsheet',
    remedy: 'Unpack the archive; in a spreadsheet, choose “Save as”, “CSV UTF-8”.',
  },
  {
    starts: ['\u00d0\u00cf\u0011\u00e0'],
    what: 'is a document of an old Excel or Word',
    remedy: 'Open it and choose “Save as”, “CSV UTF-8”.',
  },
  {
    starts: ['%PDF'],
    what: 'is a PDF',
    remedy: 'Import the descriptions of the items; their files are fetched from where these say.',
  },
  {
    starts: ['BZh', '\u00fd7zXZ', '7z\u00bc', 'Rar!', '(\u00b5/\u00fd'],
    what: 'is packed in a way that is not known',
    remedy: 'Unpack it, or pack it with gzip.',
  },
  {
    starts: ['<!doctype html', '<html', '<head', '<body'],
    what: 'is a web page',
    remedy: 'Download the data themselves: a page was probably saved in their place.',
  },
];

/** Extensions of kinds that are read, and of those that hold tables and archives: such a file is meant to be. */
const meant =
  /\.(?:xml|json|jsonl|ndjson|csv|tsv|tab|bib|bibtex|ris)(?:\.gz)?$|\.(?:gz|bz2|xz|zip|7z|rar|xls|xlsx|xlsm|ods)$/i;

/** Tells the kind of a file by the beginning of its text, and by its name where that could be several. */
export function recognise(head: string, name: string): Recognition {
  const start = head.replace(/^\uFEFF/, '').trimStart();
  if (start === '') return { code: 'FILE_EMPTY', what: `${name} is empty.` };
  const beginning = start.slice(0, 20).toLowerCase();
  const other = others.find(({ starts }) => starts.some((one) => beginning.startsWith(one.toLowerCase())));
  if (other !== undefined)
    return { code: 'FILE_NOT_RECOGNISED', what: `${name} ${other.what}.`, remedy: other.remedy };
  if (start.includes('\0')) return { code: 'FILE_NOT_RECOGNISED', what: `${name} is no text.` };
  if (start.startsWith('<')) return { reader: xml };
  if (start.startsWith('[')) return { reader: json };
  if (start.startsWith('{')) return { reader: isLines(start, name) ? jsonl : json };
  if (/^ {0,10}TY {1,2}- /m.test(start)) return { reader: ris };
  if (/^[ \t]{0,20}@\s{0,20}[a-z]{1,50}\s{0,20}[{(]/im.test(start)) return { reader: bibtex };
  const isTable = /\.(?:csv|tsv|tab)(?:\.gz)?$/i.test(name);
  const reader = isTable || /[,;\t|]/.test(start) ? table(start) : undefined;
  if (reader !== undefined) return { reader };
  if (isTable) return { code: 'FILE_COLUMNS_UNKNOWN', what: `${name} has no column whose name is known.` };
  return { code: 'FILE_NOT_RECOGNISED', what: `${name} is of no kind that can be read.` };
}

/** Whether a file is there to be read, by its name: one that cannot be may hide records. */
export function isMeantAsData(name: string): boolean {
  return meant.test(name);
}

/** JSON Lines by its name, or because the first line is an object by itself and another one follows. */
function isLines(start: string, name: string): boolean {
  if (/\.(?:jsonl|ndjson|jsonlines)(?:\.gz)?$/i.test(name)) return true;
  const [first = '', second = ''] = start.split(/\r?\n/, 2);
  try {
    JSON.parse(first);
    return second.trimStart().startsWith('{');
  } catch {
    // A line that is broken, where the next one begins an object as well.
    return /^\{\s*".+\S/.test(first) && second.startsWith('{');
  }
}

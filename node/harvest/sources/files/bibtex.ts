import { type JsonObject, textsOf } from '../../../../vocab/crosswalks/index.ts';
import type { Problem } from '../../issues/issue.ts';
import { type BibtexBlock, bibtexBlocks } from './bibtex-blocks.ts';
import { BibtexContext } from './bibtex-context.ts';
import { type BibtexEntry, type CitationLibrary, citationLibrary } from './citation-library.ts';
import { itemOf } from './identity.ts';
import { LONGEST_CITATION } from './limits.ts';
import { type FileReader, type Place, problemAt, type Reading, readingOf, unreadable } from './piece.ts';

/** BibTeX and BibLaTeX, entry by entry, each with the abbreviations and the parent entries that it refers to. */
export const bibtex: FileReader = async function* (open, context) {
  const library = await citationLibrary();
  const around = await BibtexContext.of(open, library);
  for await (const block of bibtexBlocks(open())) {
    if (noEntries.has(block.type) && block.trouble === undefined) continue;
    yield { read: () => readBlock(block, { context, line: block.line }, { library, around }) };
  }
};

const noEntries = new Set(['comment', 'string', 'preamble']);

interface Means {
  library: CitationLibrary;
  around: BibtexContext;
}

function readBlock({ text, type, trouble }: BibtexBlock, place: Place, means: Means): Reading {
  if (trouble === 'too long')
    return unreadable(
      'FILE_ENTRY_TOO_LONG',
      `this entry is longer than ${LONGEST_CITATION} characters`,
      place,
    );
  if (type === 'comment') return unreadable('FILE_ENTRY_UNREADABLE', 'this comment is not closed', place);
  const problems: Problem[] = [];
  let entry: BibtexEntry;
  try {
    entry = parsed(trouble === undefined ? text : `${text}\n}`, means);
  } catch (error) {
    const what =
      trouble === undefined ? 'this entry cannot be read' : 'the braces of this entry do not match';
    return unreadable('FILE_ENTRY_UNREADABLE', what, place, String(error));
  }
  if (trouble !== undefined)
    problems.push(problemAt('FILE_ENTRY_UNENDED', 'the last brace of this entry is missing', place));
  for (const name of undefinedStrings(entry, text)) {
    problems.push(fieldProblem(name, `the field ${name} holds an abbreviation that is not defined`, place));
  }
  const parents = means.around.parentsOf(text);
  const csl = cslOf(entry, parents, means.library, (name, error) =>
    problems.push(fieldProblem(name, `the field ${name} cannot be read`, place, String(error))),
  );
  const fields = { ...csl, ...beyondCsl(entry) };
  const metadata = { format: 'bibtex', text, fields };
  const item = itemOf({ ids: [entry.label], dates: textsOf(entry.properties['timestamp']), metadata }, place);
  return readingOf(
    item,
    problems.map((problem) => ({ ...problem, oaiIdentifier: item.oaiIdentifier })),
  );
}

function parsed(text: string, { library, around }: Means): BibtexEntry {
  const entry = library.parseBibtex(`${around.stringsFor(text)}\n${text}`).at(-1);
  if (entry === undefined) throw new Error('no entry');
  return entry;
}

/** The entry as CSL-JSON. A field whose value the library stumbles over is left out, and the others are read. */
function cslOf(
  entry: BibtexEntry,
  parents: readonly BibtexEntry[],
  library: CitationLibrary,
  leftOut: (field: string, error: unknown) => void,
): JsonObject {
  const convert = (one: BibtexEntry, around = parents): JsonObject =>
    library.cslOfBibtex([...around, one]).at(-1) ?? {};
  try {
    return convert(entry);
  } catch {
    const readable: BibtexEntry = { ...entry, properties: readableFields(entry, convert, leftOut) };
    try {
      return convert(readable);
    } catch (error) {
      leftOut('crossref', error);
      return convert(readable, []);
    }
  }
}

function readableFields(
  { type, label, properties }: BibtexEntry,
  convert: (entry: BibtexEntry, parents: readonly BibtexEntry[]) => JsonObject,
  leftOut: (field: string, error: unknown) => void,
): BibtexEntry['properties'] {
  const readable: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(properties)) {
    // A dollar sign alone begins a formula that never ends; most often it is money.
    const ways = [value, String(value).replace(/(?<!\\)\$/g, '\\$')];
    let trouble: unknown;
    const way = ways.find((written) => {
      try {
        convert({ type, label, properties: { [name]: written } }, []);
        return true;
      } catch (error) {
        trouble = error;
        return false;
      }
    });
    if (way === undefined) leftOut(name, trouble);
    else readable[name] = way;
  }
  return readable;
}

/** Fields that name an abbreviation which nobody has defined: the library takes them for empty. */
function undefinedStrings({ properties }: BibtexEntry, text: string): string[] {
  return Object.entries(properties)
    .filter(([name, value]) => value === '' && isAbbreviated(name, text))
    .map(([name]) => name);
}

function isAbbreviated(name: string, text: string): boolean {
  return new RegExp(`\\b${name.replace(/[^\w]/g, '\\$&')}\\s{0,50}=\\s{0,50}[a-z_]`, 'i').test(text);
}

/** What BibTeX has and CSL-JSON has no property for. */
function beyondCsl({ properties }: BibtexEntry): JsonObject {
  const text = (name: string): string => textsOf(properties[name])[0] ?? '';
  const prefix = (text('archiveprefix') || text('eprinttype')).toLowerCase();
  const custom = {
    ...(prefix === 'arxiv' && { arxiv: text('eprint') }),
    ...(text('urn') !== '' && { urn: text('urn') }),
    file: [text('pdf'), text('file')].filter((url) => /^https?:/i.test(url)),
    licence: ['license', 'licence', 'copyright', 'rights'].map(text).filter((licence) => licence !== ''),
  };
  return { custom };
}

function fieldProblem(field: string, what: string, place: Place, detail?: string): Problem {
  return { ...problemAt('FILE_FIELD_UNREADABLE', what, place, detail), about: field };
}

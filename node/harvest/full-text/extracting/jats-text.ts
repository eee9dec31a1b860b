import { Parser } from 'htmlparser2';
import { decodeMarkup } from './decode-markup.ts';
import type { DocumentContent } from './document-content.ts';
import { LONGEST_REFERENCE, MOST_REFERENCES } from './limits.ts';
import { TextLines } from './text-lines.ts';

/** Parts of an article that are read: the rest of its front matter is metadata. */
const read: ReadonlySet<string> = new Set(['article-title', 'abstract', 'trans-abstract', 'body', 'back']);
const leftOut: ReadonlySet<string> = new Set([
  'tex-math',
  'annotation',
  'object-id',
  'contrib-group',
  'ref-list',
]);
/** Each begins a line of its own. */
const blocks: ReadonlySet<string> = new Set(
  'title p sec list-item disp-formula disp-quote fig table-wrap caption td th tr label abstract body back'.split(
    ' ',
  ),
);

/**
 * The text of an article in JATS (ANSI/NISO Z39.96) or its forerunner NLM: abstract, body and back matter; and the entries
 * of its list of references, one for each `ref`.
 */
export function readJats(bytes: Uint8Array, charset?: string): DocumentContent {
  const format = 'application/xml';
  const text = new TextLines();
  const references: string[] = [];
  const open: string[] = [];
  let reading = 0;
  let skipping = 0;
  let reference: TextLines | undefined;

  const parser = new Parser(
    {
      onopentag: (name) => {
        open.push(name);
        if (read.has(name)) reading += 1;
        if (leftOut.has(name)) skipping += 1;
        if (name === 'ref') reference = new TextLines();
        if (blocks.has(name)) text.break();
      },
      ontext: (piece) => {
        if (reference !== undefined) {
          if (open.at(-1) !== 'label') reference.add(spaced(piece, open));
        } else if (reading > 0 && skipping === 0) text.add(piece);
      },
      onclosetag: (name) => {
        open.pop();
        if (read.has(name)) reading -= 1;
        if (leftOut.has(name)) skipping -= 1;
        if (name === 'ref' && reference !== undefined) {
          if (references.length < MOST_REFERENCES && reference.letters > 0) {
            references.push(reference.text.slice(0, LONGEST_REFERENCE));
          }
          reference = undefined;
        }
        if (blocks.has(name)) text.break();
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(decodeMarkup(bytes, charset));
  if (text.letters === 0 && references.length === 0) return { outcome: 'no-text', format };
  return { outcome: 'text', format, text: text.text, references };
}

/** In an `element-citation` the parts stand without punctuation; in a `mixed-citation` as they were printed. */
function spaced(piece: string, open: readonly string[]): string {
  return open.includes('element-citation') ? `${piece}. ` : piece;
}

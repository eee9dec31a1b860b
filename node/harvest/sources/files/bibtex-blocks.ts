import { LONGEST_CITATION, LONGEST_ENTRY } from './limits.ts';
import { linesOf } from './lines.ts';

/** `@type{ … }` as it stands in a file. */
export interface BibtexBlock {
  /** In lower case: `article`, `string`, `comment`. */
  type: string;
  text: string;
  /** Line on which it begins, from 1. */
  line: number;
  /** `unbalanced`: the next entry begins, or the file ends, before it is closed. */
  trouble?: 'unbalanced' | 'too long';
}

const blockStart = /@\s{0,20}([a-z]{1,50})\s{0,20}([{(])/gi;
/** An entry with its label: nothing else has that at the start of a line. */
const entryStart = /^\s*@\s{0,20}[a-z]{1,50}\s{0,20}[{(]\s*[^\s,={}()"#%]{1,500}\s*,/i;

interface Open extends BibtexBlock {
  parts: string[];
  length: number;
  depth: number;
  close: string;
}

/**
 * Cuts BibTeX that comes piece by piece into its blocks, by counting braces as the library does: those behind a backslash
 * do not count. Text between blocks is a remark, and so is a line that begins with `%`.
 */
export async function* bibtexBlocks(text: AsyncIterable<string>): AsyncGenerator<BibtexBlock> {
  let open: Open | undefined;
  for await (const { number: line, text: content, isCut } of linesOf(text, LONGEST_ENTRY)) {
    let at = 0;
    if (open !== undefined && open.type !== 'comment' && entryStart.test(content)) {
      yield blockOf(open, 'unbalanced');
      open = undefined;
    }
    while (at < content.length) {
      if (open === undefined) {
        const start = /^\s*%/.test(content) ? null : startFrom(content, at);
        if (start === null) break;
        const [written, type = '', bracket = ''] = start;
        const close = bracket === '{' ? '}' : ')';
        open = { type: type.toLowerCase(), text: '', line, parts: [written], length: 0, depth: 1, close };
        at = start.index + written.length;
      } else {
        const end = endOf(open, content, at);
        keep(open, content.slice(at, end ?? content.length));
        if (end === undefined) break;
        yield blockOf(open, isCut ? 'too long' : undefined);
        open = undefined;
        at = end;
      }
    }
    if (open === undefined) continue;
    keep(open, '\n');
    if (isCut) open.length = Infinity;
  }
  if (open !== undefined) yield blockOf(open, 'unbalanced');
}

function startFrom(content: string, at: number): RegExpExecArray | null {
  blockStart.lastIndex = at;
  return blockStart.exec(content);
}

/** Index behind the bracket that closes the block; `undefined` where it is not in this line. */
function endOf(open: Open, content: string, from: number): number | undefined {
  for (let i = from; i < content.length; i += 1) {
    const character = content[i]!;
    if (character === '\\' && /[\\{}]/.test(content[i + 1] ?? '')) i += 1;
    else if (character === open.close && open.depth === 1) return i + 1;
    else if (character === '{') open.depth += 1;
    else if (character === '}' && open.depth > 1) open.depth -= 1;
  }
  return undefined;
}

function keep(open: Open, text: string): void {
  open.length += text.length;
  if (open.length <= LONGEST_CITATION) open.parts.push(text);
}

function blockOf({ type, line, parts, length }: Open, trouble?: BibtexBlock['trouble']): BibtexBlock {
  const what = length > LONGEST_CITATION ? 'too long' : trouble;
  return { type, line, text: parts.join('').trimEnd(), ...(what !== undefined && { trouble: what }) };
}

import { readJsonEntry } from './json-item.ts';
import { LONGEST_ENTRY } from './limits.ts';
import { linesOf } from './lines.ts';
import { type FileReader, unreadable } from './piece.ts';

/** JSON Lines: one object a line, of any of the formats in JSON. A line that is broken costs only itself. */
export const jsonl: FileReader = async function* (open, context) {
  for await (const { number: line, text, isCut } of linesOf(open(), LONGEST_ENTRY)) {
    if (text.trim() === '') continue;
    const place = { context, line };
    yield {
      read: () =>
        isCut
          ? unreadable('FILE_ENTRY_TOO_LONG', `this line is longer than ${LONGEST_ENTRY} characters`, place)
          : readJsonEntry(text, place),
    };
  }
};

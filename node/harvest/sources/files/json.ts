import { readJsonEntry } from './json-item.ts';
import { JsonValues } from './json-values.ts';
import { LONGEST_DOCUMENT, LONGEST_ENTRY } from './limits.ts';
import { type FileReader, unreadable } from './piece.ts';

/** JSON: one object, a list of them, or the answer of an API that holds one. */
export const json: FileReader = async function* (open, context) {
  const values = new JsonValues({ entry: LONGEST_ENTRY, document: LONGEST_DOCUMENT });
  for await (const chunk of open()) {
    for (const { text, line, isCut } of values.push(chunk)) {
      const place = { context, line };
      yield {
        read: () =>
          isCut
            ? unreadable('FILE_ENTRY_TOO_LONG', 'this object is too long', place)
            : readJsonEntry(text, place),
      };
    }
  }
  if (values.isClosed) return;
  const place = { context, line: values.line };
  yield { read: () => unreadable('FILE_DAMAGED', 'the file ends before the JSON is closed', place) };
};

import type { Problem } from '../../issues/issue.ts';
import { issueKind } from '../../issues/kinds/index.ts';

/** What files can have wrong; `issues/kinds/files.ts` explains each. */
export type FileProblemCode =
  | 'FILES_TOO_MANY'
  | 'FILE_LINK_SKIPPED'
  | 'FILE_UNREADABLE'
  | 'FILE_DAMAGED'
  | 'FILE_EMPTY'
  | 'FILE_NO_RECORDS'
  | 'FILE_NOT_RECOGNISED'
  | 'FILE_COLUMNS_UNKNOWN'
  | 'FILE_ENCODING'
  | 'FILE_FORMAT_UNKNOWN'
  | 'FILE_ENTRY_UNREADABLE'
  | 'FILE_ENTRY_TOO_LONG'
  | 'FILE_ENTRY_UNENDED'
  | 'FILE_ENTRY_EMPTY'
  | 'FILE_ENTRY_REPEATED'
  | 'FILE_FIELD_UNREADABLE'
  | 'FILE_ROW_UNEVEN';

/** A problem with the severity and remedy of its kind, unless they are given. */
export function fileProblem(
  code: FileProblemCode | (string & {}),
  message: string,
  more: Partial<Omit<Problem, 'code' | 'message'>> = {},
): Problem {
  const kind = issueKind(code);
  return { code, severity: kind?.severity ?? 'error', remedy: kind?.remedy ?? '', message, ...more };
}

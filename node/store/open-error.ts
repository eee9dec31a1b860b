import { StoreError } from './errors.ts';

const reasons: readonly { pattern: RegExp; code: string; what: string; remedy: string }[] = [
  {
    pattern: /LEVEL_LOCKED/,
    code: 'STORE_LOCKED',
    what: 'is in use by another NGR Node process',
    remedy: 'Stop the other process, or start this one with another --data directory.',
  },
  {
    pattern: /ENOSPC|no space/i,
    code: 'STORE_NO_SPACE',
    what: 'lies on a disk that is full',
    remedy: 'Free some space on the disk, or name a --data directory on another one.',
  },
  {
    pattern: /EACCES|EPERM|EROFS|ENOTDIR|EEXIST|ENOENT.*mkdir|permission denied|read-only/i,
    code: 'STORE_NO_RIGHTS',
    what: 'cannot be written by this user',
    remedy: 'Give the user that runs the node the right to write there, or name another --data directory.',
  },
];

/** What a failed open or write means for the operator. */
export function openError(directory: string, cause: unknown): StoreError {
  const text = errorTexts(cause).join(' ');
  const reason = reasons.find(({ pattern }) => pattern.test(text));
  if (reason !== undefined) {
    return new StoreError(reason.code, `The data directory ${directory} ${reason.what}.`, {
      remedy: reason.remedy,
      cause,
    });
  }
  return new StoreError('STORE_DAMAGED', `The data directory ${directory} cannot be opened: ${text}.`, {
    remedy:
      'Restore it from a backup, or start with an empty --data directory: the node harvests and catches up again.',
    cause,
  });
}

function errorTexts(error: unknown): string[] {
  if (!(error instanceof Error)) return [];
  const code = (error as NodeJS.ErrnoException).code;
  return [...(code === undefined ? [] : [code]), error.message, ...errorTexts(error.cause)];
}

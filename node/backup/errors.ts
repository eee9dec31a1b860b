import { NgrError } from '../../vocab/errors.ts';

export class BackupError extends NgrError {}

/** A folder that cannot be written or read, as the operator has to know it. */
export function folderError(folder: string, cause: unknown): BackupError {
  if (cause instanceof BackupError) return cause;
  const { code, message } = cause as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new BackupError('BACKUP_NO_SPACE', `The disk of ${folder} is full.`, {
      remedy:
        'Free some space, keep fewer backups (--keep), or name a folder on another disk. The former backups are whole.',
      cause,
    });
  return new BackupError('BACKUP_FOLDER', `The folder ${folder} cannot be used: ${message}.`, {
    remedy: 'Give the user that runs the node the right to read and write there, or name another folder.',
    cause,
  });
}

export { Backups, type BackupState } from './backups.ts';
export { BackupError } from './errors.ts';
export type { Manifest } from './manifest.ts';
export { restoreBackup, type RestoreOptions } from './restore-backup.ts';
export { verifyBackups, type VerifiedBackup } from './verify-backup.ts';
export {
  writeBackup,
  type BackupOptions,
  type BackupProgress,
  type BackupResult,
  type BackupSource,
} from './write-backup.ts';

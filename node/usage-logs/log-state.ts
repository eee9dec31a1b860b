import type { Refusals } from './layout.ts';
import type { LogFigures } from './tally.ts';

/** What is wrong with a log's files, or keeps them from being read on. */
export interface LogTrouble {
  code:
    | 'LOG_FILE_MISSING'
    | 'LOG_FILE_UNREADABLE'
    | 'LOG_FILE_DAMAGED'
    | 'LOG_FILE_FORMAT'
    | 'LOG_SITE_SILENT'
    | 'LOG_RULE_SLOW';
  /** Names of the files. */
  files: string[];
}

/** A configured log at a glance. */
export interface LogState {
  name: string;
  path: string;
  /** Files that are there. */
  files: number;
  /** Bytes of files that are not packed and not yet read. */
  behind: number;
  /** When something was read last, milliseconds since 1970. */
  readAt: number | undefined;
  figures: LogFigures;
  troubles: readonly LogTrouble[];
}

/** What is wrong with a log: its files as they are now, and the lines that were refused in the last days. */
export interface LogReport {
  troubles: readonly LogTrouble[];
  refused: Refusals;
}

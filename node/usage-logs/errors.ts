import { NgrError } from '../../vocab/errors.ts';

export type UsageLogErrorCode =
  | 'USAGE_ARCHIVE_DAMAGED'
  | 'USAGE_IMPORT_BAD_PART'
  | 'USAGE_IMPORT_BAD_DAYS'
  | 'USAGE_IMPORT_TOO_MANY'
  | 'USAGE_IMPORT_UNKNOWN'
  | 'USAGE_LOG_BAD_RULE'
  | 'USAGE_LOG_SLOW_RULE'
  | 'USAGE_SITE_SILENT';

/** What goes wrong where logs and exports are read. Never holds anything of a line. */
export class UsageLogError extends NgrError {
  declare readonly code: UsageLogErrorCode;

  constructor(code: UsageLogErrorCode, message: string, options: { remedy?: string; cause?: unknown } = {}) {
    super(code, message, options);
  }
}

import { NgrError } from '../../vocab/errors.ts';

export type ConfigErrorCode =
  | 'CONFIG_NOT_FOUND'
  | 'CONFIG_UNREADABLE'
  | 'CONFIG_TOO_LARGE'
  | 'CONFIG_NOT_JSON'
  | 'CONFIG_UNKNOWN_KEY'
  | 'CONFIG_UNKNOWN_VARIABLE'
  | 'CONFIG_BAD_VALUE'
  | 'CONFIG_ROLE_NEEDS_DATABASE';

/** A configuration that cannot be used. The message names the file, variable or flag, and the setting in it. */
export class ConfigError extends NgrError {
  declare readonly code: ConfigErrorCode;

  constructor(code: ConfigErrorCode, message: string, remedy: string, cause?: unknown) {
    super(code, message, { remedy, cause });
  }
}

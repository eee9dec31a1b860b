import { NgrError } from '../../vocab/errors.ts';
import { ExitCode } from './exit-codes.ts';

/** What a command cannot do, with the exit code that tells scripts. */
export class CliError extends NgrError {
  readonly exitCode: ExitCode;

  constructor(
    code: string,
    message: string,
    options: { remedy?: string; exitCode?: ExitCode; cause?: unknown } = {},
  ) {
    super(code, message, options);
    this.exitCode = options.exitCode ?? ExitCode.failed;
  }
}

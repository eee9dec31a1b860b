/**
 * The base of every error this project throws on purpose.
 *
 * `code` is stable (scripts and dashboards match on it), `message` says what happened and where, and
 * `remedy` tells the operator what to do next, in plain words.
 */
export class NgrError extends Error {
  readonly code: string;
  readonly remedy: string | undefined;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { remedy?: string; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.remedy = options.remedy;
    this.details = options.details ?? {};
  }
}

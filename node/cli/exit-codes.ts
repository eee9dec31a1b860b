/** Exit codes of `ngr`. Scripts rely on them; `ngr --help` lists them. */
export const ExitCode = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  issuesFound: 4,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export const exitCodeHelp = `Exit codes:
  0  done
  1  failed; also where "doctor" or "backup verify" found what is not well
  2  wrong use: an unknown command, flag or setting, or a value that will not do
  3  what was asked for is not there
  4  "check" found errors in the metadata`;

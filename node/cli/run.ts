import { CommanderError } from 'commander';
import { errorLine, explain } from './explain.ts';
import { ExitCode } from './exit-codes.ts';
import { buildProgram } from './program.ts';
import type { Surroundings } from './surroundings.ts';

/** Runs `ngr` with the words after its name, and tells the exit code. It never throws. */
export async function run(words: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  let exitCode: ExitCode = ExitCode.ok;
  const context = {
    ...surroundings,
    exitWith: (code: ExitCode) => {
      exitCode = code;
    },
  };
  try {
    const program = await buildProgram(context, words);
    if (words.length === 0) program.outputHelp();
    else await program.parseAsync([...words], { from: 'user' });
    return exitCode;
  } catch (error) {
    // --help and --version end by such an error too.
    if (error instanceof CommanderError && error.exitCode === 0) return ExitCode.ok;
    return report(error, words, surroundings);
  }
}

function report(error: unknown, words: readonly string[], { stderr }: Surroundings): ExitCode {
  const { exitCode, ...explanation } = explain(error);
  const text = words.includes('--json')
    ? JSON.stringify({ error: explanation })
    : errorLine({ exitCode, ...explanation });
  stderr.write(`${text}\n`);
  if (words.includes('--verbose') && error instanceof Error) stderr.write(`${chain(error)}\n`);
  return exitCode;
}

/** The stack of an error and of everything that caused it. */
function chain(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\nCaused by: ${chain(error.cause)}` : own;
}

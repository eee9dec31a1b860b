import { parseArgs, type ParseArgsConfig } from 'node:util';

/**
 * What was typed behind the command. `--help` prints how it is used, and ends the process with 0; a flag that there is not, or one
 * without its value, with 2.
 */
export function typedArguments<T extends ParseArgsConfig>(
  usage: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  if (process.argv.slice(2).includes('--help')) {
    process.stdout.write(usage);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    return refuseArguments((error as Error).message, usage);
  }
}

/** Says what is wrong with them, and ends the process with 2. */
export function refuseArguments(what: string, usage: string): never {
  process.stderr.write(`${what}\n\n${usage}`);
  process.exit(2);
}

import pino, { type Logger } from 'pino';
import { loadConfig, type Config, type ConfigFlags } from '../config/index.ts';
import type { CommonOptions } from './command.ts';
import type { Surroundings } from './surroundings.ts';

/** The flags of one command line, by commander's names for them. */
export type GivenFlags = CommonOptions & ConfigFlags;

/** The configuration that a command's flags, the environment and the file give. */
export function configOf(flags: GivenFlags, { env, cwd }: Surroundings): Promise<Config> {
  return loadConfig({
    env,
    cwd,
    flags: flags.verbose ? { logLevel: 'debug', ...flags } : flags,
    ...(flags.config === undefined ? {} : { file: flags.config }),
  });
}

/** The log: JSON lines on standard error. A person at a terminal sees warnings only, unless the configuration says more. */
export function openLog(
  level: Config['log']['level'],
  { stderr }: Surroundings,
  quiet = stderr.isTTY,
): Logger {
  return pino({ level: level ?? (quiet ? 'warn' : 'info') }, stderr);
}

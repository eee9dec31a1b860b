import { open } from 'node:fs/promises';
import { resolve as resolvePath } from 'node:path';
import { ConfigError } from './errors.ts';
import type { ConfigFlags, Environment } from './overrides.ts';
import { resolveConfig } from './resolve.ts';
import type { Config } from './schema.ts';

export const DEFAULT_CONFIG_FILE = 'ngr.config.json';
const MAX_BYTES = 1_000_000;

/**
 * Reads the configuration from `file`, or from `./ngr.config.json` where that is there, and the environment and flags.
 *
 * @throws ConfigError `CONFIG_NOT_FOUND` where a named file is not there · `CONFIG_UNREADABLE` · `CONFIG_TOO_LARGE` ·
 *   and those of `resolveConfig`
 */
export async function loadConfig({
  file,
  env,
  flags,
  cwd = process.cwd(),
}: {
  file?: string;
  env: Environment;
  flags: ConfigFlags;
  cwd?: string;
}): Promise<Config> {
  const path = file ?? DEFAULT_CONFIG_FILE;
  const text = await read(resolvePath(cwd, path), path);
  if (text === undefined && file !== undefined) {
    throw new ConfigError(
      'CONFIG_NOT_FOUND',
      `There is no configuration file ${path}.`,
      'Check the name after --config, or write one with "ngr init".',
    );
  }
  return resolveConfig({ env, flags, cwd, ...(text === undefined ? {} : { file: { path, text } }) });
}

async function read(location: string, path: string): Promise<string | undefined> {
  try {
    const handle = await open(location);
    try {
      const { size } = await handle.stat();
      if (size > MAX_BYTES) {
        throw new ConfigError(
          'CONFIG_TOO_LARGE',
          `${path} has ${size} bytes; a configuration has ${MAX_BYTES} at most.`,
          'Check that it is the right file.',
        );
      }
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw new ConfigError(
      'CONFIG_UNREADABLE',
      `${path} cannot be read: ${message}.`,
      'Check that it is a file and that this user may read it.',
      cause,
    );
  }
}

import { readFile, stat } from 'node:fs/promises';
import type { Logger } from 'pino';
import { ConfigError } from '../config/index.ts';

const LONGEST_SECRET = 4_000;

/** A secret is read here, by whom it is for: the configuration is shown and passed about. */
export async function secretOf(
  setting: string,
  { file, variable }: { file: string | undefined; variable: string | undefined },
  log: Logger,
): Promise<string | undefined> {
  if (file === undefined && variable === undefined) return undefined;
  if (file !== undefined && (await isReadByAll(file)))
    log.warn(
      { setting, file },
      'everybody on this machine can read a secret: take the right away (chmod o-r)',
    );
  const text = file === undefined ? (process.env[variable ?? ''] ?? '') : await textOf(setting, file);
  const secret = text.trim();
  if (secret !== '' && secret.length <= LONGEST_SECRET && !/[\r\n]/.test(secret)) return secret;
  throw new ConfigError(
    'CONFIG_BAD_VALUE',
    `${setting}: there is no secret in ${file ?? `the environment variable ${variable}`}.`,
    'Put it there, on one line.',
  );
}

/** What is in a file that a setting names. @throws ConfigError `CONFIG_BAD_VALUE` */
export async function textOf(setting: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new ConfigError(
      'CONFIG_BAD_VALUE',
      `${setting}: the file ${file} cannot be read.`,
      'Check its path, and that the user whom the node runs as may read it.',
      cause,
    );
  }
}

/** Windows keeps its rights elsewhere. */
async function isReadByAll(file: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  // What is not there is told by whoever reads it.
  const { mode } = await stat(file).catch(() => ({ mode: 0 }));
  return (mode & 0o004) !== 0;
}

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { Option } from 'commander';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

/** Fewer characters are guessed by whoever gets hold of the file. */
const LEAST_CHARACTERS = 12;
const VARIABLE = 'NGR_PASSPHRASE';

export function passphraseOption(): Option {
  return new Option(
    '--passphrase-file <FILE>',
    `file whose first line is the passphrase (or ${VARIABLE}; else it is asked for)`,
  );
}

/**
 * The passphrase, from a file, from the environment, or typed, without being shown.
 * @param asked.isNew it is typed twice, and too short a one is refused
 */
export async function passphraseOf(
  surroundings: Surroundings,
  asked: { file: string | undefined; isNew: boolean },
): Promise<string> {
  const passphrase = await given(surroundings, asked);
  if (asked.isNew && passphrase.length < LEAST_CHARACTERS)
    throw new CliError('PASSPHRASE_SHORT', `The passphrase has fewer than ${LEAST_CHARACTERS} characters.`, {
      remedy: 'Take a longer one: some words that have nothing to do with one another.',
      exitCode: ExitCode.usage,
    });
  return passphrase;
}

async function given(
  surroundings: Surroundings,
  { file, isNew }: { file: string | undefined; isNew: boolean },
): Promise<string> {
  const { env, cwd } = surroundings;
  if (file !== undefined) {
    const text = await readFile(resolve(cwd, file), 'utf8').catch((cause: unknown) => {
      throw new CliError('FILE_UNREADABLE', `${file} cannot be read.`, {
        exitCode: ExitCode.notFound,
        cause,
      });
    });
    return text.split(/\r?\n/, 1)[0] ?? '';
  }
  const set = env[VARIABLE];
  if (set !== undefined && set !== '') return set;
  const [first, second] = await typed(
    surroundings,
    isNew ? ['Passphrase: ', 'Once more: '] : ['Passphrase: '],
  );
  if (isNew && first !== second)
    throw new CliError('PASSPHRASE_TWICE', 'The two passphrases are not the same.', {
      exitCode: ExitCode.usage,
    });
  return first ?? '';
}

/** Lines from standard input; at a terminal nothing of them is shown. */
async function typed(
  { stdin, stderr, stopping }: Surroundings,
  prompts: readonly string[],
): Promise<string[]> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: silent, terminal: stderr.isTTY === true });
  stopping.addEventListener('abort', () => lines.close(), { once: true });
  const answers = lines[Symbol.asyncIterator]();
  const found: string[] = [];
  try {
    for (const prompt of prompts) {
      stderr.write(prompt);
      const { value, done } = await answers.next();
      stderr.write('\n');
      if (done === true)
        throw new CliError('INPUT_ENDED', 'No passphrase was given.', {
          remedy: `Type it, or give it by --passphrase-file or ${VARIABLE}.`,
          exitCode: ExitCode.usage,
        });
      found.push(value);
    }
  } finally {
    lines.close();
  }
  return found;
}

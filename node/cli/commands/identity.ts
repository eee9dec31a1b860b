import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { Identity } from '../../identity/index.ts';
import { makeDirectory } from '../../store/index.ts';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { CliError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { hasKey, keyFileIn, keyIn } from '../key-file.ts';
import { passphraseOf, passphraseOption } from '../passphrase.ts';
import { print } from '../print.ts';
import { configOf } from '../settings.ts';

type IdentityOptions = CommonOptions & { passphraseFile?: string };

export function identityCommand(context: CommandContext): Command {
  const command = aCommand('identity', {
    description: "Takes the node's key into a safe place, and back: it is in no backup.",
    examples: [
      ['ngr identity export node-key.pem', 'the key, encrypted under a passphrase'],
      ['ngr identity import node-key.pem', 'puts it back, into a data directory without one'],
    ],
  });
  command.action(() => command.help());
  command.enablePositionalOptions();
  return command.addCommand(exportCommand(context)).addCommand(importCommand(context));
}

function exportCommand(context: CommandContext): Command {
  return aCommand('export', {
    description:
      'Writes the key into a file, encrypted under a passphrase: PKCS#8 with PBKDF2-HMAC-SHA-256 (600,000 iterations) and AES-256. The node may run.',
    options: [passphraseOption()],
    examples: [
      [
        'ngr identity export node-key.pem',
        'keep the file and the passphrase apart, and neither with the backups',
      ],
    ],
  })
    .argument('<file>', 'a file that is not there yet')
    .action(async (name: string, options: IdentityOptions) => {
      const { data } = await configOf(options, context);
      const identity = await keyIn(data);
      if (identity === undefined) throw noKey(data);
      const passphrase = await passphraseOf(context, { file: options.passphraseFile, isNew: true });
      const file = resolve(context.cwd, name);
      const text = await identity.encrypted(passphrase);
      // What cannot be read back is no copy.
      Identity.fromEncrypted(text, passphrase);
      await writeFile(file, text, { flag: 'wx', mode: 0o600 }).catch((cause: NodeJS.ErrnoException) => {
        throw cause.code === 'EEXIST' ? fileThere(file) : cause;
      });
      print(context, options, { node: identity.node, file }, [
        `Wrote the key of ${identity.node} to ${file}. Without the passphrase nobody can read it, neither can you.`,
      ]);
    });
}

function importCommand(context: CommandContext): Command {
  return aCommand('import', {
    description: 'Puts an exported key into a data directory that has none, before the node is started.',
    options: [passphraseOption()],
    examples: [['ngr identity import node-key.pem --data /srv/ngr', 'before or after "ngr restore"']],
  })
    .argument('<file>', 'what "ngr identity export" has written')
    .action(async (name: string, options: IdentityOptions) => {
      const { data } = await configOf(options, context);
      const key = keyFileIn(data);
      const file = resolve(context.cwd, name);
      const text = await readFile(file, 'utf8').catch((cause: unknown) => {
        throw new CliError('FILE_UNREADABLE', `${file} cannot be read.`, {
          exitCode: ExitCode.notFound,
          cause,
        });
      });
      if (await hasKey(data)) throw keyThere(key);
      const passphrase = await passphraseOf(context, { file: options.passphraseFile, isNew: false });
      const identity = Identity.fromEncrypted(text, passphrase);
      await makeDirectory(data);
      await identity.save(key);
      print(context, options, { node: identity.node, file: key }, [
        `The key of ${identity.node} is in ${key}.`,
      ]);
    });
}

function noKey(data: string): CliError {
  return new CliError('NO_KEY', `There is no key in ${data}.`, {
    remedy: 'Name the data directory of your node with --data.',
    exitCode: ExitCode.notFound,
  });
}

function fileThere(file: string): CliError {
  return new CliError('FILE_EXISTS', `${file} is there already; it was left as it is.`, {
    remedy: 'Name another file.',
  });
}

function keyThere(key: string): CliError {
  return new CliError('KEY_EXISTS', `There is a key already, ${key}; it was left as it is.`, {
    remedy: 'Move it away if it is not the one that is wanted: who has the key is the node.',
  });
}

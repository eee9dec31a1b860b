import { CommanderError } from 'commander';
import { NgrError } from '../../vocab/errors.ts';
import { ConfigError } from '../config/index.ts';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import { sentence } from './print.ts';

/** What went wrong, for a person and for a script. */
export interface Explanation {
  code: string;
  message: string;
  remedy?: string;
  exitCode: ExitCode;
}

/** What an error means for who typed the command. */
export function explain(error: unknown): Explanation {
  if (error instanceof NgrError) {
    return {
      code: error.code,
      message: error.message,
      ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      exitCode: exitCodeOf(error),
    };
  }
  if (error instanceof CommanderError) return wrongUse(error);
  return (
    systemError(error) ?? {
      code: 'UNEXPECTED',
      message: sentence(error instanceof Error ? error.message : String(error)),
      remedy: 'This is a fault of NGR Node itself: run it again with --verbose and report what it prints.',
      exitCode: ExitCode.failed,
    }
  );
}

/** `ngr: what happened. What to do. [CODE]`, on one line. */
export function errorLine({ code, message, remedy }: Explanation): string {
  const text = [message, remedy].filter((part) => part !== undefined).map(sentence);
  return `ngr: ${text.join(' ')} [${code}]`.replaceAll(/\s+/g, ' ');
}

function exitCodeOf(error: NgrError): ExitCode {
  if (error instanceof CliError) return error.exitCode;
  return error instanceof ConfigError ? ExitCode.usage : ExitCode.failed;
}

function wrongUse({ message }: CommanderError): Explanation {
  const [what = '', hint] = message.replace(/^error: /, '').split('\n');
  const meant = /\(Did you mean (.+)\?\)/.exec(hint ?? '')?.[1];
  return {
    code: 'USAGE',
    message: sentence(what.charAt(0).toUpperCase() + what.slice(1)),
    remedy: meant === undefined ? 'Run it with --help to see what there is.' : `Did you mean ${meant}?`,
    exitCode: ExitCode.usage,
  };
}

interface SystemReason {
  code: string;
  message: (error: NodeJS.ErrnoException & { port?: number }) => string;
  remedy: string;
}

const systemReasons: { readonly [errno: string]: SystemReason } = {
  EADDRINUSE: {
    code: 'PORT_TAKEN',
    message: ({ port }) => `Port ${port ?? 'asked for'} is taken by another program.`,
    remedy: 'Name another with --port (web) or --p2p-port (other nodes), or stop that program.',
  },
  EADDRNOTAVAIL: {
    code: 'ADDRESS_NOT_HERE',
    message: () => 'This machine does not have the address to listen on.',
    remedy: 'Name one that it has with --host, such as 127.0.0.1 or 0.0.0.0.',
  },
  ENOSPC: {
    code: 'DISK_FULL',
    message: () => 'The disk is full.',
    remedy: 'Free some space, or name a folder on another disk with --data.',
  },
  EACCES: {
    code: 'NO_RIGHTS',
    message: ({ path, port }) =>
      port === undefined
        ? `This user may not use ${path ?? 'a file'}.`
        : `This user may not use port ${port}.`,
    remedy: 'Give it the right to, or name another folder with --data or a port above 1023 with --port.',
  },
};

/** Errors of the operating system that came through as they were, at the error itself or at what caused it. */
function systemError(error: unknown): Explanation | undefined {
  for (let e = error; e instanceof Error; e = e.cause) {
    const reason = systemReasons[(e as NodeJS.ErrnoException).code ?? ''];
    if (reason === undefined) continue;
    const { code, message, remedy } = reason;
    return { code, message: message(e), remedy, exitCode: ExitCode.failed };
  }
  return undefined;
}

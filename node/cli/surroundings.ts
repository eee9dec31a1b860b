import type { Readable, Writable } from 'node:stream';
import type { Logger } from 'pino';
import type { Clock } from '../clock.ts';
import type { Config, Environment } from '../config/index.ts';

/** Where a command runs: everything it takes from the process and from the network, so that tests can give their own. */
export interface Surroundings {
  stdin: Readable;
  stdout: Output;
  stderr: Output;
  env: Environment;
  cwd: string;
  clock: Clock;
  fetch: typeof fetch;
  startNode: StartNode;
  rotateKey: RotateKey;
  /** Aborted when the command is asked to stop (Ctrl-C, SIGTERM). */
  stopping: AbortSignal;
}

/** A stream to print on; `isTTY` where a person reads it on a terminal. */
export type Output = Writable & { isTTY?: boolean; columns?: number };

/** The face of node/main.ts that commands need, and of node/assembly/http-role.ts for the role `http`. */
export type StartNode = (
  config: Config,
  options: {
    log: Logger;
    /** Called when the node cannot go on with its store as it is open: another process writes to it, or the disk was full. */
    onLost?: (error: Error) => void;
    /** Only the HTTP side on a free loopback port: no peers, no schedule. */
    offline?: boolean;
  },
) => Promise<RunningNode>;

/** Gives the node of a configuration, which must not run, another key. */
export type RotateKey = (
  config: Config,
  options: { isLost: boolean; clock: Clock },
) => Promise<{ from: string; to: string; kept?: string }>;

export interface RunningNode {
  /** The address of its HTTP side on this machine. */
  url: string;
  multiaddrs: readonly string[];
  stop(): Promise<void>;
}

const DEFAULT_WIDTH = 100;

/** Characters in a line of the terminal. */
export function terminalWidth({ stdout }: Pick<Surroundings, 'stdout'>): number {
  return stdout.columns ?? DEFAULT_WIDTH;
}

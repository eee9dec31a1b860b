import { PassThrough, Readable, Writable } from 'node:stream';
import { systemClock } from '../../node/clock.ts';
import { run } from '../../node/cli/run.ts';
import type { Surroundings } from '../../node/cli/surroundings.ts';

/** What came of a command. */
export interface Typed {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** Runs `ngr` as if the words had been typed, with nothing of this process but what is given. */
export async function typed(
  words: readonly string[],
  given: Partial<Omit<Surroundings, 'stdin' | 'stdout' | 'stderr'>> & {
    input?: string;
    isTerminal?: boolean;
  } = {},
): Promise<Typed> {
  const { input, isTerminal = false, ...surroundings } = given;
  const [stdout, stderr] = [new Sink(isTerminal), new Sink(isTerminal)];
  const exitCode = await run(words, {
    stdin: input === undefined ? new PassThrough() : Readable.from([input]),
    stdout,
    stderr,
    env: {},
    cwd: '/',
    clock: systemClock,
    fetch,
    stopping: new AbortController().signal,
    startNode: () => Promise.reject(new Error('no node is to be started here')),
    rotateKey: () => Promise.reject(new Error('no key is to be changed here')),
    ...surroundings,
  });
  return { exitCode, stdout: stdout.text, stderr: stderr.text };
}

/** A stream that keeps what is written, as a terminal or as a file would get it. */
export class Sink extends Writable {
  readonly isTTY: boolean;
  readonly columns = 100;
  text = '';

  constructor(isTTY = false) {
    super();
    this.isTTY = isTTY;
  }

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

import { spawn } from 'node:child_process';

export interface Ended {
  code: number | null;
  output: string;
  complaints: string;
}

/** Runs a program to its end, with a text as its standard input. */
export async function run(
  command: string,
  words: readonly string[],
  { input = '' }: { input?: string } = {},
): Promise<Ended> {
  const child = spawn(command, words, { stdio: ['pipe', 'pipe', 'pipe'] });
  const [output, complaints]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  // Who does not read its input to the end has closed it.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return {
    code,
    output: Buffer.concat(output).toString(),
    complaints: Buffer.concat(complaints).toString(),
  };
}

/** The same, of a program that prints JSON. @throws where it fails, with what it complained of */
export async function runForJson<T>(command: string, words: readonly string[], input: unknown): Promise<T> {
  const { code, output, complaints } = await run(command, words, { input: JSON.stringify(input) });
  if (code !== 0) throw new Error(`${command} ${words.join(' ')} ended with ${code}: ${complaints}`);
  return JSON.parse(output) as T;
}

import { createInterface, type Interface } from 'node:readline/promises';
import { CliError } from './errors.ts';
import { ExitCode } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

export interface Question {
  text: string;
  preset: string;
  /** What is wrong with an answer, in words; it is then asked again. */
  complaint?: (answer: string) => string | undefined;
}

/** Asks at the terminal, or of the lines that come on standard input. An empty answer takes the preset. */
export class Questions {
  readonly #lines: Interface;
  readonly #answers: AsyncIterator<string>;
  readonly #surroundings: Surroundings;
  /** Input may have ended with answers that are still to be read. */
  #hasEnded = false;

  constructor(surroundings: Surroundings) {
    const { stdin: input, stderr: output } = surroundings;
    this.#surroundings = surroundings;
    this.#lines = createInterface({ input, output, terminal: output.isTTY === true });
    this.#answers = this.#lines[Symbol.asyncIterator]();
    this.#lines.once('close', () => {
      this.#hasEnded = true;
    });
    surroundings.stopping.addEventListener('abort', () => this.#lines.close(), { once: true });
  }

  /** @throws CliError `INPUT_ENDED` where there is nobody to answer */
  async ask({ text, preset, complaint }: Question): Promise<string> {
    for (;;) {
      this.#prompt(preset === '' ? `${text}: ` : `${text} [${preset}]: `);
      const { value, done } = await this.#answers.next();
      if (done === true) {
        throw new CliError('INPUT_ENDED', 'The questions were not all answered; nothing was written.', {
          remedy: 'Answer them at a terminal, or give the answers as flags together with --yes.',
          exitCode: ExitCode.usage,
        });
      }
      const answer = value.trim() === '' ? preset : value.trim();
      const wrong = complaint?.(answer);
      if (wrong === undefined) return answer;
      this.#surroundings.stderr.write(`  ${wrong}\n`);
    }
  }

  #prompt(text: string): void {
    if (this.#hasEnded) {
      this.#surroundings.stderr.write(text);
      return;
    }
    this.#lines.setPrompt(text);
    this.#lines.prompt();
  }

  close(): void {
    this.#lines.close();
  }
}

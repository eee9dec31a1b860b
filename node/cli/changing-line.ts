import { shorten } from './print.ts';
import { terminalWidth, type Surroundings } from './surroundings.ts';

const ERASE_LINE = '\r\u001B[K';

/** One line of standard error that tells how far something is, at a terminal; elsewhere nothing. */
export class ChangingLine {
  readonly #surroundings: Pick<Surroundings, 'stdout' | 'stderr'>;
  #isShown = false;

  constructor(surroundings: Pick<Surroundings, 'stdout' | 'stderr'>) {
    this.#surroundings = surroundings;
  }

  show(text: string): void {
    const { stderr } = this.#surroundings;
    if (!stderr.isTTY) return;
    stderr.write(ERASE_LINE + shorten(text, terminalWidth(this.#surroundings) - 1));
    this.#isShown = true;
  }

  /** Leaves the line free for what comes next. */
  end(): void {
    if (this.#isShown) this.#surroundings.stderr.write(ERASE_LINE);
    this.#isShown = false;
  }
}

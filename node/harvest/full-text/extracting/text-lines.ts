import { MOST_TEXT } from './limits.ts';

/** A text in the making, out of pieces of markup: white space is one space, a break begins a new line, its length is bounded. */
export class TextLines {
  readonly #pieces: string[] = [];
  #length = 0;
  #atStart = true;
  #spaceBefore = false;

  /** Characters that are no white space. */
  letters = 0;

  get text(): string {
    return this.#pieces.join('');
  }

  add(text: string): void {
    const words = text.trim();
    if (words === '') {
      this.#spaceBefore ||= text !== '';
      return;
    }
    const spaced = this.#spaceBefore || /^\s/.test(text);
    const piece = (spaced && !this.#atStart ? ' ' : '') + words.replace(/\s+/g, ' ');
    this.#spaceBefore = /\s$/.test(text);
    this.#put(piece);
    this.letters += words.length;
    this.#atStart = false;
  }

  break(): void {
    if (!this.#atStart) this.#put('\n');
    this.#atStart = true;
    this.#spaceBefore = false;
  }

  #put(piece: string): void {
    const room = MOST_TEXT - this.#length;
    if (room <= 0) return;
    this.#pieces.push(piece.slice(0, room));
    this.#length += piece.length;
  }
}

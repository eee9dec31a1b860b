/** Bytes of a line. Longer ones are passed over whole: servers take requests of half of that. */
export const LONGEST_LINE = 16 * 1024;

const NEWLINE = 10;
const RETURN = 13;

/** What is told of the lines of a log, as they come. */
interface LineListener {
  /** @param text one byte a character (latin1), of which the line without its end is the part from `start` to `end` */
  line(text: string, start: number, end: number): void;
  /** One was longer than `LONGEST_LINE`. */
  tooLong(): void;
}

/** Takes the bytes of a log apart into lines. Empty ones are passed over. What is kept between two pieces is bounded. */
export class LogLines {
  readonly #listener: LineListener;
  #rest: Buffer | undefined;
  #isTooLong = false;
  #consumed = 0;
  #received = 0;

  constructor(listener: LineListener) {
    this.#listener = listener;
  }

  /** Bytes up to the end of the last line that was told. */
  get consumed(): number {
    return this.#consumed;
  }

  take(piece: Uint8Array): void {
    let bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    this.#received += bytes.length;
    const last = bytes.lastIndexOf(NEWLINE);
    if (last < 0) {
      this.#keep(bytes);
      return;
    }
    const rest = bytes.subarray(last + 1);
    let from = 0;
    if (this.#isTooLong) {
      from = bytes.indexOf(NEWLINE) + 1;
      this.#listener.tooLong();
      this.#isTooLong = false;
    } else if (this.#rest !== undefined) {
      bytes = Buffer.concat([this.#rest, bytes.subarray(0, last + 1)]);
    }
    this.#rest = undefined;
    const end = bytes.lastIndexOf(NEWLINE) + 1;
    if (from < end) this.#tell(bytes.toString('latin1', from, end));
    this.#consumed = this.#received - rest.length;
    this.#keep(rest);
  }

  /** There is no more: what stands behind the last line's end is a line, too. */
  end(): void {
    if (this.#isTooLong) this.#listener.tooLong();
    else if (this.#rest !== undefined) this.#tell(`${this.#rest.toString('latin1')}\n`);
    this.#rest = undefined;
    this.#isTooLong = false;
    this.#consumed = this.#received;
  }

  #tell(text: string): void {
    let start = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
      const lineEnd = end > start && text.charCodeAt(end - 1) === RETURN ? end - 1 : end;
      if (lineEnd - start > LONGEST_LINE) this.#listener.tooLong();
      else if (lineEnd > start) this.#listener.line(text, start, lineEnd);
      start = end + 1;
    }
  }

  #keep(rest: Buffer): void {
    if (rest.length === 0 || this.#isTooLong) return;
    const length = (this.#rest?.length ?? 0) + rest.length;
    if (length > LONGEST_LINE) {
      this.#isTooLong = true;
      this.#rest = undefined;
    } else this.#rest = this.#rest === undefined ? Buffer.from(rest) : Buffer.concat([this.#rest, rest]);
  }
}

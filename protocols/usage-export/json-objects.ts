/** Characters of one object. A visit with a thousand actions has a tenth of it. */
const LONGEST_OBJECT = 2 * 1024 * 1024;
const DEEPEST = 64;
/** Characters of an object by which it is judged. */
const HEAD = 80;
/** A visit or an event that stands by itself may have objects in arrays, too, but says first what it is. */
const ENTRY = /^\{\s*"(?:idSite|idVisit|type|id|uid|time|ip)"/;

/** An object as text, or that one was longer than any honest one or nested too deep. */
type ObjectText = { text: string } | 'too long';

/**
 * Finds the objects of a JSON text that comes piece by piece: those in an array, as of `[{…}, {…}]` or of
 * `{"response": {"docs": [{…}, {…}]}}`, or those that stand one after another (JSON Lines). Does not check the JSON: that is
 * for whoever parses an object. Keeps one object at a time.
 */
export class JsonObjects {
  /** Brackets that are open: `[` or `{`. */
  readonly #open: string[] = [];
  /** How deep the object lies that is being gathered: 0 one that stands by itself. */
  #depth: number | undefined;
  #pieces: string[] = [];
  /** How the object that is being gathered begins, as far as it came with other pieces. */
  #head = '';
  #length = 0;
  #isTooLong = false;
  #inString = false;
  #isEscaped = false;

  /** The objects that end in this piece. */
  *take(piece: string): Generator<ObjectText> {
    let from = 0;
    for (let i = 0; i < piece.length; i += 1) {
      const code = piece.charCodeAt(i);
      if (this.#inString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === 92) this.#isEscaped = true;
        else if (code === 34) this.#inString = false;
        continue;
      }
      if (code === 34) this.#inString = this.#open.length > 0;
      else if (code === 123 || code === 91) {
        if (code === 123 && this.#begins(piece, from)) {
          this.#reset(this.#open.length);
          from = i;
        }
        if (this.#open.length < DEEPEST) this.#open.push(code === 123 ? '{' : '[');
        else this.#isTooLong = true;
      } else if (code === 125 || code === 93) {
        this.#open.pop();
        if (code === 125 && this.#depth === this.#open.length) {
          this.#gather(piece.slice(from, i + 1));
          yield this.#isTooLong ? 'too long' : { text: this.#pieces.join('') };
          this.#reset(undefined);
        }
      }
    }
    if (this.#depth !== undefined) this.#gather(piece.slice(from));
  }

  /** Whether the text ended in the midst of something. */
  get isCut(): boolean {
    return this.#open.length > 0 || this.#depth !== undefined;
  }

  /** An object in an array takes the place of the one at the very outside, which turns out to be a frame. */
  #begins(piece: string, from: number): boolean {
    if (this.#depth === undefined) return this.#open.length === 0 || this.#open.at(-1) === '[';
    if (this.#depth > 0 || this.#open.at(-1) !== '[') return false;
    return !ENTRY.test(this.#head + piece.slice(from, from + HEAD));
  }

  #reset(depth: number | undefined): void {
    this.#depth = depth;
    this.#pieces = [];
    this.#head = '';
    this.#length = 0;
    this.#isTooLong = false;
  }

  #gather(text: string): void {
    if (this.#head.length < HEAD) this.#head += text.slice(0, HEAD);
    this.#length += text.length;
    if (this.#length > LONGEST_OBJECT) {
      this.#isTooLong = true;
      this.#pieces = [];
    } else if (text !== '') this.#pieces.push(text);
  }
}

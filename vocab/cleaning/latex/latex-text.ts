/** How a piece is read. */
export interface Mode {
  /** Within a formula. */
  math: boolean;
  /** How many groups and commands it stands in. */
  depth: number;
}

/** What a piece of LaTeX comes to, and where the text goes on behind it. */
export interface Piece {
  is: string;
  next: number;
}

/** Groups within groups beyond this are copied as they are. */
export const DEEPEST = 20;
export const LONGEST_FORMULA = 1_000;

/** A text with its braces in pairs. */
export class LatexText {
  readonly text: string;
  /** Where the brace that is opened at a place is closed. */
  readonly #closing = new Map<number, number>();

  constructor(text: string) {
    this.text = text;
    const opened: number[] = [];
    const brace = /\\.|[{}]/gs;
    for (let match = brace.exec(text); match !== null; match = brace.exec(text)) {
      if (match[0] === '{') opened.push(match.index);
      else if (match[0] === '}') {
        const open = opened.pop();
        if (open !== undefined) this.#closing.set(open, match.index);
      }
    }
  }

  /** End of the group that begins here, before `end`; `undefined` where none does. */
  groupEnd(at: number, end = Infinity): number | undefined {
    const close = this.#closing.get(at);
    return close !== undefined && close < end ? close : undefined;
  }

  /** What stands before a place, as far as it can matter. */
  before(at: number): string {
    return this.text.slice(Math.max(0, at - 30), at);
  }

  /** Where some text begins, before a limit. */
  find(sought: string, start: number, limit: number): number | undefined {
    const at = this.text.slice(start, limit).indexOf(sought);
    return at < 0 ? undefined : start + at;
  }
}

import { subscript, superscript } from '../scripts.ts';
import { LatexCommands } from './commands.ts';
import { hasFilePath, isFormula, isProtected, isTie, telltale } from './evidence.ts';
import { DEEPEST, LatexText, LONGEST_FORMULA, type Mode, type Piece } from './latex-text.ts';
import { dashAt } from './signs.ts';

/**
 * A text without LaTeX: `Schr\"{o}dinger`, `{BERT}: \emph{deep}`, `$\alpha \leq x^2$`, ``` ``quoted'' ``` as people read
 * them. Formulas become what Unicode has of them (α ≤ x²). What only looks like LaTeX stays, and so does a command that
 * is not known. Linear in the text.
 */
export function withoutLatex(text: string): string {
  if (!telltale.test(text) || hasFilePath(text)) return text;
  return new LatexReader(text).read(0, text.length, { math: false, depth: 0 });
}

const LONGEST_QUOTATION = 500;
/** Pieces that are read, for each character of the text: what is nested to be read again and again is left as it is. */
const PIECES_A_CHARACTER = 5;

class LatexReader {
  readonly #source: LatexText;
  readonly #text: string;
  readonly #commands: LatexCommands;
  #left: number;

  constructor(text: string) {
    this.#source = new LatexText(text);
    this.#text = text;
    this.#commands = new LatexCommands(this.#source, (start, end, mode) => this.read(start, end, mode));
    this.#left = PIECES_A_CHARACTER * text.length;
  }

  read(start: number, end: number, mode: Mode): string {
    if (mode.depth > DEEPEST) return this.#text.slice(start, end);
    const special = mode.math ? /[\\{}$^_~]/g : /[\\{$~`]|--+|[\^_]\{/g;
    let result = '';
    let at = start;
    while (at < end && this.#left > 0) {
      special.lastIndex = at;
      const found = special.exec(this.#text)?.index ?? end;
      if (found >= end) break;
      this.#left -= 1;
      result += this.#text.slice(at, found);
      const { is, next } = this.#piece(found, end, mode);
      // A reference that is gone leaves no space before the full stop.
      result = is === '' && /[.,;:)]/.test(this.#text[next] ?? '') ? result.trimEnd() : result + is;
      at = Math.max(next, found + 1);
    }
    return result + this.#text.slice(at, end);
  }

  #piece(at: number, end: number, mode: Mode): Piece {
    const asItIs = { is: this.#text[at]!, next: at + 1 };
    switch (this.#text[at]) {
      case '\\':
        return this.#commands.command(at, end, mode) ?? asItIs;
      case '{':
        return this.#group(at, end, mode) ?? asItIs;
      case '$':
        return this.#formula(at, end, mode) ?? asItIs;
      case '^':
      case '_':
        return this.#script(at, end, mode) ?? asItIs;
      case '~':
        return mode.math || isTie(this.#source.before(at), this.#text.slice(at + 1, at + 3))
          ? { is: ' ', next: at + 1 }
          : asItIs;
      case '`':
        return this.#quotation(at, end, mode) ?? asItIs;
      case '-':
        return dashAt(this.#text, at);
      default:
        // A brace without its counterpart in a formula.
        return asItIs;
    }
  }

  #group(at: number, end: number, mode: Mode): Piece | undefined {
    const close = this.#source.groupEnd(at, end);
    if (close === undefined) return undefined;
    const deeper = { ...mode, depth: mode.depth + 1 };
    const inner = (): Piece => ({ is: this.read(at + 1, close, deeper), next: close + 1 });
    if (mode.math || this.#isWholeTitle(at, close)) return inner();
    const command = this.#text[at + 1] === '\\' ? this.#commands.command(at + 1, close, deeper) : undefined;
    if (command !== undefined) {
      return { is: command.is + this.read(command.next, close, deeper), next: close + 1 };
    }
    const content = this.#text.slice(at + 1, Math.min(close, at + 302));
    const doubled = this.#source.groupEnd(at + 1) === close - 1;
    // The argument of a command that is not known.
    if (/\\[A-Za-z]+$/.test(this.#source.before(at))) return undefined;
    if (doubled || isProtected(content, this.#text[at - 1] ?? '', this.#text[close + 1] ?? ''))
      return inner();
    return { is: `{${this.read(at + 1, close, deeper)}}`, next: close + 1 };
  }

  /** "{A Survey of Repositories}", which BibTeX has for titles in capitals; no set, no JSON. */
  #isWholeTitle(open: number, close: number): boolean {
    if (open !== 0 || close !== this.#text.length - 1) return false;
    return /^\{\p{L}[^,:"]{0,40}\p{L}{3}/u.test(this.#text) || this.#source.groupEnd(open + 1) === close - 1;
  }

  #formula(at: number, end: number, mode: Mode): Piece | undefined {
    const text = this.#text;
    if (mode.math) return { is: '', next: at + 1 };
    const mark = text.startsWith('$$', at) ? '$$' : '$';
    const start = at + mark.length;
    const close = this.#source.find(mark, start, Math.min(end, start + LONGEST_FORMULA));
    if (close === undefined || text[start] === '$' || text[close - 1] === '\\') return undefined;
    const content = text.slice(start, close);
    if (!isFormula(content, text[at - 1] ?? '', text[close + mark.length] ?? '')) return undefined;
    return { is: this.#math(start, close, mode), next: close + mark.length };
  }

  #math(start: number, end: number, { depth }: Mode): string {
    return this.read(start, end, { math: true, depth: depth + 1 }).trim();
  }

  /** `x^2`, `x_{i,j}`; outside formulas with braces only. */
  #script(at: number, end: number, mode: Mode): Piece | undefined {
    const argument = this.#commands.argument(at + 1, end, { math: true, depth: mode.depth + 1 });
    if (argument === undefined || argument.is === '') return undefined;
    const { is, next } = argument;
    const raised = this.#text[at] === '^';
    if (raised && /^(?:[°′*∗†]|st|nd|rd|th)$/.test(is)) return { is, next };
    const small = raised ? superscript(is) : subscript(is);
    return { is: small ?? this.#text[at]! + (/^(?:[\p{L}\p{N}.]+|.)$/u.test(is) ? is : `(${is})`), next };
  }

  #quotation(at: number, end: number, mode: Mode): Piece | undefined {
    if (!this.#text.startsWith('``', at)) return undefined;
    const close = this.#source.find("''", at + 2, Math.min(end, at + LONGEST_QUOTATION));
    if (close === undefined || this.#text.slice(at + 2, close).includes('``')) return undefined;
    const inside = this.read(at + 2, close, { ...mode, depth: mode.depth + 1 });
    return { is: `“${inside}”`, next: close + 2 };
  }
}

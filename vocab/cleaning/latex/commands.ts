import { subscript, superscript } from '../scripts.ts';
import { accented, isAccent } from './accents.ts';
import { hasEscapedQuotes, isEscapedApostrophe } from './evidence.ts';
import { DEEPEST, type LatexText, LONGEST_FORMULA, type Mode, type Piece } from './latex-text.ts';
import { escapedSign } from './signs.ts';
import { functions, letters, mathWrappers, silent, switches, symbols, wrappers } from './symbols.ts';

const LONGEST_OPTION = 200;

/** Reads what begins with a backslash. */
export class LatexCommands {
  readonly #source: LatexText;
  readonly #text: string;
  readonly #read: (start: number, end: number, mode: Mode) => string;
  readonly #quotesEscaped: boolean;

  /** @param read what a piece of the text comes to, whatever is in it */
  constructor(source: LatexText, read: (start: number, end: number, mode: Mode) => string) {
    this.#source = source;
    this.#text = source.text;
    this.#read = read;
    this.#quotesEscaped = hasEscapedQuotes(source.text);
  }

  /** A group, a command or one character, as the argument of what stands before it. */
  argument(start: number, end: number, mode: Mode): Piece | undefined {
    const at = this.#text[start] === ' ' ? start + 1 : start;
    if (at >= end || mode.depth > DEEPEST) return undefined;
    const close = this.#source.groupEnd(at, end);
    if (close !== undefined) return { is: this.#read(at + 1, close, mode), next: close + 1 };
    if (this.#text[at] === '\\') return this.command(at, end, mode);
    if (/[\s{}$^_~]/.test(this.#text[at]!)) return undefined;
    const [character = ''] = this.#text.slice(at, at + 2);
    return { is: character, next: at + character.length };
  }

  /** The command that begins with this backslash; `undefined` where none does that is known. */
  command(at: number, end: number, mode: Mode): Piece | undefined {
    const name = /^[A-Za-z]+/.exec(this.#text.slice(at + 1, Math.min(end, at + 25)))?.[0];
    if (name === undefined) return this.#sign(at, end, mode);
    const next = at + 1 + name.length;
    if (isAccent(name)) {
      const accent = this.#accent(name, next, end, mode);
      if (accent !== undefined) return accent;
    }
    const symbol = symbols.get(name);
    if (symbol !== undefined) return { is: symbol, next: this.#behind(next, letters.has(name)) };
    if (functions.has(name)) return { is: name, next };
    if (switches.has(name)) {
      const isWrapped = this.#source.groupEnd(next, end) !== undefined;
      return isWrapped
        ? this.argument(next, end, mode)
        : { is: '', next: next + (this.#text[next] === ' ' ? 1 : 0) };
    }
    if (silent.has(name))
      return { is: name === 'begin' || name === 'end' ? ' ' : '', next: this.#withArguments(next) };
    return this.#withArgument(name, next, end, { ...mode, depth: mode.depth + 1 });
  }

  /** Commands of which the argument is left, in one form or another. */
  #withArgument(name: string, start: number, end: number, mode: Mode): Piece | undefined {
    const isWrapper = wrappers.has(name) || mathWrappers.has(name);
    if (isWrapper || name === 'textsuperscript' || name === 'textsubscript') {
      const argument = this.argument(start, end, mathWrappers.has(name) ? { ...mode, math: true } : mode);
      if (isWrapper || argument === undefined) return argument;
      const small = (name === 'textsuperscript' ? superscript : subscript)(argument.is);
      return { is: small ?? argument.is, next: argument.next };
    }
    if (name === 'sqrt' || name === 'frac' || name === 'dfrac' || name === 'tfrac') {
      const first = this.argument(start, end, { ...mode, math: true });
      if (first === undefined) return undefined;
      if (name === 'sqrt') return { is: `√${inBrackets(first.is)}`, next: first.next };
      const second = this.argument(first.next, end, { ...mode, math: true });
      return second && { is: `${inBrackets(first.is)}/${inBrackets(second.is)}`, next: second.next };
    }
    if (name === 'href' || name === 'textcolor' || name === 'footnote') {
      const first = this.argument(start, end, mode);
      if (first === undefined || name === 'footnote')
        return first && { is: ` (${first.is})`, next: first.next };
      return this.argument(first.next, end, mode);
    }
    return undefined;
  }

  #accent(name: string, start: number, end: number, mode: Mode): Piece | undefined {
    const isNamed = /^[A-Za-z]/.test(name);
    const close = this.#source.groupEnd(this.#text[start] === ' ' ? start + 1 : start, end);
    if (close !== undefined) {
      const open = this.#text.indexOf('{', start);
      const content = this.#text.slice(open + 1, close).trim();
      if (content === '' && !isNamed) return { is: name, next: close + 1 };
      const isDotless = content === '\\i' || content === '\\j';
      const plain = isDotless
        ? content
        : this.#read(open + 1, close, { ...mode, depth: mode.depth + 1 }).trim();
      const [first = ''] = plain;
      const base = isDotless ? content : first;
      const letter = accented(name, base);
      return letter === undefined ? undefined : { is: letter + plain.slice(base.length), next: close + 1 };
    }
    // Of the others "\.e" may be a pattern, and "\c" the end of something; "\v s" is meant.
    const bare = isNamed ? /^ (\\[ij](?![A-Za-z])|\p{L})/u : /^(\\[ij](?![A-Za-z])|\p{L})/u;
    const rest = this.#text.slice(start, Math.min(end, start + 4));
    const match = name === '.' || name === '=' || (isNamed && mode.math) ? null : bare.exec(rest);
    if (match === null) return undefined;
    if (name === "'" && isEscapedApostrophe(this.#text, start - 2)) return { is: "'", next: start };
    const [{ length }, base = ''] = match;
    const letter = accented(name, base);
    return letter === undefined
      ? undefined
      : { is: letter, next: this.#behind(start + length, base.startsWith('\\')) };
  }

  /** A backslash before something that is no letter. */
  #sign(at: number, end: number, mode: Mode): Piece | undefined {
    const text = this.#text;
    const sign = text[at + 1] ?? '';
    const next = at + 2;
    if (next > end) return undefined;
    if (sign === '"' && this.#quotesEscaped) return { is: '"', next };
    if (isAccent(sign)) {
      const accent = this.#accent(sign, next, end, mode);
      if (accent !== undefined) return accent;
      return sign === "'" || sign === '"' ? { is: sign, next } : undefined;
    }
    const is = escapedSign(sign, { before: text[at - 1] ?? ' ', after: text[next] ?? ' ', math: mode.math });
    if (is !== undefined) return { is, next };
    if (sign === '(' || sign === '[') {
      const close = this.#source.find(
        sign === '(' ? '\\)' : '\\]',
        next,
        Math.min(end, next + LONGEST_FORMULA),
      );
      return close === undefined
        ? undefined
        : { is: this.#read(next, close, { math: true, depth: mode.depth + 1 }).trim(), next: close + 2 };
    }
    return undefined;
  }

  /** Past what ends a command: empty braces, or the space that ends one for a letter within a word. */
  #behind(next: number, isLetter: boolean): number {
    if (this.#text.startsWith('{}', next)) return next + 2;
    return isLetter && /^ \p{Ll}/u.test(this.#text.slice(next, next + 3)) ? next + 1 : next;
  }

  /** Past the arguments that follow, in brackets and braces. */
  #withArguments(start: number): number {
    let next = start;
    for (;;) {
      const bracket =
        this.#text[next] === '[' ? this.#source.find(']', next, next + LONGEST_OPTION) : undefined;
      const close = bracket ?? this.#source.groupEnd(next);
      if (close === undefined) return next;
      next = close + 1;
    }
  }
}

function inBrackets(text: string): string {
  return /^[\p{L}\p{N}\p{M}]+$/u.test(text) ? text : `(${text})`;
}

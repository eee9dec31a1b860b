/** A value of JSON as it stands in a text. */
export interface JsonText {
  text: string;
  /** Line on which it begins, from 1. */
  line: number;
  /** Whether it goes on beyond the bound. */
  isCut: boolean;
}

/** Members that hold the list of records, in the answers of DataCite, Crossref, OpenAlex, our own nodes and others. */
const lists = new Set(['data', 'items', 'orderedItems', 'records', 'results', 'works', 'docs', 'references']);
/** Members that such a list may lie in. */
const around = new Set(['message', 'response', 'result', 'hits']);

const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];
const NEWLINE = 0x0a;
/** Of a member whose name matters. */
const LONGEST_NAME = 100;

/** Where in the document: outside of everything; in objects around a list; in the list; behind it. */
type State = 'outside' | 'around' | 'list' | 'behind';

/**
 * Cuts a document of JSON that comes piece by piece into the objects that are its records: the elements of the list that
 * it is or holds, else the document itself, or several one after another. Only structure is looked at; whether an
 * object is well-formed is found out by who parses it.
 */
export class JsonValues {
  readonly #limits: { entry: number; document: number };
  #state: State = 'outside';
  /** Open objects and arrays. */
  #depth = 0;
  /** Depth of the elements of the list. */
  #listDepth = 0;
  #inString = false;
  #isEscaped = false;
  #line = 1;
  /** The text of the value that is being read, as far as it lies in earlier pieces. */
  #kept = '';
  #isCut = false;
  #begunOn = 1;
  /** Names of the members that are open around, as long as a list may lie within. */
  readonly #path: string[] = [];
  #name = '';
  #string = '';
  /** What lies in earlier pieces of the text that is being read. */
  #begunString = '';
  /** `[` has just opened behind the name of a list: what comes next decides. */
  #mayBeList = false;

  constructor(limits: { entry: number; document: number }) {
    this.#limits = limits;
  }

  /** Whether the document has come to its end, as far as one can see. */
  get isClosed(): boolean {
    return this.#depth === 0 && !this.#inString;
  }

  get line(): number {
    return this.#line;
  }

  *push(chunk: string): Generator<JsonText> {
    /** Where the value that is being read begins in this piece. */
    let start = this.#isInValue ? 0 : -1;
    let stringStart = 0;
    for (let i = 0; i < chunk.length; i += 1) {
      const code = chunk.charCodeAt(i);
      if (code === NEWLINE) this.#line += 1;
      if (this.#inString) {
        if (this.#isEscaped) this.#isEscaped = false;
        else if (code === BACKSLASH) this.#isEscaped = true;
        else if (code === QUOTE) {
          this.#inString = false;
          if (this.#state === 'around') this.#string = this.#begunString + chunk.slice(stringStart, i);
          this.#begunString = '';
        }
        continue;
      }
      if (code <= 0x20) continue;
      if (this.#mayBeList) {
        this.#mayBeList = false;
        if (code === OPEN_BRACE) {
          this.#state = 'list';
          this.#listDepth = this.#depth;
          this.#kept = '';
          this.#isCut = false;
          start = -1;
        }
      }
      if (code === QUOTE) {
        this.#inString = true;
        stringStart = i + 1;
        if (this.#isBetweenElements && start < 0) yield { text: '""', line: this.#line, isCut: false };
      } else if (code === COLON) this.#name = this.#string;
      else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        if (this.#opens(code)) {
          start = i;
          this.#begunOn = this.#line;
        }
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        const isDone = this.#closes();
        if (isDone && start >= 0) {
          yield this.#take(chunk.slice(start, i + 1));
          start = -1;
        }
      } else if (this.#isBetweenElements && code !== COMMA && start < 0) {
        // Neither object nor array: a text or number among the records.
        const end = scalarEnd(chunk, i);
        yield { text: chunk.slice(i, end), line: this.#line, isCut: false };
        i = end - 1;
      }
    }
    if (start >= 0) this.#keep(chunk.slice(start));
    if (this.#inString && this.#state === 'around')
      this.#begunString = (this.#begunString + chunk.slice(stringStart)).slice(0, LONGEST_NAME);
  }

  get #isBetweenElements(): boolean {
    return this.#state === 'list' && this.#depth === this.#listDepth;
  }

  get #isInValue(): boolean {
    return this.#state === 'around' || (this.#state === 'list' && this.#depth > this.#listDepth);
  }

  /** @returns whether a value begins here that is given out */
  #opens(code: number): boolean {
    const isObject = code === OPEN_BRACE;
    this.#depth += 1;
    if (this.#state === 'list') return this.#depth === this.#listDepth + 1;
    if (this.#state === 'behind') return false;
    if (this.#state === 'outside') {
      if (!isObject) {
        this.#state = 'list';
        this.#listDepth = this.#depth;
        return false;
      }
      this.#state = 'around';
      this.#path.length = 0;
      return true;
    }
    const isWithin = this.#path.length === this.#depth - 2 && this.#path.every((name) => around.has(name));
    if (!isWithin) return false;
    if (isObject) this.#path.push(this.#name);
    else this.#mayBeList = lists.has(this.#name) || around.has(this.#name);
    return false;
  }

  /** @returns whether the value ends here that is given out */
  #closes(): boolean {
    this.#mayBeList = false;
    this.#depth = Math.max(0, this.#depth - 1);
    this.#path.length = Math.min(this.#path.length, Math.max(0, this.#depth - 1));
    if (this.#state === 'list') {
      if (this.#depth === this.#listDepth) return true;
      if (this.#depth < this.#listDepth) this.#state = this.#depth === 0 ? 'outside' : 'behind';
      return false;
    }
    if (this.#depth > 0) return false;
    const isWhole = this.#state === 'around';
    this.#state = 'outside';
    return isWhole;
  }

  #keep(text: string): void {
    const longest = this.#state === 'list' ? this.#limits.entry : this.#limits.document;
    if (this.#isCut) return;
    this.#kept += text;
    if (this.#kept.length <= longest) return;
    this.#kept = this.#kept.slice(0, 1000);
    this.#isCut = true;
  }

  #take(text: string): JsonText {
    this.#keep(text);
    const value = { text: this.#kept, line: this.#begunOn, isCut: this.#isCut };
    this.#kept = '';
    this.#isCut = false;
    return value;
  }
}

function scalarEnd(chunk: string, start: number): number {
  let end = start + 1;
  while (end < chunk.length && !/[\s,\]}]/.test(chunk[end]!)) end += 1;
  return end;
}

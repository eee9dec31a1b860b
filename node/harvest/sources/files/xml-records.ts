import { LONGEST_ENTRY } from './limits.ts';

/** A record of OAI-PMH as it stands in a file. */
export interface XmlRecord {
  text: string;
  /** Line on which it begins, from 1. */
  line: number;
  isCut: boolean;
}

/** `<record>` with a `<header>` in it: other formats have records, too. */
const recordStart =
  /<(?:[\w.-]{1,40}:)?record(?:\s[^<>]{0,2000})?>\s{0,1000}(?:<!--[^<>]{0,500}-->\s{0,1000})?<(?:[\w.-]{1,40}:)?header[\s>/]/g;
/** The longest text that the pattern matches, about. */
const LONGEST_START = 5_000;
/** Of what stands around the records: enough for every namespace that is declared there. */
const LONGEST_AROUND = 20_000;

/**
 * Cuts a file that comes piece by piece into its OAI-PMH records: answers to ListRecords and GetRecord, as many as there
 * are one behind the other, or records that were saved alone.
 */
export class XmlRecords {
  /** What stands before the first record, and between those that were given last: where namespaces are declared. */
  around = '';
  /** Whether a record has been found. */
  hasBegun = false;
  #buffer = '';
  #searchFrom = 0;
  #line = 1;
  #begunOn = 1;
  #isCut = false;

  *push(chunk: string): Generator<XmlRecord> {
    this.#buffer += chunk;
    for (;;) {
      recordStart.lastIndex = this.#searchFrom;
      const start = recordStart.exec(this.#buffer);
      if (start === null) break;
      yield* this.#cutAt(start.index);
    }
    this.#searchFrom = Math.max(this.#searchFrom, this.#buffer.length - LONGEST_START);
    if (this.#buffer.length <= LONGEST_ENTRY) return;
    // Whatever it is, it is no record: only where it began is kept.
    this.#isCut = true;
    this.#drop(this.#searchFrom);
    this.#searchFrom = 0;
  }

  *end(): Generator<XmlRecord> {
    if (this.hasBegun) yield* this.#cutAt(this.#buffer.length);
  }

  *#cutAt(index: number): Generator<XmlRecord> {
    const text = this.#buffer.slice(0, index);
    if (this.hasBegun) {
      const end = endOfRecord(text);
      yield { text: text.slice(0, end), line: this.#begunOn, isCut: this.#isCut };
      // The next answer of several that were saved behind one another.
      if (text.includes('xmlns', end)) this.around = text.slice(end).slice(-LONGEST_AROUND);
    } else this.around = text.slice(-LONGEST_AROUND);
    this.#isCut = false;
    this.hasBegun = true;
    this.#drop(index);
    this.#begunOn = this.#line;
    this.#searchFrom = 1;
  }

  #drop(length: number): void {
    for (let i = this.#buffer.indexOf('\n'); i >= 0 && i < length; i = this.#buffer.indexOf('\n', i + 1))
      this.#line += 1;
    this.#buffer = this.#buffer.slice(length);
  }
}

/** Index behind the last end tag of a record; the length of the text where there is none. */
function endOfRecord(text: string): number {
  const last = [...text.matchAll(/<\/(?:[\w.-]{1,40}:)?record\s{0,20}>/g)].at(-1);
  return last === undefined ? text.length : last.index + last[0].length;
}

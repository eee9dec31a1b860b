import { MOST_LINKS, typedLinks, type TypedLink } from './typed-link.ts';

const SPACE = /[ \t\r\n]/;
/** Ends the name of a parameter, and its value where that is not quoted. */
const AFTER_NAME = /[ \t\r\n=;,]/;
const AFTER_VALUE = /[;,]/;

/**
 * The links of a `Link` header (RFC 8288, section 3), or of a document in the same form (`application/linkset`, RFC 9264,
 * section 4.1). Read as appendix B of RFC 8288 says, so that one malformed link does not take the others with it; never
 * throws, and takes time in proportion to the text.
 *
 * @param header several headers joined by commas
 * @param base address of what the header came with, absolute
 */
export function parseLinkHeader(header: string, base: string): TypedLink[] {
  const links: TypedLink[] = [];
  const reader = new HeaderReader(header);
  while (links.length < MOST_LINKS && reader.toNextTarget()) {
    const href = reader.target();
    if (href === undefined) break;
    const parameters = reader.parameters();
    const rel = parameters.get('rel');
    if (rel === undefined) continue;
    links.push(
      ...typedLinks({ href, rel, anchor: parameters.get('anchor'), type: parameters.get('type') }, base),
    );
  }
  return links.slice(0, MOST_LINKS);
}

class HeaderReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes to the `<` of the next link. */
  toNextTarget(): boolean {
    const found = this.#text.indexOf('<', this.#at);
    this.#at = found < 0 ? this.#text.length : found + 1;
    return found >= 0;
  }

  target(): string | undefined {
    const end = this.#text.indexOf('>', this.#at);
    if (end < 0) return undefined;
    const target = this.#text.slice(this.#at, end).trim();
    this.#at = end + 1;
    return target;
  }

  /** By name in lower case; of a name that occurs twice the first counts. */
  parameters(): ReadonlyMap<string, string> {
    const parameters = new Map<string, string>();
    for (;;) {
      this.#skip(SPACE);
      if (this.#text[this.#at] !== ';') return parameters;
      this.#at += 1;
      this.#skip(SPACE);
      const name = this.#upTo(AFTER_NAME).toLowerCase();
      this.#skip(SPACE);
      let value = '';
      if (this.#text[this.#at] === '=') {
        this.#at += 1;
        this.#skip(SPACE);
        value = this.#text[this.#at] === '"' ? this.#quoted() : this.#upTo(AFTER_VALUE).trimEnd();
      }
      if (name !== '' && !parameters.has(name)) parameters.set(name, value);
    }
  }

  #quoted(): string {
    const pieces: string[] = [];
    let start = this.#at + 1;
    for (let at = start; ; at += 1) {
      const character = this.#text[at];
      if (character === '\\') {
        pieces.push(this.#text.slice(start, at));
        start = at + 1;
        at += 1;
      } else if (character === '"' || character === undefined) {
        pieces.push(this.#text.slice(start, at));
        this.#at = at + 1;
        return pieces.join('');
      }
    }
  }

  #skip(characters: RegExp): void {
    while (characters.test(this.#text[this.#at] ?? '')) this.#at += 1;
  }

  #upTo(characters: RegExp): string {
    const start = this.#at;
    while (this.#at < this.#text.length && !characters.test(this.#text[this.#at] ?? '')) this.#at += 1;
    return this.#text.slice(start, this.#at);
  }
}

import { isTombstone, type Holding } from '../../../../vocab/record.ts';
import { writeVarint } from '../postings/varint.ts';
import { fields, packWeight } from '../postings/weights.ts';
import { inText } from '../text/marked-terms.ts';
import { nameTerms } from '../text/name-terms.ts';
import { AS_WRITTEN, stemmingOf, type Stemming } from '../text/stemming.ts';
import { Description } from './description.ts';
import { noFacets, type FacetNumbers } from './facet-values.ts';
import type { StoredTerms } from './stored-document.ts';

/** A document as it goes to the store, and what the index takes of it. */
export interface WrittenDocument extends StoredTerms {
  tombstone: boolean;
  /** Sum of the weights of its content. */
  length: number;
}

/** A word of the title counts as much as two of the abstract or the subjects. */
const TITLE_WEIGHT = 2;
/** Some hundred creators. */
const MOST_NAMES = 300;
const MOST_TERMS_IN_TEXT = 20_000;

const OF_CREATORS = packWeight(0, fields.author);
/** How often a word occurs in a full text, as a level. */
const levels = [
  { level: 3, from: 10 },
  { level: 2, from: 3 },
  { level: 1, from: 1 },
];

const LINE_END = 0x0a;
/** Tombstone, facets, and how many weights there are. */
const NUMBERS_OF_HEAD = 8;
const MOST_BYTES_OF_NUMBER = 5;
const MOST_BYTES_OF_UNIT = 3;
/** Room for some hundred documents, as many as are written in one batch. */
const BYTES_AT_ONCE = 1 << 17;

/**
 * What is indexed of a holding: title, abstract, subjects, creators and full text of a record, the title of a tombstone.
 * It goes straight into the bytes that are stored (`stored-document.ts`).
 */
export class DocumentWriting {
  readonly #description = new Description();
  /** Terms that are their own words, with their weights. */
  readonly #marked = new Map<number, number>();
  #bytes = Buffer.allocUnsafeSlow(BYTES_AT_ONCE);
  #used = 0;

  /** @param textWords distinct words of the full text, with how often they occur */
  write(
    key: string,
    holding: Holding,
    { textWords, facets = noFacets }: { textWords?: ReadonlyMap<string, number>; facets?: FacetNumbers } = {},
  ): WrittenDocument {
    const description = this.#description;
    description.begin();
    const spoken = isTombstone(holding) ? undefined : languageOf(holding);
    const stemming = (language: string | undefined): Stemming => stemmingOf(language ?? spoken);
    const marked = this.#marked;
    marked.clear();
    for (const { value, language } of holding.titles) {
      description.read(value, fields.title, TITLE_WEIGHT, stemming(language));
    }
    if (!isTombstone(holding)) {
      for (const agent of holding.creators) {
        description.read(agent.name, fields.author, 0, AS_WRITTEN);
        if (marked.size >= MOST_NAMES) continue;
        for (const name of nameTerms(agent, description.lexicon)) marked.set(name, OF_CREATORS);
      }
      for (const { value, language } of holding.subjects) {
        description.read(value, fields.subject, 1, stemming(language));
      }
      for (const { value, language } of holding.abstracts) {
        description.read(value, fields.abstract, 1, stemming(language));
      }
    }
    if (textWords !== undefined) this.#readText(textWords, stemming(undefined));
    return this.#written({ key, tombstone: isTombstone(holding), facets });
  }

  /** Terms of a full text that the description does not have, marked, with how often they occur. */
  #readText(words: ReadonlyMap<string, number>, stemming: Stemming): void {
    const lexicon = this.#description.lexicon;
    const times = new Map<number, number>();
    for (const [word, ofWord] of words) {
      const count = lexicon.read(word, stemming);
      for (const found of lexicon.found.subarray(0, count)) {
        const term = lexicon.termOf(found);
        if (lexicon.isStopWord(found) || this.#description.has(term)) continue;
        const before = times.get(term);
        if (before !== undefined || times.size < MOST_TERMS_IN_TEXT) times.set(term, (before ?? 0) + ofWord);
      }
    }
    for (const [term, ofTerm] of times) {
      this.#marked.set(
        lexicon.numberOfTerm(inText(lexicon.term(term))),
        levels.find(({ from }) => ofTerm >= from)?.level ?? 1,
      );
    }
  }

  #written({
    key,
    tombstone,
    facets,
  }: {
    key: string;
    tombstone: boolean;
    facets: FacetNumbers;
  }): WrittenDocument {
    const { origin, type, access, language, licence, date } = facets;
    const description = this.#description;
    const { lexicon } = description;
    const terms = description.terms();
    for (const term of this.#marked.keys()) terms.push(term);
    const from = this.#makeRoom(key);
    const bytes = this.#bytes;
    bytes[from] = key.length;
    let at = from + 1;
    at += bytes.write(key, at, 'latin1');
    for (const n of [tombstone ? 1 : 0, origin, type, access, language, licence, date, terms.length]) {
      at = writeVarint(bytes, at, n);
    }
    const weightsAt = at;
    at = description.writeWeights(bytes, at);
    for (const weight of this.#marked.values()) at = writeVarint(bytes, at, weight);
    at = description.writeRuns(bytes, at);
    at = writeVarint(bytes, at, description.codeCount);
    const codesAt = at;
    at = description.writeCodes(bytes, at);
    const codesEnd = at;
    at = description.writeWords(bytes, at);
    for (const term of this.#marked.keys()) {
      at += bytes.write(lexicon.term(term), at);
      bytes[at++] = LINE_END;
    }
    // Without the last line end.
    const end = terms.length === 0 ? at : at - 1;
    this.#used = end;
    return {
      lexicon,
      terms,
      bytes: bytes.subarray(from, end),
      weightsAt: weightsAt - from,
      codesAt: codesAt - from,
      codesEnd: codesEnd - from,
      tombstone,
      length: description.length,
    };
  }

  /** @returns where a document may begin: behind the one before, in an array for many of them */
  #makeRoom(key: string): number {
    const { lexicon } = this.#description;
    let length = 1 + key.length + (NUMBERS_OF_HEAD + this.#marked.size) * MOST_BYTES_OF_NUMBER;
    length += this.#description.mostBytes;
    for (const term of this.#marked.keys()) length += lexicon.term(term).length * MOST_BYTES_OF_UNIT + 1;
    if (this.#used + length > this.#bytes.length) {
      this.#bytes = Buffer.allocUnsafeSlow(Math.max(BYTES_AT_ONCE, length));
      this.#used = 0;
    }
    return this.#used;
  }
}

/** What a record's texts are in where they do not say it themselves. */
function languageOf({
  languages,
  detected,
}: {
  languages: readonly string[];
  detected?: { language: string };
}): string | undefined {
  return detected?.language ?? (languages.length === 1 ? languages[0] : undefined);
}

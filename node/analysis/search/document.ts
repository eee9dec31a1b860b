import { isTombstone, type Holding } from '../../../vocab/record.ts';
import { noFacets, type FacetNumbers } from './facet-values.ts';
import { isNameTerm, nameTerms } from './name-terms.ts';
import { asLast, codeOf, stretchOf } from './positions.ts';
import { fields, packWeight } from './postings.ts';
import { AS_WRITTEN, stemmingOf, type Stemming } from './stemming.ts';
import { tokensOf } from './text-normalisation.ts';

/**
 * What a holding is found by: its terms, each with the first word that gave it and its weight (`packWeight`). After them
 * come its creators' surnames with initials (`nameTerms`), and last the terms that only its full text has, marked
 * (`inText`), whose weight is a level from 1 to 3. Of both, word and term are the same. So nothing that is said of titles and
 * abstracts, counts and lengths among it, is other with full texts than without.
 */
export interface IndexedDocument {
  key: string;
  tombstone: boolean;
  facets: FacetNumbers;
  words: readonly string[];
  terms: readonly string[];
  weights: readonly number[];
  /** Where the words of the description stand: of each term as many codes as its posting has (`positions.ts`). */
  positions: readonly number[];
  /** How the words are stemmed: stemming, number of words, stemming, number of words … */
  stemmings: readonly number[];
}

/** A word of the title counts as much as two of the abstract or the subjects. */
const TITLE_WEIGHT = 2;

/**
 * What is read of one record, so that no record costs more than many: far more than any abstract has, and some hundred
 * creators.
 */
const MOST_TOKENS = 10_000;
const MOST_TERMS = 1_000;
const MOST_NAMES = 300;
const MOST_TERMS_IN_TEXT = 20_000;
const MOST_POSITIONS = (1 << 14) - 1;
/** No phrase reaches from one text into the next. */
const BETWEEN_TEXTS = 40;

/** Before a term that stands for its occurrence in full texts. No word has it. */
const IN_TEXT = '~';
/** How often a word occurs in a full text, as a level. */
const levels = [
  { level: 3, from: 10 },
  { level: 2, from: 3 },
  { level: 1, from: 1 },
];

/** The term under which those are indexed that have another one in their full text only. */
export const inText = (term: string): string => IN_TEXT + term;
/** Whether the word is its own term, and stands nowhere: a name's term, or one of full texts. */
export const isMarked = (term: string): boolean => term.startsWith(IN_TEXT) || isNameTerm(term);

interface Occurrence {
  word: string;
  stemming: Stemming;
  content: number;
  inFields: number;
  /** Where it was last, and the code of that place. */
  position: number;
  code: number;
  /** The codes before; most words stand in one place only. */
  before: number[] | undefined;
}

/**
 * What is indexed of a holding: title, abstract, subjects, creators and full text of a record, the title of a tombstone.
 * @param textWords distinct words of the full text, with how often they occur
 */
export function documentOf(
  key: string,
  holding: Holding,
  {
    textWords = new Map(),
    facets = noFacets,
  }: { textWords?: ReadonlyMap<string, number>; facets?: FacetNumbers } = {},
): IndexedDocument {
  const description = new DescriptionWords();
  const spoken = isTombstone(holding) ? undefined : languageOf(holding);
  const stemming = (language: string | undefined): Stemming => stemmingOf(language ?? spoken);
  const names: string[] = [];
  for (const { value, language } of holding.titles) {
    description.read(value, fields.title, TITLE_WEIGHT, stemming(language));
  }
  if (!isTombstone(holding)) {
    for (const agent of holding.creators) {
      description.read(agent.name, fields.author, 0, AS_WRITTEN);
      if (names.length < MOST_NAMES) names.push(...nameTerms(agent));
    }
    for (const { value, language } of holding.subjects) {
      description.read(value, fields.subject, 1, stemming(language));
    }
    for (const { value, language } of holding.abstracts) {
      description.read(value, fields.abstract, 1, stemming(language));
    }
  }
  const { terms } = description;
  const named = new Set(names);
  const document = {
    key,
    tombstone: isTombstone(holding),
    facets,
    words: [] as string[],
    terms: [] as string[],
    weights: [] as number[],
    positions: [] as number[],
    stemmings: runsOf(terms.values()),
  };
  const add = (word: string, term: string, weight: number): void => {
    document.words.push(word);
    document.terms.push(term);
    document.weights.push(weight);
  };
  for (const [term, { word, content, inFields, before, code }] of terms) {
    add(word, term, packWeight(content, inFields));
    if (before !== undefined) document.positions.push(...before);
    document.positions.push(asLast(code));
  }
  for (const name of named) add(name, name, packWeight(0, fields.author));
  for (const [term, times] of textTerms(textWords, terms, stemming(undefined))) {
    add(term, term, levels.find(({ from }) => times >= from)?.level ?? 1);
  }
  return document;
}

/** The terms of a description in the making. */
class DescriptionWords {
  readonly terms = new Map<string, Occurrence>();
  #left = MOST_TOKENS;
  #field = 0;
  #position = 0;

  /** Reads a text; fields come in the order of their bits. */
  read(text: string, field: number, weight: number, stemming: Stemming): void {
    if (this.#left <= 0) return;
    if (field !== this.#field) this.#position = stretchOf(field);
    this.#field = field;
    const tokens = tokensOf(text, stemming);
    // A text of nothing but stop words has those ("The Who"), and so has a name ("A. Will").
    const hasOthers = field !== fields.author && tokens.some(({ isStopWord }) => !isStopWord);
    const last = stretchOf(field) + MOST_POSITIONS;
    for (const { word, term, isStopWord } of tokens) {
      const position = Math.min(this.#position, last);
      this.#position += 1;
      if (isStopWord && hasOthers) continue;
      this.#left -= 1;
      const known = this.terms.get(term);
      if (known !== undefined) {
        known.content += weight;
        known.inFields |= field;
        if (position === known.position) continue;
        (known.before ??= []).push(known.code);
        known.code = codeOf(position - known.position);
        known.position = position;
      } else if (this.terms.size < MOST_TERMS) {
        const code = codeOf(position - stretchOf(field));
        this.terms.set(term, {
          word,
          stemming,
          content: weight,
          inFields: field,
          position,
          code,
          before: undefined,
        });
      }
      if (this.#left <= 0) break;
    }
    this.#position += BETWEEN_TEXTS;
  }
}

/** What a record's texts are in where they do not say it themselves. */
function languageOf({
  languages,
  detected,
}: {
  languages: string[];
  detected?: { language: string };
}): string | undefined {
  return detected?.language ?? (languages.length === 1 ? languages[0] : undefined);
}

function runsOf(found: Iterable<Occurrence>): number[] {
  const runs: number[] = [];
  for (const { stemming } of found) {
    if (runs.length > 0 && runs.at(-2) === stemming) runs[runs.length - 1] = (runs.at(-1) ?? 0) + 1;
    else runs.push(stemming, 1);
  }
  return runs;
}

/** Terms of a full text that the description does not have, marked, with how often they occur. */
function textTerms(
  words: ReadonlyMap<string, number>,
  described: { has(term: string): boolean },
  stemming: Stemming,
): Map<string, number> {
  const terms = new Map<string, number>();
  for (const [word, times] of words) {
    for (const { term, isStopWord } of tokensOf(word, stemming)) {
      if (isStopWord || described.has(term)) continue;
      const marked = inText(term);
      const before = terms.get(marked);
      if (before !== undefined || terms.size < MOST_TERMS_IN_TEXT) terms.set(marked, (before ?? 0) + times);
    }
  }
  return terms;
}

import type { DocumentTable } from '../documents/document-table.ts';
import { wordOfTerm } from '../documents/stored-document.ts';
import type { IndexReading } from '../index-reading.ts';
import { documentKey } from '../layout.ts';
import { END, PostingCursor } from '../postings/posting-cursor.ts';
import type { PostingBlock } from '../postings/postings.ts';
import type { ParsedQuery, QueryWord } from '../query/query-language.ts';
import type { TimeBudget } from '../query/time-budget.ts';
import { fold } from '../text/text-normalisation.ts';
import { editDistance } from './edit-distance.ts';
import { mostSlips, nearestTerms, type TermsOfLetter } from './spelling.ts';

/** What of the index a correction needs. */
export interface SpellingReading extends Pick<IndexReading, 'section' | 'postings'> {
  termsOf(letter: string, mayBeginWith: (letters: string) => boolean): Promise<TermsOfLetter>;
}

const MOST_CORRECTED = 4;
/** Documents in which it is looked up how a term is written. */
const EXAMPLES = 12;
/** More than any rank. */
const AFTER_RECORDS = 2 ** 30;

/**
 * The query with those words replaced that are in no record, each by the nearest that is in one.
 * @returns nothing where no word has one near
 */
export async function correctedQuery(
  index: SpellingReading,
  { text }: ParsedQuery,
  unknown: readonly QueryWord[],
  budget: TimeBudget,
): Promise<string | undefined> {
  const replacements: { from: number; to: number; word: string }[] = [];
  for (const { word, terms, from, to } of unknown.slice(0, MOST_CORRECTED)) {
    if (fold(text.slice(from, to).normalize('NFKC').toLowerCase()) !== word) continue;
    const near = await nearestTerms(
      terms,
      (letter, mayBeginWith) => index.termsOf(letter, mayBeginWith),
      async (candidates) => (await index.postings(candidates)).postings.map(({ count }) => count),
      budget,
    );
    const meant = await meantWord(index, near, terms, budget);
    if (meant !== undefined) replacements.push({ from, to, word: meant });
  }
  if (replacements.length === 0) return undefined;
  let corrected = '';
  let end = 0;
  for (const { from, to, word } of replacements.sort((a, b) => a.from - b.from)) {
    if (from < end) continue;
    corrected += text.slice(end, from) + word;
    end = to;
  }
  return corrected + text.slice(end);
}

/** Of the words of some terms, as some of their documents write them, the one nearest to the word that was asked for, in one of its forms. */
async function meantWord(
  index: SpellingReading,
  terms: readonly string[],
  asked: readonly string[],
  budget: TimeBudget,
): Promise<string | undefined> {
  const [word = ''] = asked;
  const { table, postings } = await index.postings(terms);
  const places: { term: string; document: number }[] = [];
  for (const [i, term] of terms.entries()) {
    if (budget.isTurnOver && !(await budget.rest())) break;
    for (const document of exampleDocuments(table, postings[i]?.blocks ?? []))
      places.push({ term, document });
  }
  const stored = await index.section.getMany(places.map(({ document }) => documentKey(document)));
  let nearest: { word: string; distance: number } | undefined;
  for (const [i, { term }] of places.entries()) {
    const bytes = stored[i];
    if (bytes === undefined) continue;
    const written = wordOfTerm(bytes, term) ?? term;
    const distance = editDistance(word, fold(written));
    // Another form of the word is further off than its stem.
    if (distance > mostSlips(word) && !isNear(asked, term)) continue;
    if (nearest === undefined || distance < nearest.distance) nearest = { word: written, distance };
  }
  return nearest?.word;
}

const isNear = (forms: readonly string[], term: string): boolean =>
  forms.some((form) => editDistance(form, term) <= mostSlips(form));

/** The first by their keys, so that the same holdings give the same; records before tombstones. */
function exampleDocuments(table: DocumentTable, blocks: readonly PostingBlock[]): number[] {
  const first: { document: number; order: number }[] = [];
  let most = Infinity;
  const cursor = new PostingCursor(blocks);
  for (; cursor.document !== END; cursor.advance()) {
    const { document } = cursor;
    if (!table.isLive(document)) continue;
    const order = table.rank(document) + (table.isTombstone(document) ? AFTER_RECORDS : 0);
    if (order >= most) continue;
    const place = first.findIndex((other) => other.order > order);
    first.splice(place === -1 ? first.length : place, 0, { document, order });
    if (first.length > EXAMPLES) first.pop();
    if (first.length === EXAMPLES) most = first.at(-1)?.order ?? Infinity;
  }
  return first.map(({ document }) => document);
}

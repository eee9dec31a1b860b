import { BestHits } from './best-hits.ts';
import type { DocumentTable } from './document-table.ts';
import { EditDistance } from './edit-distance.ts';
import { documentKey } from './layout.ts';
import { END, PostingCursor, type PostingBlock } from './postings.ts';
import type { ParsedQuery, QueryWord } from './query-language.ts';
import type { IndexReading } from './similar-items.ts';
import { mostSlips, nearestTerms, type TermsOfLetter } from './spelling.ts';
import { wordOfTerm } from './stored-document.ts';
import { fold } from './text-normalisation.ts';

/** What of the index a correction needs. */
export interface SpellingReading extends Pick<IndexReading, 'section' | 'postings'> {
  termsOf(letter: string): Promise<TermsOfLetter>;
}

const MOST_CORRECTED = 4;
/** Documents in which it is looked up how a term is written. */
const EXAMPLES = 12;

/**
 * The query with those words replaced that are in no record, each by the nearest that is in one.
 * @returns nothing where no word has one near
 */
export async function correctedQuery(
  index: SpellingReading,
  { text }: ParsedQuery,
  unknown: readonly QueryWord[],
): Promise<string | undefined> {
  const replacements: { from: number; to: number; word: string }[] = [];
  for (const { word, terms, from, to } of unknown.slice(0, MOST_CORRECTED)) {
    if (fold(text.slice(from, to).normalize('NFKC').toLowerCase()) !== word) continue;
    const near = await nearestTerms(
      terms,
      (letter) => index.termsOf(letter),
      async (candidates) => (await index.postings(candidates)).postings.map(({ count }) => count),
    );
    const meant = await meantWord(index, near, terms);
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
): Promise<string | undefined> {
  const [word = ''] = asked;
  const { table, postings } = await index.postings(terms);
  const places = terms.flatMap((term, i) =>
    exampleDocuments(table, postings[i]?.blocks ?? []).map((document) => ({ term, document })),
  );
  const stored = await index.section.getMany(places.map(({ document }) => documentKey(document)));
  const ruler = new EditDistance(word, word.length);
  let nearest: { word: string; distance: number } | undefined;
  for (const [i, { term }] of places.entries()) {
    const bytes = stored[i];
    if (bytes === undefined) continue;
    const written = wordOfTerm(bytes, term) ?? term;
    const distance = ruler.of(fold(written)) ?? Infinity;
    // Another form of the word is further off than its stem.
    if (distance > mostSlips(word) && !isNear(asked, term)) continue;
    if (nearest === undefined || distance < nearest.distance) nearest = { word: written, distance };
  }
  return nearest?.word;
}

const isNear = (forms: readonly string[], term: string): boolean =>
  forms.some((form) => new EditDistance(form, mostSlips(form)).of(term) !== undefined);

/** The first by their keys, so that the same holdings give the same. */
function exampleDocuments(table: DocumentTable, blocks: readonly PostingBlock[]): number[] {
  const first = new BestHits(table, EXAMPLES);
  const cursor = new PostingCursor(blocks);
  for (; cursor.document !== END; cursor.advance()) {
    if (table.isLive(cursor.document)) first.offer(cursor.document, 0, 0);
  }
  return first.sorted().map(({ document }) => document);
}

/*
 * Where the title of a reference ends. What follows it differs with the style: ". In Proceedings", ", in: Proc.",
 * ". Computational Linguistics, 19(2)", " (2003)". The title may hold dots and questions itself.
 */

export const LONGEST_TITLE = 400;

/** The end of a sentence, or of a title. */
const stop = /[.?!。]["”’']?(?=\s|$)/g;
const abbreviation = /(?:^|[\s(])(?:\p{Lu}|vs|e\.g|i\.e|cf|St|Dr|Mr|No|vol|approx|etc|U\.S|Inc|Proc)$/u;
/** What stands where a title would go on: the place of publication. */
const venue =
  /^\s?(?:\(?(?:in|en|em|dans)\b:?\s|in:|[([]?(?:18|19|20)\d\d\b|proc\b|proceedings|advances in|transactions|journal|computational linguistics|corr\b|arxiv|ms thesis|ph\.?\s?d|master|doctoral|technical report|tech\.? rep|university|lecture notes|https?:|url\b|doi\b|\[?online|available|vol\.|pp\.|springer|acm\b|ieee|elsevier|cambridge|oxford|mit press|\(?(?:eds?\.))/i;
/** In styles without a stop behind the title. */
const commaVenue =
  /,\s(?=(?:in|en|em|dans)\b:?\s?(?:\p{Lu}|\d|:|proc)|in:|proc(?:\.|eedings)|advances in|(?:\p{Lu}[\p{L}.&]*\s){0,6}(?:journal|transactions|computational linguistics|letters|corr\b|arxiv)|arxiv|corr\b|ph\.?d|tech|\p{Lu}{3,}(?:[\s,’']|$)|(?:18|19|20)\d\d\b|vol\b|pp\b|pages\s\d)/iu;
/** In all styles. */
const sureVenue = /,\s(?:in(?::|\s(?:proc|advances|\p{Lu}{3,}))|pages?\s\d|pp\.)/iu;
const inVenue =
  /\s(?=\(?In(?::|\s(?:Proc|the\sProc|Adv|Conf|[A-Z]{2,}|\d)))|\s?\[[A-Z](?:\/OL)?\](?=[.,/\s]|$)/;
/** "Computational Linguistics 19(2)", "Nature, 521": a journal with its volume, and no title. */
const volume = /^[^.?!]{3,80}?[,\s]\s?\d{1,4}(?:\s?[(:,.]|$)/;

/**
 * The end of a title that begins at `start` and is not in quotation marks.
 * @param afterComma whether the style sets a comma before the title, and so behind it
 */
export function titleEnd(text: string, start: number, afterComma: boolean): number {
  const rest = text.slice(start, start + LONGEST_TITLE);
  const ends = [rest.length, firstStop(rest), inVenue.exec(rest)?.index ?? rest.length];
  const comma = (afterComma ? commaVenue : sureVenue).exec(rest);
  if (comma !== null) ends.push(comma.index);
  const dated = /\s\(\s?(?:18|19|20)\d\d[a-z]?\s?\)/.exec(rest);
  if (dated !== null) ends.push(dated.index);
  return start + Math.min(...ends.filter((end) => end >= 3));
}

/** The first stop at which the title may end. */
function firstStop(rest: string): number {
  for (const { 0: mark, index } of rest.matchAll(stop)) {
    if (index < 3) continue;
    const after = rest.slice(index + mark.length, index + mark.length + 100);
    if (mark.startsWith('.')) {
      if (abbreviation.test(rest.slice(Math.max(0, index - 12), index))) continue;
      if (/^\s\p{Ll}/u.test(after) && !venue.test(after)) continue;
      return index;
    }
    // "Thumbs up? Sentiment classification using …" goes on; "Is it? In Proceedings" does not.
    if (venue.test(after) || volume.test(after.trimStart()) || after.trim() === '') return index + 1;
  }
  return rest.length;
}

import { withoutStrokes } from '../../../vocab/stroke-letters.ts';

/*
 * Text as titles and names are compared across metadata and what PDFs make of it.
 *
 * Only letters and digits count, in lower case and without accents: words are divided at line ends, lose the space
 * between them or gain one. The letters f, i and l do not count, since fonts join them (ﬁ, ﬂ, ﬃ) and PDFs lose what is
 * joined: "classiﬁcation", "classi cation" and "classification" are the same. Numbers do, Roman ones too: "Part II".
 */

/** Accents that a PDF sets beside their letters: "M¨uller", "Ondˇrej". */
const accents = /[´`¨ˆ˜¸ˇ˘˙˚˛˝¯]/g;
const combining = /\p{M}/gu;
const plainAscii = /^[ -~]*$/;
const wordOrMark = /[\p{L}\p{N}]+|[.?!,;:()[\]"“”„«»–—&]/gu;
const roman: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4', v: '5', vi: '6' };
const article = /^(?:the|an?|el|la|los|las|una?|le|les|une?|o|os|as|uma?|der|die|das|eine?)$/;
const lost = /[fil]/g;

/** A title may end here: behind a stop or a quotation mark; or its subtitle begin. */
export const STOP = '|';
export const PAUSE = ',';

/** Lower case, without accents and strokes. */
export function folded(text: string): string {
  const lower = text.toLowerCase();
  if (plainAscii.test(lower)) return lower.replaceAll('`', '');
  return withoutStrokes(lower.replace(accents, '').normalize('NFKD').replace(combining, '').normalize('NFC'));
}

/** The letters that count of a text, with `STOP` and `PAUSE` where it has signs, never two in a row. An article at its beginning is left out. */
export function lettersWithMarks(text: string): string {
  let letters = '';
  let isFirst = true;
  for (const [part] of folded(text)
    .replace(/['’‘ʼ]/g, '')
    .matchAll(wordOrMark)) {
    const mark = markOf(part);
    if (mark !== undefined) {
      if (/[|,]$/.test(letters)) letters = mark === STOP ? letters.slice(0, -1) + STOP : letters;
      else if (letters !== '') letters += mark;
    } else if (!(isFirst && article.test(part))) letters += lettersOfWord(part);
    isFirst = false;
  }
  return letters;
}

export function withoutMarks(letters: string): string {
  return letters.replace(/[|,]/g, '');
}

function markOf(part: string): string | undefined {
  if (/^[.?!"“”„«»]$/.test(part)) return STOP;
  return /^[,;:()[\]–—]$/.test(part) ? PAUSE : undefined;
}

function lettersOfWord(word: string): string {
  if (word === '&') return 'and';
  return roman[word] ?? word.replace(lost, '');
}

const partWords = new Set(
  `part parts pt vol volume volumes no nr number issue chapter section book series phase stage edition ed version episode supplement
  parte partes tomo volumen numero capitulo seccion libro serie fase edicion
  partie tome chapitre livre edicao secao teil band heft`.split(/\s+/),
);
const ordinals = new Map(
  [
    'first second third fourth fifth sixth seventh eighth ninth tenth',
    'primera segunda tercera cuarta quinta sexta septima octava novena decima',
    'primer segundo tercer cuarto quinto sexto septimo octavo noveno decimo',
    'primeira segunda terceira quarta quinta sexta setima oitava nona decima',
    'premiere deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme',
  ].flatMap((words) => words.split(' ').map((word, i): [string, string] => [word, String(i + 1)])),
);
const numerals = new Map(
  'one two three four five six seven eight nine ten'.split(' ').map((word, i) => [word, String(i + 1)]),
);
const roman = /^(?=[ivxl])(?:xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/;
const aYear = /^(?:19|20)\d\d$/;
const latinOrdinal = /^(\d+)(?:st|nd|rd|th)$/;
const values: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50 };

/** The numbers in a title that tell one part, year or edition from another. */
export interface Numbering {
  /** All of them, as digits, sorted. */
  all: readonly string[];
  /** Those that are said to be the number of a part, or end the title; a year at the end mostly only dates it. */
  parts: readonly string[];
}

/** How many of a title's words stand before the first that says which part, volume or edition it is. */
export function partBegins(words: readonly string[]): number {
  const at = words.findIndex(
    (word, i) => i > 0 && isDesignator(word, words[i - 1] ?? '', words[i + 1] ?? ''),
  );
  return at < 0 ? words.length : at;
}

/** "part 2", "2nd ed", "2 edition" */
function isDesignator(word: string, before: string, after: string): boolean {
  if (partWords.has(word)) return numberOf(after, true, false) !== undefined;
  return partWords.has(after) && numberOf(word, true, false) !== undefined && !partWords.has(before);
}

/** Whether words say nothing but which part, volume or edition it is. */
export function isOnlyNumbering(words: readonly string[]): boolean {
  return words.every((word, i) => partWords.has(word) || numberOf(word, i > 0, false) !== undefined);
}

/**
 * The numbers of a title's words (folded): digits, ordinals, roman numerals, and words and single letters where a word like
 * `part` stands before them. `II` is `2`.
 */
export function numberingOf(words: readonly string[], endsAt: number = words.length): Numbering {
  const all: string[] = [];
  const parts: string[] = [];
  for (const [i, word] of words.entries()) {
    const isPart = partWords.has(words[i - 1] ?? '');
    const isLast = i === endsAt - 1 || i === words.length - 1;
    const number = numberOf(word, isPart, isLast);
    if (number === undefined) continue;
    all.push(number);
    if (isPart || (isLast && i > 0 && !aYear.test(number))) parts.push(number);
  }
  return { all: all.sort(), parts };
}

function numberOf(word: string, isPart: boolean, isLast: boolean): string | undefined {
  const first = word.charCodeAt(0);
  if (first >= 48 && first <= 57) {
    const ordinal = latinOrdinal.exec(word)?.[1];
    return (ordinal ?? word).replace(/^0+(?=\d)/, '');
  }
  const ordinal = ordinals.get(word);
  if (ordinal !== undefined) return ordinal;
  if (isPart && numerals.has(word)) return numerals.get(word);
  if (word.length <= 6 && roman.test(word)) {
    // A single letter is a numeral only where one is to be expected: "x-ray", "what I learned".
    if (word.length > 1 || isPart || (isLast && word !== 'x')) return String(romanValue(word));
  }
  return isPart && word.length === 1 ? word : undefined;
}

function romanValue(word: string): number {
  let sum = 0;
  for (let i = 0; i < word.length; i++) {
    const value = values[word.charAt(i)] ?? 0;
    sum += value < (values[word.charAt(i + 1)] ?? 0) ? -value : value;
  }
  return sum;
}

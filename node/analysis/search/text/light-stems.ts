/**
 * Light stems of Romance and German words: number, gender and case are taken off, derivation is not, so that few words
 * fall together that mean different things. The rules are those of J. Savoy's light and minimal stemmers (Savoy, "Light
 * Stemming Approaches for the French, Portuguese, German and Hungarian Languages", SAC 2006; his Spanish and Italian ones
 * are at members.unine.ch/jacques.savoy/clef), made for words in lower case whose accents are gone already: readers
 * leave them out, and a stem that needs them would miss.
 */
export type LightStem = (word: string) => string;

const without = (word: string, letters: number): string => word.slice(0, word.length - letters);

export const spanish: LightStem = (word) => {
  if (word.length < 5) return word;
  if (/[oae]$/.test(word)) return without(word, 1);
  if (!word.endsWith('s')) return word;
  if (word.endsWith('eses')) return without(word, 2);
  if (word.endsWith('ces')) return `${without(word, 3)}z`;
  return /[oae]s$/.test(word) ? without(word, 2) : word;
};

export const portuguese: LightStem = (word) => {
  if (word.length < 4) return word;
  const stem = portugueseMasculine(portugueseSingular(word));
  return stem.length > 4 && /[eao]$/.test(stem) ? without(stem, 1) : stem;
};

/** Plurals, and the adverbs in -mente: the first ending that fits. */
const portugueseEndings: readonly (readonly [ending: RegExp, least: number, taken: number, put: string])[] = [
  [/[rslz]es$/, 5, 2, ''],
  [/ns$/, 4, 2, 'm'],
  [/eis$/, 5, 3, 'el'],
  [/ais$/, 5, 3, 'al'],
  [/ois$/, 5, 3, 'ol'],
  [/is$/, 4, 2, 'il'],
  [/[oa]es$/, 4, 3, 'ao'],
  [/mente$/, 7, 5, ''],
  [/s$/, 4, 1, ''],
];

function portugueseSingular(word: string): string {
  const rule = portugueseEndings.find(([ending, least]) => word.length >= least && ending.test(word));
  return rule === undefined ? word : `${without(word, rule[2])}${rule[3]}`;
}

function portugueseMasculine(word: string): string {
  if (word.length < 4 || !word.endsWith('a')) return word;
  if (word.length > 7 && /(?:inh|iac|eir)a$/.test(word)) return `${without(word, 1)}o`;
  if (word.length < 7) return word;
  if (/(?:os|ic|id|ad|iv|am|n)a$/.test(word)) return `${without(word, 1)}o`;
  return /(?:or|es)a$/.test(word) ? without(word, 1) : word;
}

export const french: LightStem = (word) => {
  if (word.length < 6) return word;
  if (word.endsWith('aux')) return `${without(word, 2)}l`;
  if (word.endsWith('x')) return without(word, 1);
  let stem = word;
  // The accent of an "é" is gone, so "née", "nées" and "né" end in up to two of them.
  for (const ending of ['s', 'r', 'e', 'e']) if (stem.endsWith(ending)) stem = without(stem, 1);
  return stem.at(-1) === stem.at(-2) ? without(stem, 1) : stem;
};

/** Consonants after which a final "s" or "st" is an ending. */
const GERMAN_BEFORE_S = /[bdfghklmnt](?:s|st)$/;

export const german: LightStem = (word) => germanDegree(germanCase(word));

function germanCase(word: string): string {
  if (word.length > 5 && word.endsWith('ern')) return without(word, 3);
  if (word.length > 4 && /e[mnrs]$/.test(word)) return without(word, 2);
  if (word.length > 3 && word.endsWith('e')) return without(word, 1);
  return word.length > 3 && word.endsWith('s') && GERMAN_BEFORE_S.test(word) ? without(word, 1) : word;
}

function germanDegree(word: string): string {
  if (word.length > 5 && word.endsWith('est')) return without(word, 3);
  if (word.length > 4 && /e[rn]$/.test(word)) return without(word, 2);
  return word.length > 4 && word.endsWith('st') && GERMAN_BEFORE_S.test(word) ? without(word, 2) : word;
}

export const italian: LightStem = (word) => {
  if (word.length < 6) return word;
  if (/(?:[ih]e|[ih]i|i[ao])$/.test(word)) return without(word, 2);
  return /[aeio]$/.test(word) ? without(word, 1) : word;
};

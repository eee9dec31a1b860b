/** Languages of which the library knows one and takes the others for it, or that are one language by several codes. */
const alike: readonly ReadonlySet<string>[] = [
  new Set(['no', 'nb', 'nn', 'da']),
  new Set(['hr', 'sr', 'bs', 'sh', 'cnr']),
  new Set(['id', 'ms', 'zsm', 'min', 'jv', 'su']),
  new Set(['zh', 'cmn', 'yue', 'wuu', 'lzh']),
  new Set(['fa', 'prs', 'tg']),
  new Set(['fil', 'tl']),
  new Set(['cs', 'sk']),
];

/** Those that the library knows (its README, Languages), by their codes in BCP 47. */
const known = new Set(
  'am ar az be bg bn ca cs da de el en es et eu fa fi fil fr gu he hi hr hu hy id is it ja ka kn ko lo lt lv ml mr ms nb nl nn no or pa pl pt ro ru sk sl sq sr sv ta te th tr uk ur vi yo zh'.split(
    ' ',
  ),
);

/** Whether a text in this language (BCP 47) would be detected as such. */
export function knowsLanguage(tag: string): boolean {
  return known.has(primary(tag));
}

/** Whether a text in one of them may be detected as the other. */
export function isLike(one: string, other: string): boolean {
  const [a, b] = [primary(one), primary(other)];
  return a === b || alike.some((group) => group.has(a) && group.has(b));
}

function primary(tag: string): string {
  return tag.split('-', 1)[0]!.toLowerCase();
}

/**
 * The language that a text really is in, of those that the library does not tell apart; `undefined` where it cannot be
 * the one that the library says, and is none that it knows.
 */
export function ofAlike(language: string, text: string): string | undefined {
  switch (language) {
    case 'ms':
      return countOf(text, malay) > countOf(text, indonesian) ? 'ms' : 'id';
    // Whatever African or Andean language it does not know it takes for one of these two.
    case 'tl':
      return countOf(text, tagalog) > 2 ? 'fil' : undefined;
    case 'yo':
      return /[ọẹṣ]/i.test(text) ? 'yo' : undefined;
    case 'pt':
      // Galician has the letter, Portuguese has not.
      return /ñ/i.test(text) && !/[ãõ]/i.test(text) ? undefined : 'pt';
    case 'nl':
      return countOf(text, afrikaans) > countOf(text, dutch) ? undefined : 'nl';
    case 'ku':
      // It knows the Kurdish that is written in Arabic letters.
      return 'ckb';
    default:
      return language;
  }
}

const malay = words(
  'ialah bahawa kerana kajian daripada pelajar universiti kualiti berbeza sekiranya beliau manakala pengkaji',
);
const indonesian = words(
  'adalah bahwa karena penelitian siswa mahasiswa universitas kualitas berbeda jika dalam metode dapat',
);
const afrikaans = words("die nie hierdie deur vir 'n sy hulle wees");
const dutch = words('de het een niet deze voor zijn wordt worden naar');
const tagalog = words('ang ng mga sa na ay at ito');

function words(list: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${list.replaceAll(' ', '|')})(?!\\p{L})`, 'giu');
}

function countOf(text: string, pattern: RegExp): number {
  return text.slice(0, 2_000).match(pattern)?.length ?? 0;
}

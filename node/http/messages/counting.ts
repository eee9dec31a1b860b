/**
 * Counts with their noun, in the language's own numerals and grouping: `n(1, 'record', 'records')` is `1 record`.
 * The languages here need two forms; which numbers take the first, each language decides (in French, 0 does too).
 */
export function counting(language: string): (count: number, one: string, other: string) => string {
  const numbers = new Intl.NumberFormat(language);
  const plurals = new Intl.PluralRules(language);
  return (count, one, other) => `${numbers.format(count)} ${plurals.select(count) === 'one' ? one : other}`;
}

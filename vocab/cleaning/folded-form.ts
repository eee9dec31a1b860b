/**
 * A text reduced to what tells it from others: without case, accents and punctuation, words apart by one space.
 * `doctoralThesis`, `Doctoral thesis` and `doctoral-thesis` are one form. For comparing, never for showing.
 */
export function foldedForm(text: string): string {
  return text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/['’]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Letters that are Latin ones with something to them, which Unicode does not take apart, and that are often typed without it. */
const plain: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
};
const strokeLetters = /[ßøłđæœıþð]/g;

/** Text in lower case with plain letters in the place of those with strokes, and of ligatures: `søren` is `soren`. */
export function withoutStrokes(text: string): string {
  return text.replace(strokeLetters, (letter) => plain[letter] ?? letter);
}

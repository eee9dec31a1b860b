/** Combining characters, by the command that puts them over or under a letter. */
const marks: Readonly<Record<string, string>> = {
  "'": '\u0301',
  '`': '\u0300',
  '"': '\u0308',
  '^': '\u0302',
  '~': '\u0303',
  '=': '\u0304',
  '.': '\u0307',
  c: '\u0327',
  v: '\u030c',
  u: '\u0306',
  H: '\u030b',
  k: '\u0328',
  r: '\u030a',
  b: '\u0331',
  d: '\u0323',
  // In formulas, where they stand over a variable.
  hat: '\u0302',
  widehat: '\u0302',
  tilde: '\u0303',
  widetilde: '\u0303',
  bar: '\u0304',
  overline: '\u0304',
  vec: '\u20d7',
  dot: '\u0307',
  ddot: '\u0308',
};

/** A letter with the mark of a command on it; `undefined` where the two do not go together. */
export function accented(command: string, letter: string): string | undefined {
  const mark = marks[command];
  // A dotless i or j is one that gets a mark.
  const base = letter === '\\i' || letter === 'ı' ? 'i' : letter === '\\j' || letter === 'ȷ' ? 'j' : letter;
  return mark !== undefined && /^\p{L}$/u.test(base) ? (base + mark).normalize('NFC') : undefined;
}

export function isAccent(command: string): boolean {
  return command in marks;
}

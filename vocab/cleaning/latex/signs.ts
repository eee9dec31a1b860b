/** What a backslash makes of a sign; `undefined` where it makes nothing of it. */
export function escapedSign(
  sign: string,
  { before, after, math }: { before: string; after: string; math: boolean },
): string | undefined {
  switch (sign) {
    case '&':
    case '%':
    case '$':
    case '#':
    case '_':
    case '{':
    case '}':
    case '/':
      return sign;
    case ' ':
      return /\s/.test(before) ? undefined : ' ';
    case ',':
      return math || /\p{Ll}/u.test(after) ? ' ' : undefined;
    case ';':
    case ':':
      return math ? ' ' : undefined;
    case '!':
    case '@':
      return math ? '' : undefined;
    case '-':
      // Where a word may be broken.
      return /\p{L}/u.test(before) && /\p{L}/u.test(after) ? '' : undefined;
    case '\\':
      // The end of a line.
      return /[\s[]/.test(after) ? ' ' : undefined;
    default:
      return undefined;
  }
}

/** Two hyphens are a dash between numbers or words, three a long one; before an option and in a line they are not. */
export function dashAt(text: string, at: number): { is: string; next: number } {
  const dashes = /^-+/.exec(text.slice(at, at + 100))?.[0] ?? '-';
  const next = at + dashes.length;
  const [before = ' ', after = ' '] = [text[at - 1], text[next]];
  const apart = before === ' ' && after === ' ';
  const joining = /[\p{L}\p{N}.”"')\]}]/u.test(before) && /[\p{L}\p{N}“"'([{$]/u.test(after);
  if (dashes.length > 3 || dashes.length < 2 || !(apart || joining)) return { is: dashes, next };
  return { is: dashes.length === 2 ? '–' : '—', next };
}

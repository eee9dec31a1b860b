const misread =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]{1,3}/g;
/** What Windows-1252 has at 0x80 to 0x9f, where Latin-1 has control characters; a space where it has nothing. */
const windows = '€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Text in which UTF-8 was read as Latin-1 or Windows-1252 on its way (`Ã©` for `é`), as it was written. */
export function reread(text: string): string {
  return text.replace(misread, (letters) => {
    const bytes = Uint8Array.from(letters, byteOf);
    // What follows the letter may be a sign of its own, so a shorter run may be it.
    for (let length = bytes.length; length > 1; length--) {
      const letter = decoded(bytes.subarray(0, length));
      if (letter !== undefined) return letter + reread(letters.slice(length));
    }
    return letters;
  });
}

function byteOf(letter: string): number {
  const at = windows.indexOf(letter);
  return at >= 0 ? 0x80 + at : letter.charCodeAt(0);
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** Characters of windows-1252 for the bytes from 0x80 to 0x9F; five bytes stand for none and keep their control character. */
export const windows1252Upper = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** Latin-1's control characters from 0x80 to 0x9F read as the characters of windows-1252. */
export function asWindows1252(latin1: string): string {
  return latin1.replace(/[\x80-\x9f]/g, (control) => windows1252Upper[control.charCodeAt(0) - 0x80]!);
}

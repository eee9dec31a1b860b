/**
 * Characters that nobody sees: controls, soft hyphens, spaces without width, marks and overrides of direction, byte order
 * marks, tags, halves of surrogate pairs.
 */
const invisible =
  // oxlint-disable-next-line no-control-regex
  /[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff]|[\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/** In Persian and the scripts of India these shape the letters around; between others they are stray. */
const strayJoiner =
  /(?<![\p{L}\p{M}])[\u200c\u200d]|(?<=[\p{Script=Latin}\p{N}])[\u200c\u200d]|[\u200c\u200d]$/gu;

/** Typesetters' joined letters, as they come out of PDF files. */
const ligatures = new Map(
  Array.from('ﬀﬁﬂﬃﬄﬅﬆ', (one, i) => [one, ['ff', 'fi', 'fl', 'ffi', 'ffl', 'st', 'st'][i]!]),
);

/** A text with the characters only that a person would type. */
export function withoutOddCharacters(text: string): string {
  let plain = text.replace(invisible, '');
  if (/[\u200c\u200d]/.test(plain)) plain = plain.replace(strayJoiner, '');
  return /[\ufb00-\ufb06]/.test(plain)
    ? plain.replace(/[\ufb00-\ufb06]/g, (one) => ligatures.get(one) ?? one)
    : plain;
}

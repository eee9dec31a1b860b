import { asWindows1252, windows1252Upper } from '../xml/index.ts';

const byteOf = new Map(
  Array.from(windows1252Upper, (character, index) => [character, 0x80 + index] as const),
);

/**
 * Sequences of UTF-8 read as windows-1252 or Latin-1 that no writer means: "Ã©", "â€™", "Â°", "Å¡". An uppercase
 * "Ã" before a quotation mark may be the end of a Portuguese word.
 */
const sequences = new RegExp(
  [
    String.raw`Ã(?:[\u0080-\u00bfŠŸŽœžŒ‰ˆ‡†ƒ™š‹›˜€]|(?<!\p{Lu}Ã)[‚„…‘’“”•–—])`,
    String.raw`Â[\u0080-\u00bf]`,
    String.raw`[ÄÅ][\u00a0-\u00aa\u00ac-\u00ba\u00bc-\u00bf]`,
    String.raw`â(?:€[\u0080-\u00bf‚„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|‚¬|„¢|\u0080[\u0080-\u00bf])`,
    String.raw`ï¿½|ï»¿|ï¬[\u0080-\u0086]`,
  ].join('|'),
  'gu',
);

/**
 * Longer runs of such characters that are UTF-8 as a whole: Cyrillic, Greek, Arabic, Chinese. By chance no text has four
 * of them in a row that fit.
 */
const upper = String.raw`\u0080-\u00ff${windows1252Upper.replace(/[\u0080-\u00ff\ufffd]/g, '')}`;
const runs = new RegExp(`[${upper}]{4,}(?:[\\s\\u00a0]?[${upper}]{2,})*`, 'gu');

/** A text with such sequences read as what they were, and with stray bytes of windows-1252: U+0093 for “. */
export function mojibakeRepaired(text: string): string {
  let repaired = text;
  if (/[\u00c2-\u00f4][\u0080-\u00bf\u0100-\u2fff]/.test(repaired)) {
    repaired = repaired.replace(runs, (run) => decoded(run) ?? run);
  }
  if (/[ÂÃÄÅâï]/.test(repaired)) {
    repaired = repaired.replace(sequences, (sequence) => decoded(sequence) ?? sequence);
  }
  // The second byte of "à" is a hard space, which most systems make a plain one.
  if (repaired.includes('Ã')) repaired = repaired.replace(/(?<=\p{Ll}|^|\s)Ã(?=\s|$)/gu, 'à');
  return /[\x80-\x9f]/.test(repaired) ? asWindows1252(repaired) : repaired;
}

function decoded(sequence: string): string | undefined {
  const bytes = Uint8Array.from(sequence, (character) => byteOf.get(character) ?? character.charCodeAt(0));
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

import { withoutReferences } from './character-references.ts';
import { withoutOddCharacters } from './characters.ts';
import { withoutLatex } from './latex/index.ts';
import { withoutMarkup } from './markup.ts';
import { mojibakeRepaired } from './mojibake.ts';
import type { RepairCode, RepairLog } from './repair.ts';

/** Anything that makes a text worth a second look; most texts in English have nothing of it. */
const suspicious = /[^\x20-\x7e]|[<&\\{$~]| {2}|--|``|^ | $/;

/** Each step, and what a text has in it that the step is for. */
const steps: readonly { code: RepairCode; where: RegExp; repair: (text: string) => string }[] = [
  { code: 'TEXT_MOJIBAKE', where: /[\u0080-\u00ff]/, repair: mojibakeRepaired },
  { code: 'TEXT_ENTITIES', where: /&[#A-Za-z]|\\u[\da-fA-F]{4}/, repair: withoutReferences },
  { code: 'TEXT_MARKUP', where: /<[!/A-Za-z]/, repair: withoutMarkup },
  { code: 'TEXT_LATEX', where: /[\\{$~]|--|``/, repair: withoutLatex },
  { code: 'TEXT_CONTROL', where: /[^\x20-\x7e]/, repair: withoutOddCharacters },
];

/** What was wrapped more often than this was wrapped to do harm. */
const MOST_ROUNDS = 10;

/**
 * A text as a person would write it: without markup, character references, LaTeX, mojibake and invisible characters,
 * white space collapsed, in Unicode's composed form (NFC). Runs of white space and the form of accents are no repairs.
 * What is clean stays the same.
 */
export function cleanText(text: string, log: RepairLog): string {
  if (!suspicious.test(text)) return text;
  let clean = text;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const before = clean;
    for (const { code, where, repair } of steps) {
      if (!where.test(clean)) continue;
      const repaired = repair(clean);
      if (repaired !== clean) log.add(code, clean, repaired);
      clean = repaired;
    }
    clean = clean.normalize('NFC').replace(/\s+/g, ' ').trim();
    if (clean === before) break;
  }
  return clean;
}

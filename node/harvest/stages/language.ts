import type { DetectedLanguage } from '../../../vocab/record.ts';
import type { HarvestedRecord } from '../../catalogue/index.ts';
import type * as Detection from '../language/index.ts';
import { type Draft, eachRecord, type Stage } from './stage.ts';

/** Bytes of a text that tells its language; what is shorter is a title that may be of names, or in no language. */
const ENOUGH = 60;
/** Bytes of all texts together, before anything is said against the record. */
const PLENTY = 120;
/** Of a text that is longer than titles are, the halves are looked at apart: it may begin with a quotation. */
const LONG = 400;
/** What is put down in the record. */
const SURE = 90;
/** What is put in the place of a language that is missing. */
const VERY_SURE = 97;
/** What is held against the language that the record names; wrong in less than one text of a thousand. */
const CERTAIN = 99;

/**
 * Tells the language of title and abstract. Where the record names none, it is that; where it names another one, that is
 * told, and nothing is changed.
 */
export const language: Stage = {
  name: 'language',
  apply: async (drafts, signal) => {
    const detection = await import('../language/index.ts');
    await eachRecord('language', (draft) => judge(draft, detection)).apply(drafts, signal);
  },
};

function judge(draft: Draft, detection: typeof Detection): void {
  const { record } = draft;
  const named = record.languages;
  const texts = detectedTexts(record, detection);
  // The longest text speaks for the record, unless another one is in a language that the record names.
  const main = texts.find(({ isNamed }) => isNamed) ?? texts[0];
  if (main === undefined || main.confidence < SURE) return;
  const { language: found, confidence } = main;
  record.detected = { language: found, confidence };
  if (named.length === 0) {
    if (confidence < VERY_SURE) return;
    record.languages = [found];
    draft.report({
      code: 'LANGUAGE_DETECTED',
      severity: 'info',
      message: `The record names no language; its text is in “${found}”.`,
      detail: `Confidence: ${confidence} %.`,
      repairs: [{ before: '', after: found }],
      remedy: 'Enter the language where the record is kept.',
    });
  } else if (!main.isNamed && named.every(detection.knowsLanguage) && areCertain(texts)) {
    draft.report({
      code: 'LANGUAGE_DISAGREES',
      severity: 'warning',
      message: `The record says “${named.join(', ')}”, but its title and abstract are in “${found}”.`,
      detail: `Detected ${found} with a confidence of ${confidence} %.`,
      remedy:
        'Compare, and correct the language where the record is kept; or name both, where the work is in the other one.',
    });
  }
}

/** Whether the languages of these texts can be held against a record. */
function areCertain(texts: readonly DetectedText[]): boolean {
  const whole = texts.filter(({ mixed }) => !mixed);
  const bytes = whole.reduce((sum, text) => sum + text.bytes, 0);
  return bytes >= PLENTY && whole.every(({ confidence }) => confidence >= CERTAIN);
}

/** A title or an abstract, or a part of one. */
interface DetectedText extends DetectedLanguage {
  bytes: number;
  /** Whether the record names the language. */
  isNamed: boolean;
  /** Whether what it is a part of may be in two languages. */
  mixed: boolean;
}

/**
 * Each title and abstract by itself, as many records have them in several languages; the longest first, and no more of
 * them than are needed.
 */
function detectedTexts(
  { titles, abstracts, languages }: HarvestedRecord,
  { detectLanguage, isLike }: typeof Detection,
): DetectedText[] {
  const texts: DetectedText[] = [];
  const parts = [...titles, ...abstracts].flatMap(({ value }) => partsOf(value));
  for (const { text, bytes, mixed } of parts.toSorted((a, b) => b.bytes - a.bytes)) {
    const detected = bytes < ENOUGH ? undefined : detectLanguage(text);
    if (detected === undefined) continue;
    const isNamed = languages.some((tag) => isLike(tag, detected.language));
    texts.push({ ...detected, bytes, mixed, isNamed });
    if (isNamed || languages.length === 0) break;
  }
  return texts;
}

/** A title in two languages, "Título = Title" or "标题 (Title)", and an abstract that changes its language half-way. */
function partsOf(text: string): { text: string; bytes: number; mixed: boolean }[] {
  const half = text.length / 2;
  const parts =
    text.length >= LONG
      ? [text.slice(0, half), text.slice(half)]
      : text.split(twoLanguages).filter((part: string | undefined) => part?.trim());
  const mixed = parts.length > 1 && text.length < LONG;
  return parts.map((part) => ({ text: part, bytes: Buffer.byteLength(part), mixed }));
}

const twoLanguages = / [=/|] |\s?[([（【]([^()[\]（）【】]{8,})[)\]）】]/;

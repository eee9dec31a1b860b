import type { DetectedLanguage } from '../../../vocab/record.ts';
import { isLike, knowsLanguage } from './alike.ts';
import { detectLanguage } from './detect-language.ts';

/** Bytes of a text that tells its language; what is shorter is a title that may be of names, or in no language. */
const ENOUGH = 60;
/** Bytes of all texts together, before anything is said against the record. */
const PLENTY = 120;
/** Of a text that is longer than titles are, the halves are looked at apart: it may begin with a quotation. */
const LONG = 400;
/** What is said at all. */
const SURE = 90;
/** What is held against the language that the record names; wrong in less than one text of a thousand. */
const CERTAIN = 99;

/** What the language of a record is told from. */
export interface RecordTexts {
  /** Titles and abstracts. */
  texts: readonly string[];
  /** Those that the record names (BCP 47). */
  languages: readonly string[];
}

export interface RecordLanguage extends DetectedLanguage {
  /** Whether the record names others, and surely is in none of them. */
  disagrees: boolean;
}

/** The language of a record by its titles and abstracts; `undefined` where it is not sure. */
export function languageOfRecord(record: RecordTexts): RecordLanguage | undefined {
  const { languages } = record;
  const texts = detectedTexts(record);
  // The longest text speaks for the record, unless another one is in a language that the record names.
  const main = texts.find(({ isNamed }) => isNamed) ?? texts[0];
  if (main === undefined || main.confidence < SURE) return undefined;
  const { language, confidence, isNamed } = main;
  const disagrees = languages.length > 0 && !isNamed && languages.every(knowsLanguage) && areCertain(texts);
  return { language, confidence, disagrees };
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
function detectedTexts({ texts, languages }: RecordTexts): DetectedText[] {
  const detected: DetectedText[] = [];
  for (const { text, bytes, mixed } of texts.flatMap(partsOf).toSorted((a, b) => b.bytes - a.bytes)) {
    const found = bytes < ENOUGH ? undefined : detectLanguage(text);
    if (found === undefined) continue;
    const isNamed = languages.some((tag) => isLike(tag, found.language));
    detected.push({ ...found, bytes, mixed, isNamed });
    if (isNamed || languages.length === 0) break;
  }
  return detected;
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

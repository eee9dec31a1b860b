import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HarvestIssue, HarvestSummary } from '../../../node/harvest/index.ts';

/** One malformed file from the world outside, and what has to come of it. A folder's are in its `cases.json`. */
export interface Case {
  /** In the folder of the table. */
  file: string;
  /** What it is. */
  is: string;
  /** The content type it is sent with, where it matters. */
  contentType?: string;
  /** `{{5000×text}}` in the file stands for the text, so many times; `{{n}}` within for the number, from 1. */
  expand?: true;
  /** What is in the catalogue then: a line a record, by the end of its OAI identifier. */
  gives?: Readonly<Record<string, string>>;
  /** What the manager is told: severity and code, each once. */
  tells: readonly string[];
  /** Why the harvest ends before its end; absent where it does not. */
  fails?: string;
}

/** What came of a case, in the words of the table. */
export type Outcome = Required<Pick<Case, 'gives' | 'tells'>> & Pick<Case, 'fails'>;

const corpus = import.meta.dirname;

export function casesIn<C extends { file: string } = Case>(folder: string): readonly C[] {
  return JSON.parse(readFileSync(join(corpus, folder, 'cases.json'), 'utf8')) as C[];
}

export function pathOf(folder: string, file: string): string {
  return join(corpus, folder, file);
}

/** The bytes of a case's file. */
export function contentOf(folder: string, { file, expand }: Pick<Case, 'file' | 'expand'>): Buffer {
  const bytes = readFileSync(pathOf(folder, file));
  return expand === true ? Buffer.from(expanded(bytes.toString())) : bytes;
}

/** Every file of a folder, expanded where the table says so: what fuzz tests begin with. */
export function filesIn(folder: string): { file: string; bytes: Buffer }[] {
  const large = new Set(casesIn(folder).flatMap(({ file, expand }) => (expand === true ? [file] : [])));
  return readdirSync(join(corpus, folder))
    .filter((file) => file !== 'cases.json' && !large.has(file))
    .map((file) => ({ file, bytes: contentOf(folder, { file }) }));
}

function expanded(text: string): string {
  return text.replace(/\{\{(\d+)×((?:[^{}]|\{\{n\}\})*)\}\}/g, (_, times: string, inner: string) =>
    Array.from({ length: Number(times) }, (_, i) => inner.replaceAll('{{n}}', String(i + 1))).join(''),
  );
}

/** How a harvest ended, in the words of the table. */
export function outcomeOf(
  { outcome, error }: HarvestSummary,
  gives: Readonly<Record<string, string>>,
  issues: readonly HarvestIssue[],
): Outcome {
  return {
    gives: Object.fromEntries(Object.entries(gives).map(([id, line]) => [shown(id), line])),
    tells: tellsOf(issues),
    ...(outcome !== 'complete' && { fails: error?.code ?? outcome }),
  };
}

/** Severity and code of each issue, once; but for what the small records of the corpus lack. */
export function tellsOf(issues: readonly Pick<HarvestIssue, 'severity' | 'code'>[]): string[] {
  const told = issues.filter(({ code }) => !lacking.test(code));
  return [...new Set(told.map(({ severity, code }) => `${severity} ${code}`))].toSorted();
}

const lacking = /^RECORD_NO_(?!TITLE)/;

const LONGEST_SHOWN = 60;

/** A text as the table has it. */
export function shown(text: string): string {
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}… (${text.length})` : text;
}

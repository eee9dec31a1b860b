import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { fullTextKinds } from '../issues/kinds/index.ts';
import type { Problem } from '../issues/issue.ts';
import type { FullTextCode } from './errors.ts';
import type { FileState, RecordState } from './record-state.ts';

/** Per cent from which on a language is held against what the record says. */
const CERTAIN = 99;

/** What is wrong with a record's files by now, by the address that it is about. */
export async function problemsOf(record: NgrRecord, state: RecordState): Promise<Map<string, Problem[]>> {
  const problems = new Map<string, Problem[]>();
  for (const file of state.files) {
    const wrong = file.trouble ?? file.fault;
    const found = [
      ...(wrong === undefined ? [] : [problem(wrong.code, wrong.detail)]),
      ...(await disagreement(record, file)),
    ];
    if (found.length > 0) problems.set(file.url, found);
  }
  const { page } = state;
  if (page?.trouble !== undefined) problems.set(page.url, [problem(page.trouble.code, page.trouble.detail)]);
  return problems;
}

async function disagreement({ languages }: NgrRecord, { language, url }: FileState): Promise<Problem[]> {
  if (language === undefined || languages.length === 0 || language.confidence < CERTAIN) return [];
  const { isLike, knowsLanguage } = await import('../language/index.ts');
  // What is written in a language that is not known is taken for another one.
  if (!languages.every(knowsLanguage)) return [];
  if (languages.some((declared) => isLike(declared, language.language))) return [];
  const detail = `${url} is in “${language.language}” (${language.confidence}%), the description says ${languages.join(', ')}.`;
  return [problem('FULLTEXT_LANGUAGE_DISAGREES', detail)];
}

function problem(code: FullTextCode, detail: string): Problem {
  const { severity, title, remedy } = fullTextKinds[code];
  return { code, severity, message: `${title}.`, remedy, detail };
}

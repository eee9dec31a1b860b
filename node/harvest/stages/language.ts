import type { RecordLanguage, RecordTexts } from '../language/index.ts';
import type { RecordLanguages } from '../language-thread/index.ts';
import type { Draft, Stage } from './stage.ts';

/** What is put in the place of a language that is missing. */
const VERY_SURE = 97;
/** Of a text that is longer the record does not keep more (`fit.ts`). */
const LONGEST_TEXT = 50_000;

/**
 * Tells the language of title and abstract. Where the record names none, it is that; where it names another one, that is
 * told, and nothing is changed.
 */
export function language(languages: RecordLanguages): Stage {
  return {
    name: 'language',
    apply: async (drafts, signal) => {
      const readable = drafts.filter(({ refused }) => !refused);
      const found = await languages.of(readable.map(textsOf), signal);
      for (const [i, draft] of readable.entries()) judge(draft, found[i]);
    },
  };
}

function textsOf({ record: { titles, abstracts, languages } }: Draft): RecordTexts {
  return { texts: [...titles, ...abstracts].map(({ value }) => value.slice(0, LONGEST_TEXT)), languages };
}

function judge(draft: Draft, found: RecordLanguage | undefined): void {
  if (found === undefined) return;
  const { record } = draft;
  const { language: tag, confidence, disagrees } = found;
  record.detected = { language: tag, confidence };
  if (record.languages.length === 0) {
    if (confidence < VERY_SURE) return;
    record.languages = [tag];
    draft.report({
      code: 'LANGUAGE_DETECTED',
      severity: 'info',
      message: `The record names no language; its text is in “${tag}”.`,
      detail: `Confidence: ${confidence} %.`,
      repairs: [{ before: '', after: tag }],
      remedy: 'Enter the language where the record is kept.',
    });
  } else if (disagrees) {
    draft.report({
      code: 'LANGUAGE_DISAGREES',
      severity: 'warning',
      message: `The record says “${record.languages.join(', ')}”, but its title and abstract are in “${tag}”.`,
      detail: `Detected ${tag} with a confidence of ${confidence} %.`,
      remedy:
        'Compare, and correct the language where the record is kept; or name both, where the work is in the other one.',
    });
  }
}

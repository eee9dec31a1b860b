import { deflateRawSync } from 'node:zlib';
import type { Reference } from '../../../../vocab/record.ts';
import { detectLanguage } from '../../language/index.ts';
import { extractReferences, parseReference } from '../../references/index.ts';
import type { DocumentContent } from './document-content.ts';
import type { Extraction } from './extraction.ts';
import { LONGEST_REFERENCE, MOST_REFERENCES, MOST_WORDS } from './limits.ts';
import { countWords, packWords } from './words-of-text.ts';

/** What the node keeps of a document's content: words, references, language, and the text itself where it is wanted. */
export function digest(content: DocumentContent, keepText: boolean): Extraction {
  if (content.outcome !== 'text') return content;
  const { format, text, asksForPassword } = content;
  const language = detectLanguage(text);
  return {
    outcome: 'text',
    format,
    length: text.length,
    words: packWords(countWords(text, MOST_WORDS)),
    references: referencesOf(content),
    ...(language !== undefined && { language }),
    ...(keepText && { text: deflateRawSync(text) }),
    ...(asksForPassword !== undefined && { asksForPassword }),
  };
}

function referencesOf({ text, references }: DocumentContent & { outcome: 'text' }): Reference[] {
  const found = references === undefined ? extractReferences(text) : references.map(parseReference);
  return found
    .slice(0, MOST_REFERENCES)
    .map((reference) => ({ ...reference, text: reference.text.slice(0, LONGEST_REFERENCE) }));
}

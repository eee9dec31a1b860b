import type { Identifier } from '../record.ts';
import { normaliseIdentifier } from './normalise.ts';
import { arxivNumber, doiPrefix } from './schemes.ts';
import { identifierText } from './write.ts';

/** Of a text that is searched for identifiers; references and remarks are shorter. */
const longestSearched = 50_000;

/** Characters that end an identifier in running text. Surrogates are among them: no identifier has emoji. */
const inside = String.raw`[^\s"<>{}|\\^\`\u3001\u3002\uff09\uff0c\uff1b\ud800-\udfff]`;

/** What may be an identifier in running text; `normaliseIdentifier` tells. */
const candidates = new RegExp(
  [
    String.raw`\bhttps?:\/\/${inside}{3,2000}`,
    String.raw`\burn:[a-z0-9][a-z0-9-]{1,31}:${inside}{1,300}`,
    // Wiley's old DOIs hold angle brackets: 10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O
    String.raw`\b10\.1002\/\(sici\)[^\s"]{1,200}`,
    String.raw`(?<![\d.])${doiPrefix}\/${inside}{1,400}`,
    String.raw`\b(?:hdl:|hdl\.handle\.net\/|info:hdl\/)\s?\d[\d.]{0,60}\/${inside}{1,300}`,
    String.raw`\bisbn(?:[- ]?1[03])?\s{0,3}:?\s{0,3}(?:\d[ \u2010-\u2013-]?){9,12}[\dx](?!\d)`,
    String.raw`\bissn(?:-l)?[^\d<>]{0,20}\d{4}[\u2010-\u2013-]?\d{3}[\dx](?!\d)`,
    String.raw`\bpmid:?\s{0,3}\d{1,8}(?!\d)`,
    String.raw`\bPMC\d{4,9}(?!\d)`,
    String.raw`\barxiv:\s?${arxivNumber}`,
  ].join('|'),
  'gi',
);

/** Without one of these there is none. */
const telltale = /10\.\d{4}|https?:|urn:|hdl|is[bs]n|pm(?:id|c\d)|arxiv/i;

/**
 * All identifiers in a text, normalised, each once, in order of appearance.
 * @param onRefused told what looks like an identifier and is none
 */
export function findIdentifiers(text: string, onRefused?: (written: string) => void): Identifier[] {
  if (!telltale.test(text)) return [];
  const found = new Map<string, Identifier>();
  for (const [candidate] of text.slice(0, longestSearched).matchAll(candidates)) {
    const identifier = normaliseIdentifier(candidate);
    if (identifier !== undefined) found.set(identifierText(identifier), identifier);
    else onRefused?.(candidate);
  }
  return [...found.values()];
}

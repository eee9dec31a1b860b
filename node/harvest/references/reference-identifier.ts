import { findIdentifiers, normaliseIdentifier } from '../../../vocab/identifiers.ts';
import type { Identifier, IdentifierScheme } from '../../../vocab/record.ts';

/** A DOI that was broken over a line, with what may belong to it behind the break. */
const brokenDoi = /\b10\.\d{4,9}(?:\/\S{0,100}[/._-]|\/)? (?=[\w(/.;:-]*\d)(?=\/?\S{2})/g;
/** "CoRR, abs/1508.04025", "arXiv preprint 2506.06296", "ArXiv abs/cs/0102003": without the colon that makes it plain. */
const arxivNumber =
  /\b(?:arxiv|corr)\b[\s,.:]{0,3}(?:e-?prints?|preprints?)?[\s,.:]{0,3}(?:vol(?:ume)?\.?\s)?(?:arxiv:\s?)?(?:abs\/)?((?:0[7-9]|1\d|2\d)(?:0[1-9]|1[0-2])\.\d{4,5}|(?:cmp-lg|cs(?:\.[a-z]{2})?|math|stat|physics)\/\d{7})/i;

const order: readonly IdentifierScheme[] = ['doi', 'pmid', 'arxiv', 'handle', 'isbn', 'urn', 'url'];

/** The identifier of the work that a reference names: of several the one that says most. An ISSN is the journal's. */
export function referenceIdentifier(text: string): Identifier | undefined {
  const whole = text.replace(brokenDoi, (head) => head.slice(0, -1));
  const found = findIdentifiers(whole);
  const number = arxivNumber.exec(whole)?.[1];
  const arxiv = number === undefined ? undefined : normaliseIdentifier(`arXiv:${number}`);
  if (arxiv !== undefined) found.push(arxiv);
  for (const scheme of order) {
    const first = found.find((identifier) => identifier.scheme === scheme);
    if (first !== undefined) return first;
  }
  return undefined;
}

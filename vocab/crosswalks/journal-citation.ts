import type { Source } from '../record.ts';

const volumeWord =
  /\b(?:vol(?:\.|umen?\b)?|v\.|bd\.?|band|tomo|t\.|jg\.?)\s*(?:n[º°o]\.?\s*)?(\d{1,4}[a-z]?|[ivxlc]{1,8})\b/i;
const issueWord =
  /(?<![\p{L}\d])(?:no\.?|number|n[º°]\.?|n\.|núm(?:\.|ero)?|num\.?|nr\.?|issue|iss\.?|heft|h\.)\s*(\d{1,4}(?:[-/]\d{1,4})?[a-z]?)(?![\p{L}\d])/iu;
const pagesWord =
  /(?<![\p{L}\d])(?:pp?\.?|pages?|págs?\.?|páginas|s\.)\s*([a-z]{0,3}\d{1,6}(?:\s?[-–]\s?[a-z]{0,3}\d{1,6})?|[ivxlc]{1,8}\s?[-–]\s?[ivxlc]{1,8})/iu;
/** "; 45-67" at the end, as OJS writes it. */
const pagesAtEnd = /[;,:]\s*([a-z]{0,2}\d{1,6}\s?[-–]\s?[a-z]{0,2}\d{1,6}|e\d{3,9})\.?$/i;
/** "105(3)", "15 (3)", and "6 (2000), 2" as in German. */
const volumeAndIssue =
  /(?<=[\p{L}\d.,:;]\s{0,2})(?<![\p{L}\d])(\d{1,4})\s?\((\d{1,4}(?:[-/]\d{1,4})?)\)(?:,\s*(\d{1,4})(?![\d\s]*[-–\d]))?/u;
/** Authors, year and the title of the article, as APA has them: where the journal's title begins cannot be told. */
const wholeReference = /,.*\s\((?:1[5-9]|20)\d\d[a-z]?(?:,\s[^()]{1,30})?\)[.,]?\s\S/;
const year = /^(?:1[5-9]|20)\d\d$/;

/** A citation is no essay. */
const longest = 500;

/**
 * Takes apart where a work was published: journal or book, volume, issue, pages. What cannot be taken apart is given as
 * `citation`; a text without any number is a title.
 *
 * ```ts
 * journalCitation('Revista Española; Vol. 33, Núm. 2 (2010); 10-25')
 * // { title: 'Revista Española', volume: '33', issue: '2', pages: '10-25' }
 * ```
 */
export function journalCitation(text: string): Source | undefined {
  if (text.length > longest) return { citation: text };
  const clean = withoutNumbersOfItsOwn(text);
  if (clean === '') return undefined;
  if (!/\d/.test(clean) && !pagesWord.test(clean)) return { title: clean };
  const compact = clean.includes('(') ? volumeAndIssue.exec(clean) : null;
  const volume = volumeWord.exec(clean) ?? (compact !== null && !year.test(compact[1]!) ? compact : null);
  const inBrackets = compact === volume ? compact?.[2] : undefined;
  const issue = issueWord.exec(clean);
  const pages = pagesWord.exec(clean) ?? pagesAtEnd.exec(clean);
  const first = [volume, issue, pages].reduce(
    (least, match) => Math.min(least, match?.index ?? least),
    clean.length,
  );
  const title = (
    clean.includes(';') ? clean.slice(0, Math.min(first, clean.indexOf(';'))) : clean.slice(0, first)
  )
    .replace(/\s*(?:\((?:1[5-9]|20)\d\d\)|,\s*(?:1[5-9]|20)\d\d)\s*[,;.]?\s*$/, '')
    .replace(/[\s,;:.(]+$/, '');
  if (title === '' || (volume === null && issue === null && pages === null)) return bareNumbers(clean, text);
  if (wholeReference.test(title)) return { citation: text };

  const bracketIsYear = inBrackets !== undefined && year.test(inBrackets);
  const number = issue?.[1] ?? (bracketIsYear ? compact?.[3] : inBrackets);
  // "Procedia, 147. pp. 505-509"
  const [, name = title, bareVolume] = (volume === null && /^(.*\D),\s(\d{1,3})$/.exec(title)) || [];
  const volumeNumber = volume?.[1] ?? bareVolume;
  return {
    title: name,
    ...(volumeNumber !== undefined && { volume: volumeNumber }),
    ...(number !== undefined && { issue: number }),
    ...(pages !== null && { pages: pages[1]!.replace(/\s?[-–]\s?/, '-') }),
  };
}

/** "BMC Medicine, 10, 124", "Ariadne, (31)", "ARL Bimonthly Report (2003), 226". */
function bareNumbers(clean: string, text: string): Source {
  const [, title = '', volume = '', pages] =
    /^([^\d]{3,200}),\s(\d{1,3})(?:,\s(\d{1,6}))?$/.exec(clean) ?? [];
  if (title !== '') return { title, volume, ...(pages !== undefined && { pages }) };
  const [, name = '', bracketed, last] =
    /^([^\d]{3,200}?)(?:,\s\((\d{1,4})\)|\s\(\d{4}\),\s(\d{1,4}))$/.exec(clean) ?? [];
  const issue = bracketed ?? last;
  return issue === undefined ? { citation: text } : { title: name, issue };
}

/** ISSN, ISBN and DOI are read elsewhere and would be taken for volumes and pages. */
function withoutNumbersOfItsOwn(text: string): string {
  if (!/is[bs]n|http|doi|\b10\.|^\d{4}-\d{3}/i.test(text)) return text.trim();
  return text
    .replace(/\b(?:e-?|p-?)?ISSN[\s:]{0,3}\d{4}[-–]?\d{3}[\dX]\b|\bISBN[\s:]{0,3}[\d–-]{9,16}[\dX]\b/gi, '')
    .replace(/^\d{4}-\d{3}[\dX]$/i, '')
    .replace(/\b(?:https?:\/\/\S{1,300}|doi:?\s?10\.\S{1,200}|10\.\d{4,9}\/\S{1,200})/gi, '')
    .replace(/[\s,;:(]+$/, '')
    .trim();
}

/** A source in the form that `journalCitation` reads. */
export function citationText({ title, volume, issue, pages, citation }: Source): string {
  if (title === undefined) return citation ?? '';
  const numbers = [volume && `Vol. ${volume}`, issue && `No. ${issue}`].filter(Boolean).join(' ');
  // A number that stands alone may be anything.
  const named = pages === undefined || pagesAtEnd.test(`; ${pages}`) ? pages : `p. ${pages}`;
  return [title, numbers, named].filter(Boolean).join('; ');
}

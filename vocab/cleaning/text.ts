import { decodeHTMLStrict } from 'entities';
import { mojibakeRepaired } from './mojibake.ts';
import type { RepairLog } from './repair.ts';

/** Anything that makes a text worth a second look; most texts in English have nothing of it. */
const suspicious = /[^\x20-\x7e]|[<&]| {2}|^ | $/;

// oxlint-disable-next-line no-control-regex
const invisible = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]/g;
const reference = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/;

/** Tags of HTML and JATS by their effect on the words around; others are text, as in "p <0.05". */
const inlineTag =
  /<\/?(?:jats:)?(?:a|abbr|b|big|bold|cite|code|em|ext-link|font|i|inf|italic|mark|monospace|q|s|sc|small|span|strong|sub|sup|tt|u|underline|var|xref)(?:\s[^<>]{0,2000})?\/?>/gi;
const blockTag =
  /<\/?(?:jats:)?(?:article|blockquote|body|br|center|dd|div|dl|dt|h[1-6]|head|hr|html|img|li|list|list-item|ol|p|pre|sec|section|table|tbody|td|th|thead|title|tr|ul)(?:\s[^<>]{0,2000})?\/?>/gi;
const unseen = /<(script|style)(?:\s[^<>]{0,2000})?>[^<]*<\/\1>|<!--[^<>]*-->/gi;

/**
 * A text as a person would write it: without markup, character references, mojibake and invisible characters, white
 * space collapsed, in Unicode's composed form (NFC). Runs of white space and the form of accents are no repairs.
 */
export function cleanText(text: string, log: RepairLog): string {
  if (!suspicious.test(text)) return text;
  let clean = step(text, mojibakeRepaired, 'TEXT_MOJIBAKE', log);
  if (clean.includes('&') && reference.test(clean))
    clean = step(clean, withoutReferences, 'TEXT_ENTITIES', log);
  if (clean.includes('<')) clean = step(clean, withoutMarkup, 'TEXT_MARKUP', log);
  clean = step(clean, withoutInvisible, 'TEXT_CONTROL', log);
  return clean.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function step(
  text: string,
  repair: (text: string) => string,
  code: Parameters<RepairLog['add']>[0],
  log: RepairLog,
): string {
  const repaired = repair(text);
  if (repaired !== text) log.add(code, text, repaired);
  return repaired;
}

/** Some systems escape twice, hence two rounds. */
function withoutReferences(text: string): string {
  const once = decodeHTMLStrict(text);
  return reference.test(once) ? decodeHTMLStrict(once) : once;
}

function withoutMarkup(text: string): string {
  return text.replace(unseen, ' ').replace(blockTag, ' ').replace(inlineTag, '');
}

function withoutInvisible(text: string): string {
  const visible = text.replace(invisible, '');
  return /[\ud800-\udfff]/.test(visible) ? visible.replace(/\p{Cs}/gu, '') : visible;
}

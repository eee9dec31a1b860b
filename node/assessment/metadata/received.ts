import type { Record } from '../../../vocab/record.ts';

/*
 * What a record has no property for, looked up in the metadata as they were received. Each pattern reads a bounded number of
 * characters behind where it begins, so that no text can make it slow.
 */

/** `day`: no less precise than that, as RIOXX 2.0 wants it. `any`: W3CDTF, a year or a month will do. */
export type Precision = 'day' | 'any';

const FORMS: Readonly<{ [precision in Precision]: RegExp }> = {
  day: /\d{4}-\d{2}-\d{2}(?!\d)/,
  any: /(?<!\d)\d{4}(?:-\d{2}){0,2}(?!\d)/,
};

/** `dcterms:dateAccepted`, DataCite's date of the type `Accepted`, and the field of DSpace. */
const ACCEPTED: readonly RegExp[] = [
  /dateaccepted\b[^<>]{0,200}>([^<]{0,40})/gi,
  /datetype\s{0,5}=\s{0,5}["']accepted["'][^<>]{0,200}>([^<]{0,40})/gi,
  /qualifier\s{0,5}=\s{0,5}["']accepted["'][^<>]{0,200}>([^<]{0,40})/gi,
  /"datetype"\s{0,5}:\s{0,5}"accepted"[^{}]{0,200}/gi,
  /"date"\s{0,5}:\s{0,5}"([^"]{0,40})"\s{0,5},\s{0,5}"datetype"\s{0,5}:\s{0,5}"accepted"/gi,
];

const RESERVED = /rioxx\.net\/licen[cs]es\/(?:under-embargo-)?all-rights-reserved/i;
/** The start of a licence; or the day from which on the file that has it is there for all (RIOXX 3, dc:relation). */
const LICENCE_STARTS: readonly RegExp[] = [
  /license_?ref\b[^<>]{0,200}start_?date\s{0,5}=\s{0,5}["']([^"']{0,40})/gi,
  /resource_exposed_date\s{0,5}=\s{0,5}["']([^"']{0,40})[^<>]{0,500}license_ref\s{0,5}=/gi,
  /license_ref\s{0,5}=[^<>]{0,500}resource_exposed_date\s{0,5}=\s{0,5}["']([^"']{0,40})/gi,
];

/** Whether a date is given on which the item was accepted. */
export function statesAcceptance(record: Record, precision: Precision): boolean {
  return someMatch(record, ACCEPTED, (found) => FORMS[precision].test(found));
}

/** Whether one of RIOXX's two addresses stands for a licence: there is none, and it is said. */
export function statesReservedRights({ raw }: Record): boolean {
  return raw.some(({ text }) => RESERVED.test(text));
}

/** Whether a licence has a date from which on it holds. */
export function statesLicenceStart(record: Record, precision: Precision): boolean {
  return someMatch(record, LICENCE_STARTS, (found) => FORMS[precision].test(found));
}

function someMatch({ raw }: Record, patterns: readonly RegExp[], is: (found: string) => boolean): boolean {
  return raw.some(({ text }) => patterns.some((pattern) => matches(text, pattern, is)));
}

function matches(text: string, pattern: RegExp, is: (found: string) => boolean): boolean {
  for (const [found, part] of text.matchAll(pattern)) if (is(part ?? found)) return true;
  return false;
}

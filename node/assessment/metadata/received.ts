import type { Record } from '../../../vocab/record.ts';

/*
 * What a record has no property for, looked up in the metadata as they were received. Each pattern reads a bounded number of
 * characters behind where it begins, so that no text can make it slow.
 */

const DAY = /\d{4}-\d{2}-\d{2}(?!\d)/;

/** `dcterms:dateAccepted`, DataCite's date of the type `Accepted`, and the field of DSpace. */
const ACCEPTED: readonly RegExp[] = [
  /dateaccepted\b[^<>]{0,200}>([^<]{0,40})/gi,
  /datetype\s{0,5}=\s{0,5}["']accepted["'][^<>]{0,200}>([^<]{0,40})/gi,
  /qualifier\s{0,5}=\s{0,5}["']accepted["'][^<>]{0,200}>([^<]{0,40})/gi,
  /"datetype"\s{0,5}:\s{0,5}"accepted"[^{}]{0,200}/gi,
  /"date"\s{0,5}:\s{0,5}"([^"]{0,40})"\s{0,5},\s{0,5}"datetype"\s{0,5}:\s{0,5}"accepted"/gi,
];

const RESERVED = /rioxx\.net\/licen[cs]es\/(?:under-embargo-)?all-rights-reserved/i;
const LICENCE_STARTS: readonly RegExp[] = [/license_?ref\b[^<>]{0,200}start_?date\s{0,5}=\s{0,5}["']([^"']{0,40})/gi];

/** Whether a day is given on which the item was accepted. */
export function statesAcceptance(record: Record): boolean {
  return someMatch(record, ACCEPTED, (found) => DAY.test(found));
}

/** Whether one of RIOXX's two addresses stands for a licence: there is none, and it is said. */
export function statesReservedRights({ raw }: Record): boolean {
  return raw.some(({ text }) => RESERVED.test(text));
}

/** Whether a licence has a day from which on it holds. */
export function statesLicenceStart(record: Record): boolean {
  return someMatch(record, LICENCE_STARTS, (found) => DAY.test(found));
}

function someMatch({ raw }: Record, patterns: readonly RegExp[], is: (found: string) => boolean): boolean {
  return raw.some(({ text }) => patterns.some((pattern) => matches(text, pattern, is)));
}

function matches(text: string, pattern: RegExp, is: (found: string) => boolean): boolean {
  for (const [found, part] of text.matchAll(pattern)) if (is(part ?? found)) return true;
  return false;
}

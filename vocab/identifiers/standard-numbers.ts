import type { Identifier } from '../record.ts';

/** A serial's number (ISO 3297), where its check digit is right. */
export function issn(written: string): Identifier | undefined {
  const digits = written.replace(/[^\dXx]/g, '').toUpperCase();
  if (!/^\d{7}[\dX]$/.test(digits) || weightedSum(digits, 8) % 11 !== 0) return undefined;
  return { scheme: 'issn', value: `${digits.slice(0, 4)}-${digits.slice(4)}` };
}

/** Without its label an ISSN looks like a span of years. */
export function bareIssn(written: string): Identifier | undefined {
  return /^(?:1[5-9]|20)\d\d.(?:1[5-9]|20)\d\d$/.test(written) ? undefined : issn(written);
}

/** A book's number (ISO 2108), of 10 or 13 digits, as one of 13, where its check digit is right. */
export function isbn(written: string): Identifier | undefined {
  const digits = written.replace(/[^\dXx]/g, '').toUpperCase();
  if (/^97[89]\d{10}$/.test(digits))
    return ean13(digits) === 0 ? { scheme: 'isbn', value: digits } : undefined;
  if (!/^\d{9}[\dX]$/.test(digits) || weightedSum(digits, 10) % 11 !== 0) return undefined;
  const stem = `978${digits.slice(0, 9)}`;
  return { scheme: 'isbn', value: `${stem}${(10 - ean13(`${stem}0`)) % 10}` };
}

/** Ten digits alone are too often something else: a local number, a date and a time. */
export function isbn10WithHyphens(written: string): Identifier | undefined {
  return (written.match(/[\s\u2010-\u2013-]/g)?.length ?? 0) === 3 ? isbn(written) : undefined;
}

/** Digits times falling weights, X being ten (ISO 2108 for ISBN-10, ISO 3297). */
function weightedSum(digits: string, firstWeight: number): number {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    sum += (digits[i] === 'X' ? 10 : Number(digits[i])) * (firstWeight - i);
  }
  return sum;
}

/** 0 where the last of 13 digits checks the others. */
function ean13(digits: string): number {
  let sum = 0;
  for (let i = 0; i < 13; i += 1) sum += Number(digits[i]) * (i % 2 === 0 ? 1 : 3);
  return sum % 10;
}

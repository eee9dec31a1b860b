import { decodeHTML, decodeHTMLStrict } from 'entities';

const complete = /&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});/;

/** Without their semicolon only these are meant: accented letters, before whatever stands there, and the signs of markup. */
const incomplete =
  /&(?:#\d{2,7}(?![\d;])|[A-Za-z]{1,2}(?:acute|grave|circ|uml|tilde|cedil|ring|slash|lig)(?!;)|(?:amp|lt|gt|quot|nbsp|copy|reg|laquo|raquo|iquest|iexcl|szlig)(?![A-Za-z\d;=]))/g;

/** JSON's, left behind by a programme: \u00e9. */
const json = /\\u([\da-fA-F]{4})/g;

/** `&eacute;`, `&#233;`, `&eacute`, `&amp;eacute;` and `\u00e9` as the character that they stand for. */
export function withoutReferences(text: string): string {
  let plain = text;
  if (plain.includes('&')) {
    // Each system that the text went through may have escaped it once more.
    plain = plain.replace(/&(?:amp;)+(?=[#A-Za-z])/g, '&');
    if (complete.test(plain)) plain = decodeHTMLStrict(plain);
    plain = plain.replace(incomplete, (reference) => decodeHTML(reference));
  }
  if (plain.includes('\\u')) {
    plain = plain.replace(json, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  }
  return plain;
}

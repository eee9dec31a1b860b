/*
 * What tells LaTeX from text that only has its characters in it: prices, sets, file names, quotation marks with a
 * backslash before them. Where it cannot be told, the text stays as it is.
 */

/** Without any of these there is no LaTeX in a text. */
export const telltale = /[\\$~]|[_^]?\{|--|``/;

/** C:\users\in, \\server\share */
const windowsPath = /(?:^|[\s"'(])(?:[A-Za-z]:\\|\\\\[A-Za-z0-9])/;

export function hasFilePath(text: string): boolean {
  return text.includes('\\') && windowsPath.test(text);
}

/** A backslash before a quotation mark that ends a quotation or a word: the text was escaped for a programme. */
export function hasEscapedQuotes(text: string): boolean {
  return /\\"(?:[\s.,;:!?)]|$)/.test(text);
}

/** children\'s, don\'t, l\'art: an apostrophe that was escaped, not an accent. */
export function isEscapedApostrophe(text: string, backslash: number): boolean {
  const after = text.slice(backslash + 2, backslash + 5);
  if (/^(?:s|t|d|m|re|ve|ll)(?![\p{L}])/u.test(after)) return true;
  const before = text.slice(Math.max(0, backslash - 12), backslash);
  return /(?:^|[^\p{L}])(?:[ldjmtscn]|qu|jusqu|lorsqu|puisqu|quelqu|aujourd|dell|nell|all|sull|dall|un|O)$/iu.test(
    before,
  );
}

/** Words that no formula has between its signs. */
const plainWords = /\s(?:of|to|or|in|an?|is|at|by|on|and|y|e|o|et|ou|und|de|la)\s/i;
const functionNames = /(?:log|exp|max|min|sin|cos|tan|mod|lim|arg|Pr)/g;

/** Whether what stands between two dollar signs is a formula: "$n$-gram" has one, "costs $5 and $6" has none. */
export function isFormula(content: string, before: string, after: string): boolean {
  if (content === '' || content.length > 500 || /^\s|\s$/.test(content) || /\d/.test(after)) return false;
  if (/[\\^_{}]/.test(content)) return !/\p{L}{4,}\s+\p{L}{4,}/u.test(content) || content.includes('\\');
  if (/[\p{L}\p{N}]/u.test(before)) return false;
  return !/\p{L}{3,}/u.test(content.replace(functionNames, '')) && !plainWords.test(content);
}

/** What stands before a brace that belongs to a template or an address: ${NAME}, /users/{ID}. */
const template = /[/$#%@=&]/;

/** Whether braces only keep BibTeX from changing the capitals in them: "{BERT}: Pre-training", "{S}panish". */
export function isProtected(content: string, before: string, after: string): boolean {
  if (content === '' || content.length > 300 || template.test(before)) return false;
  if (!/^[\p{L}\p{N}\p{M} .'’&+-]+$/u.test(content)) return false;
  return /\p{Lu}/u.test(content) || /[\p{L}\p{N}]/u.test(before) || /\p{L}/u.test(after);
}

/** Whether a tilde is a space at which no line may break: "Table~2", "54~GB"; no range, no "about", no address. */
export function isTie(before: string, after: string): boolean {
  if (!/^[\p{Script=Latin}\d([\\$“]/u.test(after)) return false;
  if (/[/:@=]\S*$/.test(before)) return false;
  if (/\d$/.test(before)) return /^\p{Script=Latin}/u.test(after);
  return /(?:\p{Script=Latin}{2}|[.,;)}\]”])$/u.test(before);
}

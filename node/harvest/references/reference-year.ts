/** A year with what stands around it where it is the year of publication: "(2003, July)", "2003a.", "[2003]". */
const behindAuthors =
  /^[\s.,;:]{0,3}(?:[([]\s?)?((?:1[5-9]|20)\d\d)(?:\s?[a-z])?(?:[-–/]\d{2,4})?(?:,?\s?\p{L}{3,9}\.?(?:\s\d{1,2}(?:[-–]\d{1,2})?)?)?(?:\s?[)\]])?\s?(?=[.,:;]|\s?["“„«‘'`]|\s|$)/u;
const undated =
  /^[\s.,;:]{0,3}[([]?\s?(?:n\.\s?d\.|s\.\s?[af]\.|in press|forthcoming|to appear|submitted|im druck|en prensa|no prelo)\s?[)\]]?/i;
const anyYear = /(?<![\d.:/_-])(?:1[5-9]|20)\d\d(?![\d_]|[/.:-]\d)/g;
/** Addresses, identifiers and ranges of pages hold numbers that look like years. */
const noYears =
  /https?:\S+|\b10\.\d{4,9}\/\S+|\barxiv:\s?\S+|\babs\/\S+|\b\d+\s?[-–—]+\s?\d+\b|\bpp?\.\s?\d+(?!\s?[-–—]?\d)/gi;

/** The year directly behind the list of authors, and where it ends; the end alone where it is "in press" or "n.d.". */
export function yearBehindAuthors(
  text: string,
  authorsEnd: number,
): { year?: string; end: number } | undefined {
  const rest = text.slice(authorsEnd, authorsEnd + 60);
  const dated = behindAuthors.exec(rest);
  if (dated !== null) return { year: dated[1]!, end: authorsEnd + dated[0].length };
  const without = undated.exec(rest);
  return without === null ? undefined : { end: authorsEnd + without[0].length };
}

/**
 * The year of publication where it does not stand behind the authors: the first behind the title, since what comes last
 * may be the day on which somebody looked; else the last in the text.
 */
export function yearElsewhere(text: string, titleEnd: number): string | undefined {
  return yearsIn(text.slice(titleEnd)).at(0) ?? yearsIn(text).at(-1);
}

function yearsIn(text: string): readonly string[] {
  return text.replace(noYears, ' ').match(anyYear) ?? [];
}

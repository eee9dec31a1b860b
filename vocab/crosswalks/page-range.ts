/** First and last page as one text, `1-9`; one of them alone where the other is unknown or the same. */
export function pageRange(first: string, last: string): string {
  if (first === '' || last === '' || first === last) return first || last;
  return `${first}-${last}`;
}

/** First and last page; a text that is no range of two is a first page. */
export function pagesOf(range: string): { first: string; last?: string } {
  const [, first, last] = /^([^-]+)-([^-]+)$/.exec(range) ?? [];
  return first === undefined || last === undefined ? { first: range } : { first, last };
}

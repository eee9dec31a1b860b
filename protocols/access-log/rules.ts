import type { LogEntry } from './line.ts';

/** What it means that a path was asked for. */
export interface PathRule {
  /** Matched against path and query as they stand in the log. */
  pattern: RegExp;
  /** `ignore`: it is no item's, though a later rule would have it so. */
  kind: 'investigation' | 'request' | 'ignore';
  /** What the item may be called, likeliest first, with `$1` to `$9` for the groups and `{site}` for the address of the repository. */
  names: readonly string[];
}

/** What a path is of an item: its page (investigation) or its content (request), and what the item may be called. */
export interface PathMeaning {
  kind: 'investigation' | 'request';
  names: string[];
}

/** Characters of a path. Those of items are shorter, and a rule's expression is not to run over more. */
const LONGEST_PATH = 2_000;

/**
 * Whether the entry is a use of what it names: COUNTER 5.1, section 7.1, counts successful requests, that is 200 and 304.
 * A part of a file (206) comes behind a 200 that broke off, or is one of many: it is none. Nor is a redirect.
 */
export function isUse({ method, status }: LogEntry): boolean {
  return (status === 200 || status === 304) && method === 'GET';
}

/**
 * What a path means by the first rule that fits; undefined where none does or that one ignores it.
 *
 * @param siteUrl the address of the repository without a slash at its end; names with `{site}` fall away without it
 */
export function meaningOf(
  path: string,
  rules: readonly PathRule[],
  siteUrl: string | undefined,
): PathMeaning | undefined {
  if (path.length > LONGEST_PATH) return undefined;
  for (const { pattern, kind, names } of rules) {
    const groups = pattern.exec(path);
    if (groups === null) continue;
    if (kind === 'ignore') return undefined;
    const known = names.filter((name) => siteUrl !== undefined || !name.includes('{site}'));
    return { kind, names: [...new Set(known.map((name) => filledIn(name, groups, siteUrl)))] };
  }
  return undefined;
}

function filledIn(name: string, groups: readonly (string | undefined)[], siteUrl = ''): string {
  return name.replace(/\{site\}|\$(\d)/g, (whole, group: string | undefined) =>
    group === undefined ? (whole === '{site}' ? siteUrl : whole) : decoded(groups[Number(group)] ?? ''),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

import type { Repair } from '../../../vocab/cleaning/index.ts';
import { aroundDifference } from '../../../vocab/text-difference.ts';
import { issueKind } from '../issues/kinds/index.ts';
import type { BeforeAndAfter, Problem } from '../issues/issue.ts';

const LONGEST_SHOWN = 300;
const MOST_SHOWN = 20;

/** The repairs of one record as problems: one for each kind and field, with the values before and after. */
export function problemsOfRepairs(done: readonly Repair[]): Omit<Problem, 'oaiIdentifier'>[] {
  const byKind = new Map<string, [Repair, ...Repair[]]>();
  for (const repair of done) {
    const kind = `${repair.code} ${repair.field}`;
    const others = byKind.get(kind);
    if (others === undefined) byKind.set(kind, [repair]);
    else others.push(repair);
  }
  return [...byKind.values()].map(problemOf);
}

function problemOf(alike: readonly [Repair, ...Repair[]]): Omit<Problem, 'oaiIdentifier'> {
  const [{ code, field }] = alike;
  const { severity = 'info', title = code, remedy = '' } = issueKind(code) ?? {};
  const more = alike.length - MOST_SHOWN;
  return {
    code,
    severity,
    message: `${field}: ${title}.`,
    ...(more > 0 && { detail: `${alike.length} values, of which the first ${MOST_SHOWN} are shown.` }),
    repairs: alike.slice(0, MOST_SHOWN).map(shown),
    remedy,
    about: field,
  };
}

function shown({ before, after }: Repair): BeforeAndAfter {
  return aroundDifference(before, after, LONGEST_SHOWN);
}

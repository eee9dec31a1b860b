import type { OaiIdentify, OaiIssue } from '../../../../protocols/oai-pmh/index.ts';
import { issueKind } from '../../issues/kinds/index.ts';
import type { Problem } from '../../issues/issue.ts';
import type { Cut } from './place.ts';

/** A problem of a kind that is listed, with the severity and the remedy of its kind. */
export function problem(code: string, message: string, more: Partial<Problem> = {}): Problem {
  const kind = issueKind(code);
  if (kind === undefined) throw new TypeError(`${code} is no kind of issue`);
  return { code, severity: kind.severity, message, remedy: kind.remedy, ...more };
}

/** What the client found wrong with a page. */
export function problemOfPage({ code, severity, message, place }: OaiIssue): Problem {
  const { record, offset, identifier } = place;
  return problem(code, message, {
    severity,
    ...(identifier !== undefined && { oaiIdentifier: identifier }),
    ...((record !== undefined || offset !== undefined) && {
      place: { ...(record !== undefined && { record: record + 1 }), ...(offset !== undefined && { offset }) },
    }),
  });
}

/** What could not be read and bears no identifier, or never came. */
export function isLoss({ code, severity, place }: OaiIssue): boolean {
  return code === 'OAI_LIST_SHORT' || (severity === 'error' && place.identifier === undefined);
}

const cuts: Readonly<Record<Cut, Problem>> = {
  expired: problem(
    'OAI_TOKENS_EXPIRE',
    'The repository forgot where its list stood before it had been read to its end. The rest is read in parts, by date.',
  ),
  loop: problem(
    'OAI_TOKEN_LOOP',
    'The list of the repository goes in a circle. The rest is read in parts, by date.',
  ),
  stalled: problem(
    'HARVEST_STALLED',
    'The harvest did not get beyond one place of the list several times. From there on the list is read in parts, by date.',
  ),
};

export const cutProblem = (cut: Cut): Problem => cuts[cut];

/** What is wrong with what a repository says of itself. */
export function problemsOfIdentity(url: string, identity: OaiIdentify, earliestIsWrong: boolean): Problem[] {
  const { baseUrl, deletedRecord, earliestDatestamp } = identity;
  const problems: Problem[] = [];
  if (!sameAddress(baseUrl, url)) {
    const message = `The repository gives its OAI-PMH address as ${shown(baseUrl)}, but is harvested at ${url}.`;
    problems.push(problem('HARVEST_OTHER_BASE_URL', message));
  }
  if (deletedRecord !== 'persistent') {
    const what = deletedRecord === 'no' ? 'none of its deletions' : 'deletions for some time only';
    problems.push(problem('OAI_NO_DELETIONS', `The repository keeps record of ${what}.`));
  }
  if (earliestIsWrong) {
    const message = `The repository says that its earliest record is of ${shown(earliestDatestamp) || '(nothing)'}.`;
    problems.push(problem('OAI_EARLIEST_WRONG', message));
  }
  return problems;
}

/** The address that answered is not the one that was asked, whatever the query. */
export function movedProblem(url: string, answeredBy: string): Problem | undefined {
  const there = answeredBy.replace(/[?#].*$/s, '');
  if (there === url.replace(/[?#].*$/s, '')) return undefined;
  return problem('HARVEST_ENDPOINT_MOVED', `Requests to ${url} are sent on to ${shown(there)}.`);
}

/** Scheme and slash at the end do not count. */
function sameAddress(a: string, b: string): boolean {
  const bare = (url: string): string =>
    url
      .trim()
      .replace(/^https?:\/\//i, '')
      .replace(/\/+$/, '')
      .toLowerCase();
  return bare(a) === bare(b);
}

export function shown(text: string): string {
  return text.slice(0, 500);
}

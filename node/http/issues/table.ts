import { issueCsvHead, issueCsvLine, toldIssue, type IssueFilter } from '../../harvest/index.ts';
import type { HttpParts } from '../parts.ts';

/** Issues that are read at once. */
const AT_A_TIME = 1_000;

/** The open issues that fit, as CSV, from where the filter says that a list goes on. */
export async function* issueTable(
  harvester: Pick<HttpParts['harvester'], 'issues'>,
  filter: IssueFilter = {},
): AsyncGenerator<string> {
  yield issueCsvHead;
  for (let { after } = filter; ;) {
    const some = { ...filter, ...(after !== undefined && { after }), limit: AT_A_TIME };
    const issues = await harvester.issues(some);
    yield issues.map((issue) => issueCsvLine(toldIssue(issue))).join('');
    after = issues.at(-1)?.id;
    if (issues.length < AT_A_TIME) return;
  }
}

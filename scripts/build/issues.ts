import { issueKinds, type IssueKind, issueSubjects } from '../../node/harvest/index.ts';

const subjects = {
  repository: 'The repository and its lists',
  metadata: 'The metadata of an item',
  'full text': 'The files of an item',
  usage: 'The use of items',
} as const;

/** The page docs/issues.md: every code of an issue, what it means, and what to do. */
export function issuesPage(): string {
  return `# Issues

What the node finds wrong while it harvests stands in \`ngr check\` and \`GET /api/issues\`, and as a table for a spreadsheet in
\`ngr check --csv\` and \`GET /api/issues.csv\`. Each issue has one of these codes, which stay the same from version to version.

- **error**: something could not be harvested because of it.
- **warning**: it was harvested nevertheless, and something about it is doubtful or was left out.
- **info**: worth knowing: something was put right, or may be a wrong setting. The values before and after stand with it.

An issue closes by itself when what it is about is harvested without it. Ten thousand of a severity are listed for each
source; what comes beyond is counted.

This page is made from \`node/harvest/issues/kinds/\` by \`npm run build\`.
${issueSubjects.map((subject) => section(subjects[subject], Object.entries(issueKinds[subject]))).join('')}`;
}

function section(heading: string, kinds: readonly (readonly [code: string, kind: IssueKind])[]): string {
  const overview = kinds.map(
    ([code, { severity, title }]) => `| [\`${code}\`](#${code.toLowerCase()}) | ${severity} | ${title} |`,
  );
  return `
## ${heading}

| code | severity | what |
| --- | --- | --- |
${overview.join('\n')}
${kinds.map(([code, kind]) => entry(code, kind)).join('')}`;
}

function entry(code: string, { severity, title, explains, remedy, detail }: IssueKind): string {
  return `
### ${code}

**${title}** (${severity}). ${explains}

*What to do:* ${remedy}
${detail === undefined ? '' : `\n*For an engineer:* ${detail}\n`}`;
}

import { sentence, table } from './cells.ts';
import { summaryOf } from './group-part.ts';

/*
 * The page is a heading with a few words, a table of all groups, and then a part for each of them, from `## NAME` to the next
 * one. A part tells when and on what it was measured, so that it can stay while others are measured anew; the table is made of
 * the parts each time.
 */

const HEAD = `# Benchmarks

This page is written by \`npm run bench -- --write docs/benchmarks.md\`, which measures everything; with names of groups
(\`npm run bench -- search --write docs/benchmarks.md\`) it measures these, and leaves the other parts as they are.
\`npm run bench -- --list\` tells of each group what it is and how long it takes.

Everything runs on one machine, nodes and those who ask them alike. What stands "beside" a figure was measured in the same run;
the ratio is the figure divided by that one. Where less is better, a ratio below 1 is in the node's favour. All processes run with
\`MALLOC_ARENA_MAX=2\`, as the service's unit and the image have it. The network of twenty nodes is looked at after 90 s of rest, and its
changes count after 40 s of them: until then twenty processes on two cores are busy with compiling. What comes before is told by itself.
`;

/**
 * The page with the given parts in place of those that it had for the same groups.
 *
 * @param groups all that there are, with what each measures, in their order; what the page has of others goes
 * @param before the page as it is; empty where there is none
 */
export function benchmarksPage(
  groups: Readonly<Record<string, { about: string }>>,
  before: string,
  parts: ReadonlyMap<string, string>,
): string {
  const all = new Map([...partsOf(before), ...parts]);
  const bodies = Object.keys(groups).flatMap((name) => all.get(name) ?? []);
  return [HEAD.trimEnd(), overview(groups, all), ...bodies.map((part) => part.trim())].join('\n\n') + '\n';
}

function overview(
  groups: Readonly<Record<string, { about: string }>>,
  parts: ReadonlyMap<string, string>,
): string {
  const rows = Object.entries(groups).map(([name, { about }]) => {
    const summary = summaryOf(parts.get(name) ?? '');
    if (summary === undefined) return [name, sentence(about), 'not yet', '', '', '', ''];
    const { date, commit, time, isWhole, targets, met, missed } = summary;
    const all = targets === 0 ? 'it has none' : `${met} of ${targets}`;
    const told = isWhole ? all : `${all}; it broke off`;
    return [`[${name}](#${name})`, sentence(about), date, commit, time, told, missed];
  });
  return table(['group', 'what', 'measured', 'at commit', 'in', 'targets met', 'not met'], [], rows);
}

function partsOf(page: string): Map<string, string> {
  const [, ...parts] = page.split(/^(?=## )/m);
  return new Map(parts.map((part) => [part.slice(3, part.indexOf('\n')).trim(), part]));
}

import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { root } from '../bench/records.ts';
import { asMarkdown, delayPlot, figures, recoveries, trafficPlot, traffics } from './report.ts';
import type { Result } from './run.ts';

const BEGIN = '<!-- simulate:begin -->';
const END = '<!-- simulate:end -->';
const CHECK_BEGIN = '<!-- simulate:check:begin -->';
const CHECK_END = '<!-- simulate:check:end -->';

/** Writes the plots into docs/scale/, and the tables into their place in docs/scale.md. */
export async function writeResults(results: readonly Result[], seed: number): Promise<void> {
  // A pause between heartbeats changes nothing for changes.
  const differing = results.filter(({ case: { protocol } }) => protocol?.heartbeat === undefined);
  const [delays, traffic] = [delayPlot(differing), trafficPlot(results)];
  await mkdir(new URL('docs/scale/', root), { recursive: true });
  await writeFile(new URL('docs/scale/propagation.svg', root), delays);
  await writeFile(new URL('docs/scale/traffic.svg', root), traffic);
  await replace(
    [BEGIN, END],
    `Made by \`npm run simulate -- --seed ${seed}\`. Bytes are of a day and of one node, on average, as TCP carries them; \`missing\` are changes
that did not arrive at a follower.

${asMarkdown(figures(results))}
![${descriptionOf(delays)}](scale/propagation.svg)

${asMarkdown(traffics(results))}
![${descriptionOf(traffic)}](scale/traffic.svg)

A third of the nodes goes at once, and comes back an hour later:

${asMarkdown(recoveries(results))}`,
  );
}

/** Writes what the check found into its place. */
export async function writeCheck(table: readonly (readonly string[])[]): Promise<void> {
  await replace([CHECK_BEGIN, CHECK_END], asMarkdown(table));
}

/** Puts a text between two marks of docs/scale.md; at its end, where they are not there. */
async function replace([begin, end]: readonly [string, string], text: string): Promise<void> {
  const file = new URL('docs/scale.md', root);
  const page = existsSync(file) ? await readFile(file, 'utf8') : '# Scale\n';
  const block = `${begin}\n\n${text.trimEnd()}\n\n${end}`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  const written =
    from < 0 || to < from
      ? `${page.trimEnd()}\n\n${block}\n`
      : page.slice(0, from) + block + page.slice(to + end.length);
  await writeFile(file, written);
}

const descriptionOf = (svg: string): string => /<desc[^>]*>([^<]*)</.exec(svg)?.[1] ?? '';

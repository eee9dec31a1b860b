import type { Command } from 'commander';
import { z } from 'zod';
import { aCommand, type CommandContext, type CommonOptions } from '../command.ts';
import { progressText } from '../harvest-lines.ts';
import { issueSums } from '../issue-lines.ts';
import { withNode } from '../node-session.ts';
import { count, oneLine, print, timeText } from '../print.ts';
import { sourceSchema, type SourceView } from '../source-view.ts';

const number = z.number();

const statusSchema = z.looseObject({
  node: z.string(),
  name: z.string(),
  base: z.string(),
  networks: z.array(z.string()),
  version: z.string(),
  addresses: z.array(z.string()),
  records: z.looseObject({ own: number, held: number }),
  works: z.looseObject({ works: number, clusters: number }),
  readers: z.array(z.looseObject({ name: z.string(), lag: number })),
  sources: z.array(sourceSchema),
  usageLogs: z
    .array(
      z.looseObject({
        name: z.string(),
        behind: number,
        figures: z.looseObject({ lines: number, counted: number }),
        troubles: z.array(z.unknown()),
      }),
    )
    .default([]),
  issues: z.looseObject({ error: number, warning: number, info: number }),
  peers: z.looseObject({ known: number, connected: number, followed: number }),
  ready: z.looseObject({
    ok: z.boolean(),
    checks: z.array(z.looseObject({ name: z.string(), ok: z.boolean(), detail: z.string() })),
  }),
});
type Status = z.output<typeof statusSchema>;

export function statusCommand(context: CommandContext): Command {
  return aCommand('status', {
    description: 'Tells what the node holds, what it is doing, and whether all is well.',
    examples: [
      ['ngr status', 'for people'],
      ['ngr status --json', 'for a monitor'],
    ],
  }).action((options: CommonOptions) =>
    withNode(context, options, async (client) => {
      const status = await client.get('/api/status', statusSchema);
      print(context, options, status, linesOf(status, context.clock.now()));
    }),
  );
}

function linesOf(status: Status, now: number): string[] {
  const { name, base, networks, version, node, addresses, records, works, issues, peers, ready } = status;
  const behind = status.readers.filter(({ lag }) => lag > 0);
  const rows: [string, string][] = [
    ['Node', `${name}, ${base} (NGR Node ${version})`],
    ['Identity', node],
    [
      networks.length > 1 ? 'Networks' : 'Network',
      `${networks.join(', ')}: ${count(peers.connected)} of ${count(peers.known)} known nodes connected, ${count(peers.followed)} followed`,
    ],
    ...addresses.map((address): [string, string] => ['Address', address]),
    ['Records', `${count(records.own)} own, ${count(records.held)} in all`],
    ['Works', `${count(works.works)}, of which ${count(works.clusters)} have several records`],
    [
      'Indexes',
      behind.length === 0
        ? 'up to date'
        : behind.map((reader) => `${reader.name} ${count(reader.lag)} behind`).join(', '),
    ],
    ...status.sources.map((source): [string, string] => ['Source', sourceText(source, now)]),
    ...status.usageLogs.map((log): [string, string] => ['Usage log', logText(log)]),
    ['Issues', `${issueSums(issues)} ("ngr check")`],
    ['Health', ready.ok ? 'ready' : failing(ready.checks)],
  ];
  return rows.map(([label, text]) => `${label.padEnd(10)}${oneLine(text)}`);
}

function logText({ name, behind, figures, troubles }: Status['usageLogs'][number]): string {
  const left = behind === 0 ? 'read to its end' : `${count(Math.ceil(behind / 1e6))} MB still to read`;
  const wrong = troubles.length === 0 ? '' : ', with trouble ("ngr check")';
  return `${name}: ${count(figures.lines)} lines, ${count(figures.counted)} uses counted, ${left}${wrong}`;
}

function failing(checks: Status['ready']['checks']): string {
  return `not ready: ${checks
    .filter(({ ok }) => !ok)
    .map(({ name, detail }) => `${name} (${detail})`)
    .join(', ')}`;
}

function sourceText(source: SourceView, now: number): string {
  const { name, url, progress, lastRun, nextRunAt } = source;
  if (progress !== undefined) return `${url}; ${progressText(source, progress)}`;
  const last =
    lastRun === undefined
      ? 'not harvested yet'
      : `${lastRun.outcome} on ${timeText(Date.parse(lastRun.endedAt))}${lastRun.error ? ` (${lastRun.error.message})` : ''}`;
  const next =
    nextRunAt === undefined
      ? ''
      : `, again in ${Math.max(0, Math.ceil((Date.parse(nextRunAt) - now) / 60_000))} min`;
  return `${name}, ${url}: ${last}${next}`;
}

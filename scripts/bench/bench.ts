/**
 * `npm run bench [-- GROUP …]`: measures, and prints what it got beside its target and its rival.
 * Exit code 0 also where a figure falls short; 1 where something could not be measured.
 */
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { jsonPrinter, printerTo, tablePrinter } from './figures.ts';
import { groups, type GroupOptions } from './groups.ts';
import { benchmarksPage } from './page/benchmarks-page.ts';
import { circumstances } from './page/circumstances.ts';
import { groupPart } from './page/group-part.ts';
import { resultsPrinter } from './page/results.ts';

const NAME_WIDTH = 12;
const ABOUT_WIDTH = 70;
const MS_A_MINUTE = 60_000;

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    size: { type: 'string' },
    write: { type: 'string' },
    list: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (values.help) {
  process.stdout.write(usage());
  process.exit(0);
}
if (values.list) {
  process.stdout.write(`${list().join('\n')}\n`);
  process.exit(0);
}
const wanted = positionals.length > 0 ? positionals : Object.keys(groups);
const unknown = wanted.filter((name) => groups[name] === undefined);
if (unknown.length > 0)
  refuse(`there is no group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);
const sizes = values.size?.split(',').map(Number);
if (sizes?.some((size) => !Number.isSafeInteger(size) || size < 1))
  refuse(`--size takes numbers of records, as 10000,100000, not ${values.size}`);

// What runs beside this process and lies on the disk for it goes with it (processes.ts).
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

const shown = values.json ? jsonPrinter(process.stdout) : tablePrinter(process.stdout);
const options: GroupOptions = { small: values.small, ...(sizes !== undefined && { sizes }) };
for (const name of wanted) await measure(name);

async function measure(name: string): Promise<void> {
  const group = groups[name];
  if (group === undefined) return;
  const { printer, results } = resultsPrinter();
  const both = printerTo([shown, printer]);
  both.group(name, group.about);
  const begun = performance.now();
  let isWhole = true;
  try {
    await group.measure(both, options);
  } catch (error) {
    isWhole = false;
    process.stderr.write(`bench: ${name} could not be measured: ${(error as Error).stack}\n`);
    process.exitCode = 1;
  }
  const minutes = (performance.now() - begun) / MS_A_MINUTE;
  process.stderr.write(`bench: ${name} took ${minutes.toFixed(1)} min\n`);
  if (values.write === undefined) return;
  const part = groupPart({ results, circumstances: await circumstances(new Date()), minutes, isWhole });
  const before = existsSync(values.write) ? await readFile(values.write, 'utf8') : '';
  // After each group: what was measured is on the page whatever becomes of the next one.
  await writeFile(values.write, benchmarksPage(Object.keys(groups), before, new Map([[name, part]])));
}

function list(): string[] {
  return Object.entries(groups).map(
    ([name, { about, minutes }]) =>
      `  ${name.padEnd(NAME_WIDTH)}${about.padEnd(ABOUT_WIDTH)}about ${minutes} min`,
  );
}

function usage(): string {
  const all = Object.values(groups).reduce((sum, { minutes }) => sum + minutes, 0);
  return [
    'usage: npm run bench [-- GROUP …] [OPTION …]',
    '',
    `Groups; all of them (about ${all} min on a machine with two cores), if none is named:`,
    ...list(),
    '',
    'Options:',
    '  --list         the groups',
    '  --json         a line of JSON a figure',
    '  --small        a tenth of the records, where a group takes a million of them',
    '  --size N,N     for scale: with so many records',
    '  --write FILE   writes the results to a page, in place of what it has of the same groups',
    '',
  ].join('\n');
}

function refuse(why: string): never {
  process.stderr.write(`bench: ${why}\n`);
  process.exit(2);
}

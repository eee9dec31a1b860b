/**
 * `npm run bench [-- GROUP …] [--json] [--small]`: measures, and prints what it got beside its target and its rival.
 * `--small`: with a tenth of the records where a group takes a million of them.
 * Exit code 0 also where a figure falls short; 1 where something could not be measured.
 */
import { parseArgs } from 'node:util';
import { jsonPrinter, tablePrinter, type Printer } from './figures.ts';
import { dashboard } from './dashboard/index.ts';
import { duplicates } from './duplicates/index.ts';
import { federation } from './federation/index.ts';
import { harvest } from './harvest/index.ts';
import { main } from './main/index.ts';
import { publish } from './publish/index.ts';
import { related } from './related/index.ts';
import { search } from './search/index.ts';
import { usage } from './usage/index.ts';

interface Group {
  measure: (printer: Printer, options: { small: boolean }) => Promise<void>;
  about: string;
}

/** By its name what measures a group. A new one is a line here and a folder beside the others. */
const groups: Readonly<Record<string, Group>> = {
  main: { measure: main, about: 'from one institution’s repository to another institution’s reader' },
  harvest: { measure: harvest, about: 'the harvest, stage by stage, beside Perl’s HTTP::OAI' },
  publish: { measure: publish, about: 'what harvesters, subscribers and scripts are given' },
  federation: { measure: federation, about: 'what it costs to have what others hold' },
  duplicates: { measure: duplicates, about: 'how well the records of one work are found, and the cost' },
  search: { measure: search, about: 'a thousand queries, beside SQLite’s FTS5' },
  related: { measure: related, about: 'how good related items are, and the cost' },
  dashboard: { measure: dashboard, about: 'what a manager waits for' },
  usage: { measure: usage, about: 'events into counts, and the counts of a region' },
};
const NAME_WIDTH = 12;

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});
if (values.help) {
  process.stdout.write(
    [
      'usage: npm run bench [-- GROUP …] [--json] [--small]',
      '',
      'Groups; all of them, if none is named:',
      ...Object.entries(groups).map(([name, { about }]) => `  ${name.padEnd(NAME_WIDTH)}${about}`),
      '',
      'Options:',
      '  --json      a line of JSON a figure',
      '  --small     a tenth of the records, where a group takes a million of them',
      '',
    ].join('\n'),
  );
  process.exit(0);
}
const wanted = positionals.length > 0 ? positionals : Object.keys(groups);
const unknown = wanted.filter((name) => groups[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(
    `bench: there is no group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}\n`,
  );
  process.exit(2);
}

const printer = values.json ? jsonPrinter(process.stdout) : tablePrinter(process.stdout);
for (const name of wanted) {
  try {
    await groups[name]?.measure(printer, { small: values.small });
  } catch (error) {
    process.stderr.write(`bench: ${name} could not be measured: ${(error as Error).stack}\n`);
    process.exitCode = 1;
  }
}

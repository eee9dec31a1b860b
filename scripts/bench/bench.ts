/**
 * `npm run bench [-- GROUP …] [--json] [--small]`: measures, and prints what it got beside its target and its rival.
 * `--small`: with a tenth of the records where a group takes a million of them.
 * Exit code 0 also where a figure falls short; 1 where something could not be measured.
 */
import { parseArgs } from 'node:util';
import { jsonPrinter, tablePrinter, type Printer } from './figures.ts';
import { duplicates } from './duplicates/index.ts';
import { federation } from './federation/index.ts';
import { harvest } from './harvest/index.ts';
import { main } from './main/index.ts';
import { publish } from './publish/index.ts';
import { related } from './related/index.ts';
import { search } from './search/index.ts';

/** A group's name, and what measures it. A new group is a line here and a folder beside the others. */
const groups: Record<string, (printer: Printer, options: { small: boolean }) => Promise<void>> = {
  main,
  harvest,
  publish,
  federation,
  duplicates,
  search,
  related,
};

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
    `usage: npm run bench [-- GROUP …] [--json] [--small]\n\nGroups: ${Object.keys(groups).join(', ')}; all of them, if none is named.\n`,
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
    await groups[name]?.(printer, { small: values.small });
  } catch (error) {
    process.stderr.write(`bench: ${name} could not be measured: ${(error as Error).stack}\n`);
    process.exitCode = 1;
  }
}

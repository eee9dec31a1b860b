/**
 * `npm run bench [-- GROUP …]`: measures, and prints what it got beside its target and its rival.
 * Exit code 0 also where a figure falls short; 1 where something could not be measured.
 */
import { fileURLToPath } from 'node:url';
import { refuseArguments, typedArguments } from '../arguments.ts';
import { jsonPrinter, tablePrinter } from './figures.ts';
import { groups } from './groups.ts';
import { measureInTurn } from './in-turn.ts';
import { measureGroup } from './measuring.ts';

const NAME_WIDTH = 12;
const ABOUT_WIDTH = 70;
const MS_A_MINUTE = 60_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const { values, positionals, tokens } = typedArguments(usage(), {
  options: {
    json: { type: 'boolean', default: false },
    small: { type: 'boolean', default: false },
    size: { type: 'string' },
    write: { type: 'string' },
    shared: { type: 'string' },
    list: { type: 'boolean', default: false },
  },
  allowPositionals: true,
  tokens: true,
});
if (values.list) {
  process.stdout.write(`${list().join('\n')}\n`);
  process.exit(0);
}
const wanted = positionals.length > 0 ? positionals : Object.keys(groups);
const unknown = wanted.filter((name) => groups[name] === undefined);
if (unknown.length > 0) refuseArguments(`there is no group ${unknown.join(', ')}`, usage());
const sizes = values.size?.split(',').map(Number);
if (sizes?.some((size) => !Number.isSafeInteger(size) || size < 1))
  refuseArguments(`--size takes numbers of records, as 10000,100000, not ${values.size}`, usage());

const [only] = wanted;
if (wanted.length === 1 && only !== undefined) await one(only);
else await all();

async function one(name: string): Promise<void> {
  // What runs beside this process and lies on the disk for it goes with it (processes.ts).
  for (const signal of SIGNALS) process.on(signal, () => process.exit(1));
  const isWhole = await measureGroup({
    groups,
    name,
    options: {
      small: values.small,
      ...(sizes !== undefined && { sizes }),
      ...(values.shared !== undefined && { shared: values.shared }),
    },
    shown: values.json ? jsonPrinter(process.stdout) : tablePrinter(process.stdout),
    page: values.write,
  });
  // What broke off may have left something that would keep this process.
  if (!isWhole) process.exit(1);
}

async function all(): Promise<void> {
  const interrupted = new AbortController();
  // Whoever does not want to wait for the group's end says so twice.
  for (const signal of SIGNALS)
    process.on(signal, () => (interrupted.signal.aborted ? process.exit(1) : interrupted.abort()));
  const begun = performance.now();
  const flags = tokens.flatMap((token) =>
    token.kind === 'option' ? [token.rawName, ...(token.value === undefined ? [] : [token.value])] : [],
  );
  const broken = await measureInTurn(wanted, [fileURLToPath(import.meta.url), ...flags], interrupted.signal);
  const minutes = (performance.now() - begun) / MS_A_MINUTE;
  process.stderr.write(`bench: ${wanted.length} groups took ${minutes.toFixed(0)} min\n`);
  if (broken.length === 0) return;
  process.stderr.write(`bench: these could not be measured to their end: ${broken.join(', ')}\n`);
  process.exitCode = 1;
}

function list(): string[] {
  return Object.entries(groups).map(
    ([name, { about, minutes }]) =>
      `  ${name.padEnd(NAME_WIDTH)}${about.padEnd(ABOUT_WIDTH)}about ${minutes} min`,
  );
}

function usage(): string {
  const sum = Object.values(groups).reduce((minutes, group) => minutes + group.minutes, 0);
  return [
    'usage: npm run bench [-- GROUP …] [OPTION …]',
    '',
    `Groups; all of them (about ${sum} min on a machine with two cores), if none is named:`,
    ...list(),
    '',
    'Options:',
    '  --list         the groups',
    '  --json         a line of JSON a figure',
    '  --small        a tenth of the records, where a group takes a million of them',
    '  --size N,N     for scale: with so many records',
    '  --write FILE   writes the results to a page, in place of what it has of the same groups',
    '  --shared DIR   what several groups begin with is made there once (of itself, where there are several)',
    '',
  ].join('\n');
}

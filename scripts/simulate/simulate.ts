/**
 * `npm run simulate [-- --check] [--seed N] [--nodes N] [--dry-run]`: what a network of 100, 1,000 and 6,000 nodes costs and how
 * fast it is, by a model of the protocols. See docs/scale.md.
 */
import { setImmediate } from 'node:timers/promises';
import { refuseArguments, typedArguments } from '../arguments.ts';
import { cases } from './cases.ts';
import { check } from './check.ts';
import { writeCheck, writeResults } from './pages.ts';
import { asText, figures, recoveries, traffics } from './report.ts';
import { simulate, type Result } from './run.ts';
import { measureWireSizes } from './wire-sizes.ts';

const USAGE = `usage: npm run simulate [-- OPTION …]

Simulates networks of 100, 1,000 and 6,000 nodes, prints what they cost and how fast they are, and writes it into
docs/scale.md and docs/scale/. Takes some minutes.

  --check      20 real nodes beside the model of them, in place of that; takes two minutes
  --nodes N    only the networks of so many nodes; nothing is written
  --seed N     another seed (1)
  --dry-run    prints, and writes nothing
  --help
`;

const { values } = typedArguments(USAGE, {
  options: {
    check: { type: 'boolean', default: false },
    nodes: { type: 'string' },
    seed: { type: 'string', default: '1' },
    'dry-run': { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const wanted = cases(seed).filter(
  ({ nodes }) => values.nodes === undefined || nodes === Number(values.nodes),
);
if (!Number.isSafeInteger(seed)) refuseArguments(`--seed takes a number, as 1, not ${values.seed}`, USAGE);
if (wanted.length === 0) refuseArguments(`there is no network of ${values.nodes} nodes`, USAGE);

const wire = await measureWireSizes();
if (values.check) {
  const { table, missing } = await check(seed, wire);
  process.stdout.write(asText(table));
  if (!values['dry-run']) await writeCheck(table);
  if (missing > 0) process.stderr.write(`simulate: ${missing} deliveries of the real nodes did not come\n`);
  process.exitCode = missing > 0 ? 1 : 0;
} else {
  const results: Result[] = [];
  for (const one of wanted) {
    // Whoever wants to stop it is heard between two networks.
    await setImmediate();
    const result = simulate(one, wire);
    results.push(result);
    const { announcements, heartbeats, seconds } = result;
    const a = Math.round(announcements).toLocaleString('en');
    const b = Math.round(heartbeats).toLocaleString('en');
    process.stderr.write(
      `${one.name}: ${a} announcements and ${b} heartbeats a day; ${seconds.toFixed(0)} s\n`,
    );
  }
  for (const table of [figures(results), traffics(results), recoveries(results)])
    process.stdout.write(`\n${asText(table)}`);
  if (values.nodes === undefined && !values['dry-run']) await writeResults(results, seed);
}

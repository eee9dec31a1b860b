import { barPlot, linePlot } from './plots.ts';
import type { Result } from './run.ts';
import { kinds } from './traffic.ts';

/** A table of words: as columns for a terminal, as Markdown for the docs. */
export type Table = readonly (readonly string[])[];

/** Propagation and traffic, a row a network. */
export function figures(results: readonly Result[]): Table {
  const rows = results.map((result) => {
    const { traffic, delays } = result;
    const filters = result.filterBytes;
    return [
      result.case.name,
      seconds(delays.percentile(0.5)),
      seconds(delays.percentile(0.99)),
      bytes(traffic.sent().mean + filters),
      bytes(traffic.received().mean + filters),
      count(traffic.messages().mean),
      String(result.missing),
    ];
  });
  return [['network', 'p50', 'p99', 'sent', 'received', 'messages', 'missing'], ...rows];
}

/** What the bytes are of: received by a node in a day. */
export function traffics(results: readonly Result[]): Table {
  return [
    ['received a node and day', ...kinds, 'holdings filters'],
    ...results.map(({ case: { name }, traffic, filterBytes }) => [
      name,
      ...kinds.map((kind) => bytes(traffic.received(kind).mean)),
      bytes(filterBytes),
    ]),
  ];
}

export function recoveries(results: readonly Result[]): Table {
  return [
    [
      'a third lost',
      'gossip before',
      'at worst',
      'as before after',
      'returned whole, p50',
      'p99',
      'received for it',
    ],
    ...results.flatMap(({ case: { name }, recovery }) =>
      recovery === undefined
        ? []
        : [
            [
              name,
              seconds(recovery.before),
              seconds(recovery.atWorst),
              recovery.gossip === 0 ? 'it was' : seconds(recovery.gossip),
              seconds(recovery.returned.p50),
              seconds(recovery.returned.p99),
              bytes(recovery.bytes),
            ],
          ],
    ),
  ];
}

/** How fast a change arrives, a line a network. */
export function delayPlot(results: readonly Result[]): string {
  const text = results
    .map(
      ({ case: { name }, delays }) =>
        `${name}: half within ${seconds(delays.percentile(0.5))}, 99 of 100 within ${seconds(delays.percentile(0.99))}.`,
    )
    .join(' ');
  return linePlot({
    title: 'From a change to the disks of those who follow',
    description: `The share of followers that have a change, over the seconds since it was made. ${text}`,
    x: {
      label: 'seconds since the change',
      from: 0.03,
      to: 300,
      isLog: true,
      marks: [0.1, 1, 10, 100].map((at) => [at, String(at)] as const),
    },
    y: {
      label: 'have it',
      from: 0,
      to: 1,
      marks: [0, 0.25, 0.5, 0.75, 1].map((at) => [at, `${at * 100} %`] as const),
    },
    lines: results.map(({ case: { name }, delays }) => ({ name, points: [...thinned(delays.shares())] })),
  });
}

/** What a node receives in a day, a bar a network. */
export function trafficPlot(results: readonly Result[]): string {
  const bars = results.map(({ case: { name }, traffic, filterBytes }) => {
    const values = [...kinds.map((kind) => traffic.received(kind).mean), filterBytes];
    return { name, values, sum: bytes(values.reduce((sum, value) => sum + value, 0)) };
  });
  return barPlot({
    title: 'Received by a node in a day',
    description: `The bytes that a node receives in a day, by kind. ${bars.map(({ name, sum }) => `${name}: ${sum}.`).join(' ')}`,
    parts: [...kinds, 'holdings filters'],
    bars,
  });
}

export function asText(table: Table): string {
  const widths = (table[0] ?? []).map((_, i) => Math.max(...table.map((row) => row[i]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  return table.map((row) => `${line(row)}\n`).join('');
}

export function asMarkdown([head = [], ...rows]: Table): string {
  const line = (row: readonly string[]): string => `| ${row.join(' | ')} |\n`;
  return line(head) + line(head.map((_, i) => (i === 0 ? '---' : '--:'))) + rows.map(line).join('');
}

export function seconds(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (value < 1) return `${Math.round(value * 1_000)} ms`;
  return value < 10 ? `${value.toFixed(1)} s` : `${Math.round(value)} s`;
}

export function bytes(value: number): string {
  for (const [unit, name] of [
    [1e9, 'GB'],
    [1e6, 'MB'],
    [1e3, 'kB'],
  ] as const)
    if (value >= unit)
      return `${value >= 100 * unit ? Math.round(value / unit) : (value / unit).toFixed(1)} ${name}`;
  return `${Math.round(value)} B`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

/** So many points as can be seen. */
function* thinned(points: Iterable<[number, number]>): Generator<[number, number]> {
  let last = -1;
  for (const [x, y] of points) {
    if (y - last < 0.004 && y < 1) continue;
    last = y;
    yield [x, y];
  }
}

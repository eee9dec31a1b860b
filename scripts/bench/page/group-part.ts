import type { Figure } from '../figures.ts';
import { met, number, sentence, table, text } from './cells.ts';
import type { Circumstances } from './circumstances.ts';
import type { LeftOut, Results, Section } from './results.ts';
import { stepsTable, type StepsRow, type StepsTable } from './steps-table.ts';

export interface Measurement {
  results: Results;
  circumstances: Circumstances;
  minutes: number;
  /** Whether the group came to its end. */
  isWhole: boolean;
}

/** What a part tells of its group in a line, for the overview. */
export interface PartSummary {
  date: string;
  time: string;
  commit: string;
  isWhole: boolean;
  targets: number;
  met: number;
  /** Which are not, by name; empty where all are. */
  missed: string;
}

const BROKEN = '**It broke off with an error: what is told here is what was measured before.**';

/** The part of the page that is of one group: Markdown, from its heading on. */
export function groupPart({ results, circumstances, minutes, isWhole }: Measurement): string {
  const { name, about, sections } = results;
  const figures = sections.flatMap(({ rows }) => rows.filter(isFigure));
  return [
    `## ${name}`,
    sentence(about),
    told(circumstances, minutes),
    ...(isWhole ? [] : [BROKEN]),
    ...targets(figures),
    ...sections.flatMap(tableOf),
  ].join('\n\n');
}

/** Reads what `groupPart` wrote; undefined where that is not what it is. */
export function summaryOf(part: string): PartSummary | undefined {
  const [, date = '', time = '', commit = ''] =
    /^Measured on (\S+) in (.+?), at commit (.+?)\. Machine: /m.exec(part) ?? [];
  if (date === '') return undefined;
  const [, all = '0', some = '0', missed = ''] =
    /^Of (\d+) targets (\d+) are met\.(?: Not met: (.+)\.)?$/m.exec(part) ?? [];
  const isWhole = !part.includes(BROKEN);
  return { date, time, commit, isWhole, targets: Number(all), met: Number(some), missed };
}

function told(circumstances: Circumstances, minutes: number): string {
  const { date, commit, versions, processor, memory, system, syncMs } = circumstances;
  const machine = [processor, memory, system, `${number(syncMs)} ms to have 4 kB on the disk`];
  const time = minutes < 1 ? 'less than a minute' : `${Math.round(minutes)} min`;
  return [
    `Measured on ${date} in ${time}, at commit ${text(commit)}.`,
    `Machine: ${text(machine.join(', '))}.`,
    `With ${text(versions.join(', '))}.`,
  ].join(' ');
}

function targets(figures: readonly Figure[]): string[] {
  const aimed = figures.filter(({ holds }) => holds !== undefined);
  if (aimed.length === 0) return [];
  const missed = aimed.filter(({ holds }) => holds === false).map(({ figure }) => figure.trim());
  const told = `Of ${aimed.length} targets ${aimed.length - missed.length} are met.`;
  return [missed.length === 0 ? told : `${told} Not met: ${text(missed.join('; '))}.`];
}

function tableOf({ over, rows }: Section): string[] {
  if (rows.length === 0) return [];
  const steps = stepsTable(rows);
  const lines = steps === undefined ? tableOfFigures(rows) : tableOfSteps(steps);
  return over === '' ? [lines] : [`With ${text(over)}:`, lines];
}

function tableOfFigures(rows: readonly (Figure | LeftOut)[]): string {
  return table(
    ['figure', 'value', 'unit', 'target', 'met', 'ratio', 'beside'],
    ['---', '---:', '---', '---', '---', '---:'],
    rows.map((row) => (isFigure(row) ? cells(row) : cellsOfLeftOut(row))),
  );
}

function cells({ figure, value, unit, target, holds, rival, ratio }: Figure): string[] {
  return [
    text(figure.trim()),
    number(value),
    text(unit),
    target === undefined ? '' : aim(target),
    met(holds),
    ratio === undefined ? '' : `${number(ratio)} ×`,
    rival === undefined ? '' : text(rival),
  ];
}

function cellsOfLeftOut({ figure, leftOut }: LeftOut): string[] {
  return [text(figure), 'left out', '', '', '', '', text(leftOut)];
}

/** Targets are not told one by one: there are those that every size has to meet, as that no record is lost. */
function tableOfSteps({ sizes, rows }: StepsTable): string {
  const grown = sizes.length < 2 ? [] : [`${sizes.at(-2)} to ${sizes.at(-1)}`];
  const right = [...sizes, ...grown].map(() => '---:');
  const cellsOfSteps = ({ of, unit, values, growth, holds }: StepsRow): string[] => [
    text(of),
    text(unit),
    ...values.map((value) => (value === undefined ? '' : number(value.value))),
    ...grown.map(() => (growth === undefined ? '' : `${number(growth)} ×`)),
    met(holds),
  ];
  return table(
    ['figure', 'unit', ...sizes, ...grown, 'target met'],
    ['---', '---', ...right],
    rows.map(cellsOfSteps),
  );
}

function isFigure(row: Figure | LeftOut): row is Figure {
  return 'value' in row;
}

/** `>= 3000` as people write it. */
function aim(target: string): string {
  const [relation = '', bound = ''] = target.split(' ');
  return `${relation === '>=' ? '≥' : '≤'} ${number(Number(bound))}`;
}

import type { Figure } from '../figures.ts';
import type { Circumstances } from './circumstances.ts';
import type { LeftOut, Results, Section } from './results.ts';

export interface Measurement {
  results: Results;
  circumstances: Circumstances;
  minutes: number;
  /** Whether the group came to its end. */
  isWhole: boolean;
}

/** The part of the page that is of one group: Markdown, from its heading on. */
export function groupPart({ results, circumstances, minutes, isWhole }: Measurement): string {
  const { name, about, sections } = results;
  const figures = sections.flatMap(({ rows }) => rows.filter(isFigure));
  return [
    `## ${name}`,
    sentence(about),
    told(circumstances, minutes),
    ...(isWhole ? [] : ['**It broke off with an error: what is told here is what was measured before.**']),
    ...targets(figures),
    ...sections.flatMap(table),
  ].join('\n\n');
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
  const missed = aimed.filter(({ holds }) => holds === false).map(({ figure }) => figure);
  const met = `Of ${aimed.length} targets ${aimed.length - missed.length} are met.`;
  return [missed.length === 0 ? met : `${met} Not met: ${text(missed.join('; '))}.`];
}

function table({ over, rows }: Section): string[] {
  if (rows.length === 0) return [];
  const lines = [
    '| figure | value | unit | target | met | ratio | beside |',
    '| --- | ---: | --- | --- | --- | ---: | --- |',
    ...rows.map((row) => `| ${(isFigure(row) ? cells(row) : cellsOfLeftOut(row)).join(' | ')} |`),
  ].join('\n');
  return over === '' ? [lines] : [`With ${text(over)}:`, lines];
}

function cells({ figure, value, unit, target, holds, rival, ratio }: Figure): string[] {
  return [
    text(figure.trim()),
    number(value),
    text(unit),
    target === undefined ? '' : aim(target),
    holds === undefined ? '' : holds ? 'yes' : '**no**',
    ratio === undefined ? '' : `${number(ratio)} ×`,
    rival === undefined ? '' : text(rival),
  ];
}

function cellsOfLeftOut({ figure, leftOut }: LeftOut): string[] {
  return [text(figure), 'left out', '', '', '', '', text(leftOut)];
}

function isFigure(row: Figure | LeftOut): row is Figure {
  return 'value' in row;
}

/** `>= 3000` as people write it. */
function aim(target: string): string {
  const [relation = '', bound = ''] = target.split(' ');
  return `${relation === '>=' ? '≥' : '≤'} ${number(Number(bound))}`;
}

function number(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en') : 'not known';
}

function sentence(about: string): string {
  return `${text(about.slice(0, 1).toUpperCase() + about.slice(1))}.`;
}

/** So that nothing in it is taken for Markdown, or ends the row of a table (GitHub Flavored Markdown, section 4.10). */
function text(plain: string): string {
  return plain
    .replaceAll(/\s+/g, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll(/[\\`*_[\]|~]/g, '\\$&');
}

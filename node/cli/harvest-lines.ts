import { ChangingLine } from './changing-line.ts';
import { count, counted, oneLine } from './print.ts';
import type { Progress, SourceView, Summary } from './source-view.ts';
import type { Surroundings } from './surroundings.ts';

const LINE_EVERY_MS = 5_000;

/**
 * The progress of a harvest on standard error: on a terminal one line that changes, elsewhere a line when something
 * was read, at most one in five seconds.
 */
export class HarvestLines {
  readonly #context: Surroundings;
  readonly #line: ChangingLine;
  #shown = '';
  #lastAt = -Infinity;

  constructor(context: Surroundings) {
    this.#context = context;
    this.#line = new ChangingLine(context);
  }

  show(sources: readonly SourceView[]): void {
    const { stderr, clock } = this.#context;
    const line = sources
      .flatMap((source) => (source.progress === undefined ? [] : [progressText(source, source.progress)]))
      .join(' | ');
    if (line === '' || line === this.#shown) return;
    if (stderr.isTTY) {
      this.#line.show(line);
    } else if (clock.now() - this.#lastAt >= LINE_EVERY_MS) {
      stderr.write(`${line}\n`);
      this.#lastAt = clock.now();
    } else return;
    this.#shown = line;
  }

  /** Leaves the line free for what comes next. */
  end(): void {
    this.#line.end();
  }
}

export function progressText(
  { name, type }: Pick<SourceView, 'name' | 'type'>,
  { pages, records, total, share, leftMs, ratePerSecond, issues }: Progress,
): string {
  const of = total === undefined ? '' : ` of ${count(total)}`;
  const parts = [
    ...(type === 'files' ? [] : [counted(pages, 'page')]),
    `${count(records)}${of} ${records === 1 && total === undefined ? 'record' : 'records'}`,
    `${count(Math.round(ratePerSecond))}/s`,
    counted(issues, 'issue'),
    ...(share === undefined ? [] : [`${Math.floor(share * 100)} %`]),
    ...(leftMs === undefined ? [] : [`${durationText(leftMs)} left`]),
  ];
  return `${oneLine(name)}: ${parts.join(', ')}`;
}

/** What was read, and what became of each record: the numbers add up, with those that vanished beside. */
export function summaryText({ name, type }: Pick<SourceView, 'name' | 'type'>, run: Summary): string {
  const { outcome, records, pages, created, updated, deleted, vanished, unchanged, issues } = run;
  const time = durationText(Date.parse(run.endedAt) - Date.parse(run.startedAt));
  const read =
    type === 'files'
      ? `${counted(records, 'record')} in ${time}`
      : `${counted(records, 'record')} in ${counted(pages, 'page')} and ${time}`;
  const gone = vanished === 0 ? '' : ` (${count(vanished)} of them no longer in the source)`;
  const usual = `${count(created)} new, ${count(updated)} changed, ${count(deleted)} deleted${gone}, ${count(unchanged)} as before`;
  const unusual = others.flatMap(([kind, what]) => (run[kind] === 0 ? [] : [`${count(run[kind])} ${what}`]));
  const changes = [usual, ...unusual].join(', ');
  return `${oneLine(name)}: ${outcome}; ${read}: ${changes}; ${counted(issues, 'issue')}`;
}

const others = [
  ['refused', 'unusable'],
  ['repeated', 'repeated'],
  ['elsewhere', 'left to another source'],
  ['withdrawn', 'still withdrawn'],
  ['absent', 'deleted there and not here'],
] as const satisfies readonly (readonly [keyof Summary, string])[];

/** `4 s`, `12 min`, `1 h 5 min`. */
function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

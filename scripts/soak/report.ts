import type { Fault } from './fault-plan.ts';
import type { Measurements } from './measurements.ts';
import type { Notifications } from './notifications.ts';
import type { Queries } from './queries.ts';
import type { SoakNode } from './soak-node.ts';

/** What a heap may grow by in half the time before that is called a leak. */
const HEAP_GROWTH = 1.25;
const HEAP_ROOM_MB = 15;
const HANDLES_ROOM = 50;
/** In a shorter run caches still fill. */
const LONG_ENOUGH_MINUTES = 5;
const MOST_TOLD = 20;
const MOST_TOLD_OF_A_KIND = 5;

/** What is known of one institution and its node in the end. */
export interface Seen {
  node: SoakNode;
  queries: Queries;
  notifications: Notifications;
  /** How many records it holds of its own. */
  records: number;
  /** Notifications that it acknowledged and has not. */
  lost: readonly string[];
}

export interface Outcome {
  minutes: number;
  seen: readonly Seen[];
  /** What came about of the plan. */
  faults: readonly Fault[];
  /** Of the first node. */
  measured: Measurements;
  /** Records that some node does not show as they are. */
  differences: readonly string[];
}

/** Tells what came of a soak. @returns whether all is well */
export function report(outcome: Outcome, say: (line: string) => void): boolean {
  const { seen, faults, differences } = outcome;
  const of = (kind: Fault['kind']): number => faults.filter((fault) => fault.kind === kind).length;
  say(
    `power cuts: ${of('power')}; times that a disk was full: ${of('disk')}; jumps of a clock: ${of('clock')}`,
  );
  for (const { node, records, queries, notifications } of seen) {
    say(
      `${node.name}: ${records} records of its own, ${queries.answered} questions answered, ` +
        `${notifications.acknowledged} notifications acknowledged, ${node.starts} starts`,
    );
  }
  const wrong = [...firstOf(differences, MOST_TOLD), ...seen.flatMap(wrongOf), ...grown(outcome, say)];
  for (const one of wrong) say(`WRONG  ${one}`);
  say(
    wrong.length === 0
      ? 'nothing was lost, nothing grew, and every question was answered but by nodes that were down'
      : 'the soak failed',
  );
  return wrong.length === 0;
}

function wrongOf({ node, queries, lost }: Seen): string[] {
  const { name, falls } = node;
  const some = (all: readonly string[], what: string): string[] =>
    firstOf(
      all.map((one) => `${name} ${what} ${one}`),
      MOST_TOLD_OF_A_KIND,
    );
  return [
    ...some(queries.unanswered, 'did not answer'),
    ...some(queries.wrong, 'answered with an error:'),
    ...some(lost, 'acknowledged and has not'),
    ...some(falls, 'ended by itself:'),
  ];
}

function firstOf(all: readonly string[], most: number): string[] {
  return all.length <= most ? [...all] : [...all.slice(0, most), `… ${all.length} of these in all`];
}

function grown({ measured, minutes }: Outcome, say: (line: string) => void): string[] {
  const quarters = measured.quarters();
  if (quarters === undefined) return [];
  const { early, late, minutes: life } = quarters;
  say(
    `heap of the first node, of ${life.toFixed(0)} min since its last start: ` +
      `${early.heapMb.toFixed(0)} MB in the second quarter, ${late.heapMb.toFixed(0)} MB in the last`,
  );
  say(`its handles: ${early.handles}, ${late.handles}; its open files: ${early.files}, ${late.files}`);
  if (minutes < LONG_ENOUGH_MINUTES) return [];
  return [
    ...(late.heapMb > early.heapMb * HEAP_GROWTH + HEAP_ROOM_MB ? ['the heap grows'] : []),
    ...(late.handles > early.handles + HANDLES_ROOM ? ['handles grow'] : []),
    ...(late.files > early.files + HANDLES_ROOM ? ['open files grow'] : []),
  ];
}

import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { text } from 'node:stream/consumers';
import { figure, type Printer } from '../figures.ts';
import { withDirectory } from '../processes.ts';
import { goAccess } from './goaccess.ts';
import { generatedLog, nothingExpected, type ExpectedCounts, type LogPlan } from './log-generator.ts';
import type { LogFigures } from './log-worker.ts';

const LINES = 2_000_000;
const ITEMS = 10_000;
const DAYS = 10;
const SEED = 5_101;
const FROM = Date.UTC(2026, 9, 26);
const DAY_MS = 86_400_000;

/** A log of two million lines, from the file to counts by month, beside GoAccess on the same file. */
export async function logLines(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const file = join(directory, 'access.log');
    const plan: LogPlan = { lines: LINES, items: ITEMS, days: DAYS, from: FROM, seed: SEED };
    const expected = await written(file, plan);
    const onOneCore = coreBinding();
    const own = await read(join(directory, 'node'), file, onOneCore);
    const rival = await goAccess(file, onOneCore);
    const rate = own.lines / own.seconds;
    const beside =
      rival === undefined
        ? undefined
        : { rival: `GoAccess ${rival.version}`, ratio: rate / (expected.lines / rival.seconds) };
    printer.print(
      figure(
        'usage',
        'log lines, from file to counts, one core',
        rate,
        'lines/s',
        { atLeast: 150_000 },
        beside,
      ),
    );
    if (beside !== undefined)
      printer.print(
        figure('usage', '  of which GoAccess on the same file', beside.ratio, 'times', { atLeast: 0.5 }),
      );
    else printer.leaveOut('GoAccess on the same file', 'it is not installed (Debian: goaccess)');
    const wrong = differences(expected, own);
    printer.print(figure('usage', 'log lines, counts that are wrong', wrong.length, 'counts', { atMost: 0 }));
    for (const one of wrong.slice(0, 5)) process.stderr.write(`bench: ${one}\n`);
    printer.print(figure('usage', 'log lines, memory at its most', own.memory, 'MB', { atMost: 300 }));
  });
}

async function written(file: string, plan: LogPlan): Promise<ExpectedCounts> {
  const expected = nothingExpected(plan.items);
  const out = createWriteStream(file);
  for (const piece of generatedLog(plan, expected)) if (!out.write(piece)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  return expected;
}

/** What runs a program on one core, where that can be said (Linux). */
function coreBinding(): string[] {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return ['taskset', '-c', '0'];
  } catch {
    return [];
  }
}

async function read(directory: string, file: string, onOneCore: readonly string[]): Promise<LogFigures> {
  const ending = import.meta.url.endsWith('.ts') ? '.ts' : '.js';
  const worker = fileURLToPath(new URL(`log-worker${ending}`, import.meta.url));
  const node = [process.execPath, ...process.execArgv, worker];
  const [program, ...args] = [
    ...onOneCore,
    ...node,
    directory,
    file,
    String(ITEMS),
    String(FROM + DAYS * DAY_MS),
  ];
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const answer = await text(child.stdout);
  return JSON.parse(answer) as LogFigures;
}

/** Each count that is another than it has to be. */
function differences(expected: ExpectedCounts, own: LogFigures): string[] {
  const counted = new Map(own.items);
  const wrong: string[] = [];
  const compare = (what: string, should: number, is: number): void => {
    if (should !== is) wrong.push(`${what} is ${is}, and should be ${should}`);
  };
  for (const [item, counts] of expected.items.entries())
    for (const [i, should] of counts.entries())
      compare(`count ${i} of item ${item}`, should, counted.get(item)?.[i] ?? 0);
  compare('lines', expected.lines, own.lines);
  compare('machines, investigations', expected.machine.investigations, own.machine.investigations);
  compare('machines, requests', expected.machine.requests, own.machine.requests);
  compare('lines refused as cut', expected.bad, own.refused['LOG_LINE_CUT'] ?? 0);
  return wrong;
}

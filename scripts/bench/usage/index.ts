import type { Printer } from '../figures.ts';
import { counterReport } from './counter-report.ts';
import { logLines } from './log-lines.ts';
import { regional } from './regional/index.ts';
import { tracker } from './tracker.ts';

/** The use of items: logs into counts, hits at the tracker, and the totals of a region. */
export async function usage(printer: Printer, { small }: { small: boolean }): Promise<void> {
  printer.heading('logs, hits and reports of one node');
  await logLines(printer);
  await tracker(printer);
  await regional(printer, { small });
  await counterReport(printer);
}

import { type Section, WriteQueue } from '../../store/index.ts';
import { issueKind } from './kinds/index.ts';
import { IssueLedger } from './issue-ledger.ts';
import type { Problem } from './issue.ts';
import { countKinds } from './issue-store.ts';

/** What is wrong where use is counted: files, and numbers of what was refused by code. Nothing of a line or a person. */
export interface UsageReport {
  troubles: readonly { code: string; files: readonly string[] }[];
  refused: Readonly<Record<string, number>>;
  /** Of what time the numbers are. */
  span?: string;
}

/** Before the name of a log, in the place of a source's. */
const PREFIX = 'usage: ';
/** Names in a message. */
const MOST_NAMED = 5;

const NOTHING: UsageReport = { troubles: [], refused: {} };

/** The issues of logs from which use is counted. They are listed and counted with those of the harvest. */
export class UsageIssues {
  readonly #section: Section;
  readonly #queue = new WriteQueue();
  /** What was told last of each, so that nothing is written again and again. */
  readonly #told = new Map<string, string>();

  constructor({ section }: { section: Section }) {
    this.#section = section;
  }

  /** There are no other logs any longer: their issues are closed. */
  async keepOnly(logs: readonly string[]): Promise<void> {
    const sources = new Set((await countKinds(this.#section)).map(({ source }) => source));
    for (const source of sources) {
      const log = source.slice(PREFIX.length);
      if (source.startsWith(PREFIX) && !logs.includes(log)) await this.replace(log, NOTHING, 0);
    }
  }

  /** This is wrong with a log now, and nothing else. @param now milliseconds since 1970 */
  async replace(log: string, report: UsageReport, now: number): Promise<void> {
    const text = JSON.stringify(report);
    if (this.#told.get(log) === text) return;
    const { span = 'in the last seven days' } = report;
    const problems = [
      ...report.troubles.map(({ code, files }) => problemOf(code, filesText(files))),
      ...Object.entries(report.refused).map(([code, count]) => problemOf(code, `${count} ${span}.`)),
    ];
    await this.#queue.run(async () => {
      const ledger = await IssueLedger.open(this.#section, PREFIX + log, 'u');
      await ledger.replace([{ subject: 's', problems }], now);
    });
    this.#told.set(log, text);
  }
}

function problemOf(code: string, what: string): Problem {
  const {
    severity = 'warning',
    title = code,
    remedy = 'Look into the log of the node.',
  } = issueKind(code) ?? {};
  return { code, severity, message: `${title}: ${what}`, remedy };
}

function filesText(files: readonly string[]): string {
  const more = files.length - MOST_NAMED;
  return `${files.slice(0, MOST_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

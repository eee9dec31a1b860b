import type { MigrationProgress } from '../store/index.ts';
import { BegunJob, type JobOptions } from '../telemetry/index.ts';

/** Rows between two words on how far it is. */
const WORD_AFTER = 100_000;

/** Tells the operator that data are brought to another format, also where only warnings are shown: the start waits for it. */
export function tellMigration(
  parts: Pick<JobOptions, 'log' | 'clock'>,
): (progress: MigrationProgress) => void {
  let job: BegunJob | undefined;
  let told = 0;
  return ({ from, to, about, done, isFinished }) => {
    const begun = (job ??= begin({ from, to }, parts));
    if (isFinished) {
      begun.tell({ rows: done });
      begun.log.warn({ rows: done }, `the data have format ${to} now`);
      begun.end();
      job = undefined;
    } else if (done === 0) begun.log.warn(`the data are brought from format ${from} to ${to}: ${about}`);
    else if (done - told >= WORD_AFTER)
      begun.log.warn({ rows: done }, 'the data are still being brought to the next format');
    else return;
    told = done;
  };
}

function begin(formats: { from: number; to: number }, parts: Pick<JobOptions, 'log' | 'clock'>): BegunJob {
  return new BegunJob({
    kind: 'migration',
    of: formats,
    words: {
      done: 'the data were brought to another format',
      failed: 'the data were not brought to another format',
    },
    ...parts,
  });
}

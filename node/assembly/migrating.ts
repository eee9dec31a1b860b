import type { Logger } from 'pino';
import type { MigrationProgress } from '../store/index.ts';

/** Rows between two words on how far it is. */
const WORD_AFTER = 100_000;

/** Tells the operator that data are brought to another format, also where only warnings are shown: the start waits for it. */
export function tellMigration(log: Logger): (progress: MigrationProgress) => void {
  let told = 0;
  return ({ from, to, about, done, isFinished }) => {
    if (isFinished) log.warn({ from, to, rows: done }, `the data have format ${to} now`);
    else if (done === 0)
      log.warn({ from, to }, `the data are brought from format ${from} to ${to}: ${about}`);
    else if (done - told >= WORD_AFTER)
      log.warn({ from, to, rows: done }, 'the data are still being brought to the next format');
    else return;
    told = done;
  };
}

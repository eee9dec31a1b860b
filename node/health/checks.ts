import type { DiskRoom } from '../disk-room.ts';
import type { Clock } from '../clock.ts';
import type { Check, Finding } from './check.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A store that does not answer by then is busy, or its database is being looked for. */
const SLOW_MS = 2_000;
/** For so long a reader may need to take in what was new at its beginning. */
const LONG_BEHIND_MS = 30 * MINUTE_MS;
/** After a start, and where lines go down for a while. */
const LONG_ALONE_MS = 10 * MINUTE_MS;

/** Behind what is told to everybody. */
const LOG_SAYS_WHY = 'The log of the node says why.';

type Now = Pick<Clock, 'now'>;

/** Whether the store can be read: a node that cannot read it cannot serve. What is only slow, or tried again, is a warning. */
export function storeCheck({ read, clock }: { read: () => Promise<unknown>; clock: Clock }): Check {
  let reading: Promise<Finding> | undefined;
  const attempt = async (): Promise<Finding> => {
    const begun = performance.now();
    try {
      await read();
      return { status: 'pass', value: Math.round(performance.now() - begun), unit: 'milliseconds' };
    } catch (error) {
      const output = `The store cannot be read. ${LOG_SAYS_WHY}`;
      return { status: 'fail', output, why: wordsOf(error as Error) };
    } finally {
      reading = undefined;
    }
  };
  return {
    name: 'store:responseTime',
    type: 'datastore',
    examine: async () => {
      const done = new AbortController();
      const slow = clock.sleep(SLOW_MS, done.signal).then((): Finding => ({
        status: 'warn',
        output: 'The store does not answer at once. A database may be away for a moment: it is tried again.',
      }));
      slow.catch(() => undefined);
      // One at a time, however many ask.
      const found = await Promise.race([(reading ??= attempt()), slow]);
      done.abort();
      return [found];
    },
  };
}

/** Whether something new is taken in: where the disk is full, the node serves what it has. */
export function writingCheck(
  failure: () => { message: string; remedy?: string | undefined } | undefined,
): Check {
  return {
    name: 'store:writing',
    type: 'datastore',
    examine: () => {
      const amiss = failure();
      if (amiss === undefined) return [{ status: 'pass' }];
      return [{ status: 'warn', output: `Nothing can be written. ${LOG_SAYS_WHY}`, why: wordsOf(amiss) }];
    },
  };
}

export function diskCheck(room: () => Promise<DiskRoom>): Check {
  return {
    name: 'disk:free',
    type: 'system',
    examine: async () => {
      const { freeBytes, isLittle } = await room();
      const observed = { value: freeBytes, unit: 'bytes' } as const;
      if (!isLittle) return [{ status: 'pass', ...observed }];
      const output =
        'The disk of the data folder is nearly full: free some space, or move the folder to a larger one.';
      return [{ status: 'warn', ...observed, output }];
    },
  };
}

/** Whether the readers of the log work, and keep up. */
export function readersCheck(
  readers: () => readonly { name: string; cursor: number; lag: number; failing: boolean }[],
  clock: Now,
): Check {
  // By reader: the end of the log when it was seen behind, which it has not come to yet.
  const behind = new Map<string, { target: number; since: number }>();
  return {
    name: 'readers:lag',
    type: 'component',
    examine: () =>
      readers().map(({ name, cursor, lag, failing }) => {
        const now = clock.now();
        if (cursor >= (behind.get(name)?.target ?? 0)) {
          if (lag > 0) behind.set(name, { target: cursor + lag, since: now });
          else behind.delete(name);
        }
        const observed = { of: name, value: lag, unit: 'changes' } as const;
        const since = behind.get(name)?.since ?? now;
        if (failing)
          return {
            status: 'warn',
            ...observed,
            output: `It fails, and tries again. ${LOG_SAYS_WHY}`,
          };
        if (now - since < LONG_BEHIND_MS) return { status: 'pass', ...observed };
        return {
          status: 'warn',
          ...observed,
          output: `It has been behind for ${minutes(now - since)} minutes: what it finds is older than what is held.`,
        };
      }),
  };
}

/** Whether sources are harvested. Failures of some hours are usual. */
export function sourcesCheck(
  sources: () => readonly {
    name: string;
    failingSince?: number;
    lastRun?: { error?: { message: string } };
  }[],
  clock: Now,
): Check {
  return {
    name: 'sources:harvest',
    type: 'component',
    examine: () =>
      sources().map(({ name, failingSince, lastRun }) => {
        if (failingSince === undefined || clock.now() - failingSince < DAY_MS)
          return { status: 'pass', of: name };
        const value = Math.round((clock.now() - failingSince) / 1_000);
        const why = lastRun?.error?.message ?? 'It was broken off.';
        const output = `No harvest has come to its end since ${new Date(failingSince).toISOString()}. ${LOG_SAYS_WHY}`;
        return { status: 'warn', of: name, value, unit: 'seconds', output, why };
      }),
  };
}

/** Whether the node is alone although it should not be. */
export function peersCheck(
  { connected, isMeantToHaveSome }: { connected: () => number; isMeantToHaveSome: () => boolean },
  clock: Now,
): Check {
  let aloneSince: number | undefined;
  return {
    name: 'peers:connected',
    type: 'component',
    examine: () => {
      const value = connected();
      const observed = { value, unit: 'nodes' } as const;
      aloneSince = value > 0 ? undefined : (aloneSince ?? clock.now());
      const isAlone = aloneSince !== undefined && clock.now() - aloneSince >= LONG_ALONE_MS;
      if (!isAlone || !isMeantToHaveSome()) return [{ status: 'pass', ...observed }];
      const output =
        'No other node is connected, although some are known: "ngr doctor" looks into ports and addresses.';
      return [{ status: 'warn', ...observed, output }];
    },
  };
}

/** Whether the clock of the machine is right, as far as other nodes' clocks tell. */
export function clockCheck(aheadSeconds: () => number | undefined): Check {
  return {
    name: 'clock:difference',
    type: 'system',
    examine: () => {
      const value = aheadSeconds();
      if (value === undefined) return [{ status: 'pass' }];
      const output = `The clock of this machine is ${Math.abs(value)} seconds ${value > 0 ? 'ahead of' : 'behind'} those of most other nodes: let a time service set it ("timedatectl set-ntp true").`;
      return [{ status: 'warn', value, unit: 'seconds', output }];
    },
  };
}

/** Whether the last backup is too old, where there was one before. */
export function backupCheck(
  backups: {
    readonly lastSuccess: number | undefined;
    state(): { last?: { endedAt: number; error?: { message: string } } };
  },
  { warnAfterHours, clock }: { warnAfterHours: number; clock: Now },
): Check {
  return {
    name: 'backup:age',
    type: 'component',
    examine: () => {
      const last = backups.lastSuccess;
      const error = backups.state().last?.error?.message;
      const age = last === undefined ? undefined : clock.now() - last;
      const observed =
        age === undefined ? {} : ({ value: Math.round(age / 1_000), unit: 'seconds' } as const);
      if (error !== undefined)
        return [
          { status: 'warn', ...observed, output: `The last backup failed. ${LOG_SAYS_WHY}`, why: error },
        ];
      if (age === undefined || age < warnAfterHours * HOUR_MS) return [{ status: 'pass', ...observed }];
      const output = `The last backup is ${Math.round(age / HOUR_MS)} hours old: look whether "ngr backup" is still run.`;
      return [{ status: 'warn', ...observed, output }];
    },
  };
}

function wordsOf({ message, remedy }: { message: string; remedy?: string | undefined }): string {
  return [message, remedy].filter(Boolean).join(' ');
}

function minutes(ms: number): number {
  return Math.round(ms / MINUTE_MS);
}

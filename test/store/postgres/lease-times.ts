import type { LeaseTimes } from '../../../node/store/postgres/index.ts';

/** A lease that is over soon, and not while a busy machine makes a process wait. */
export const leaseTimes: LeaseTimes = { leaseSeconds: 2, renewedEveryMs: 100, lookedEveryMs: 50 };

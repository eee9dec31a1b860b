import type { LeaseTimes } from '../../../node/store/postgres/index.ts';

/** A lease that is over soon. */
export const leaseTimes: LeaseTimes = { leaseSeconds: 1, renewedEveryMs: 100, lookedEveryMs: 50 };

/** `pass`: as it should be. `warn`: the node serves, and somebody should look. `fail`: it cannot serve. */
export type HealthStatus = 'pass' | 'warn' | 'fail';

/** What a check has found out about one thing. */
export interface Finding {
  status: HealthStatus;
  /** Which one, of several: a source, a reader. */
  of?: string;
  /** What is the matter, and what to do; where all is well, not needed. Everybody may read it. */
  output?: string;
  /** What an error says: for the log only, since it may name places of the inside, as addresses and folders. */
  why?: string;
  value?: number;
  unit?: 'seconds' | 'bytes' | 'changes' | 'nodes' | 'milliseconds';
}

export interface Check {
  /** What is looked at, and what of it: `disk:free`. */
  name: `${string}:${string}`;
  type: 'component' | 'datastore' | 'system';
  examine(): Promise<Finding[]> | Finding[];
}

const rank = { pass: 0, warn: 1, fail: 2 } as const satisfies Record<HealthStatus, number>;

/** How bad it is, as a number: 0, 1, 2. */
export function rankOf(status: HealthStatus): number {
  return rank[status];
}

export function worst(findings: readonly Pick<Finding, 'status'>[]): HealthStatus {
  return findings.reduce<HealthStatus>(
    (soFar, { status }) => (rank[status] > rank[soFar] ? status : soFar),
    'pass',
  );
}

import { Gauge, type Registry } from 'prom-client';
import type { Check, Health } from '../health/index.ts';
import type { Readiness, Writer } from '../http/index.ts';
import type { Following } from './following.ts';

/** Whether there is a process that writes. */
export function writerCheck(now: () => Writer | undefined): Check {
  const away =
    'No process writes: what is held is served, and nothing can be searched or changed. Start the writer ("ngr start").';
  return {
    name: 'writer:lease',
    type: 'component',
    examine: () => [now() === undefined ? { status: 'warn', output: away } : { status: 'pass' }],
  };
}

/** Whether what the writer changes is followed. */
export function followingCheck(following: Following): Check {
  return {
    name: 'writer:changes',
    type: 'component',
    examine: () =>
      following.failing().map(({ name, why }) => ({
        status: 'warn',
        of: name,
        output: 'It cannot be followed. The log of this process says why.',
        why,
      })),
  };
}

/** It can do its work as long as it reads: a balancer that took it out while the writer is away would take all of them out. */
export async function readinessToRead(health: Health): Promise<Readiness> {
  const { status, checks } = await health.report();
  return {
    ok: status !== 'fail',
    checks: checks.map(({ name, findings, ...check }) => ({
      name,
      ok: check.status !== 'fail',
      detail: findings.find(({ output }) => output !== undefined)?.output ?? 'works',
    })),
  };
}

/** Tells, at each scrape, how far the process follows the writer. */
export function measureFollowing(
  registry: Registry,
  { catalogue, writer }: { catalogue: { position: number }; writer: () => Writer | undefined },
): void {
  const registers = [registry];
  void new Gauge({
    name: 'ngr_followed_position',
    help: 'The last position of the log that this process knows of',
    registers,
    collect() {
      this.set(catalogue.position);
    },
  });
  void new Gauge({
    name: 'ngr_writer_known',
    help: 'Whether there is a process that writes (1) or not (0)',
    registers,
    collect() {
      this.set(writer() === undefined ? 0 : 1);
    },
  });
}

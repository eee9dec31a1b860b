import { NgrError } from '../../../vocab/errors.ts';
import { certificateCheck } from './checks/certificate.ts';
import { clockCheck } from './checks/clock.ts';
import { configurationCheck } from './checks/configuration.ts';
import { diskCheck } from './checks/disk.ts';
import { dnsCheck } from './checks/dns.ts';
import { limitsCheck } from './checks/limits.ts';
import { peersCheck } from './checks/peers.ts';
import { portsCheck } from './checks/ports.ts';
import { repositoryCheck } from './checks/repository.ts';
import { runningCheck } from './checks/running.ts';
import { storeCheck } from './checks/store.ts';
import { failed, type Finding } from './finding.ts';
import type { Check, Patient } from './patient.ts';

/** All checks, in the order in which they are told. */
export const checks = {
  configuration: configurationCheck,
  repository: repositoryCheck,
  ports: portsCheck,
  clock: clockCheck,
  disk: diskCheck,
  certificate: certificateCheck,
  dns: dnsCheck,
  peers: peersCheck,
  store: storeCheck,
  limits: limitsCheck,
  running: runningCheck,
} satisfies Readonly<Record<string, Check>>;
export type CheckName = keyof typeof checks;

export interface Diagnosis extends Finding {
  check: string;
}

/** Makes all checks at once, each within its time; what one throws is a finding of it. */
export async function diagnose(
  patient: Patient,
  { withinMs, stopping }: { withinMs: number; stopping: AbortSignal },
): Promise<Diagnosis[]> {
  const found = await Promise.all(
    Object.entries(checks).map(async ([check, examine]) => {
      const findings = await inTime(check, examine, patient, { withinMs, stopping });
      return findings.map((finding) => ({ check, ...finding }));
    }),
  );
  stopping.throwIfAborted();
  return found.flat();
}

async function inTime(
  name: string,
  examine: Check,
  patient: Patient,
  { withinMs, stopping }: { withinMs: number; stopping: AbortSignal },
): Promise<Finding[]> {
  const ended = new AbortController();
  const signal = AbortSignal.any([stopping, ended.signal, AbortSignal.timeout(withinMs)]);
  const late = new Promise<Finding[]>((resolve) => {
    signal.addEventListener('abort', () => resolve([tooLate(name, withinMs)]), { once: true });
  });
  try {
    return await Promise.race([late, examine(patient, signal).catch(thrown)]);
  } finally {
    // What was still going on when the time was over is not to go on.
    ended.abort();
  }
}

function tooLate(name: string, withinMs: number): Finding {
  return failed(
    `The check of the ${name} took more than ${withinMs / 1_000} seconds.`,
    'Something does not answer: look at the network of this machine, and at its load.',
  );
}

function thrown(error: unknown): Finding[] {
  const remedy = error instanceof NgrError ? error.remedy : undefined;
  return [
    failed(
      (error as Error).message,
      remedy ?? 'Run "ngr doctor" again; if it stays so, tell the developers.',
    ),
  ];
}

import { createHash } from 'node:crypto';
import type { RequestFetch } from '../../../protocols/http/index.ts';
import type { Clock } from '../../clock.ts';
import { hostOf } from '../../outbound/index.ts';
import { ask } from './ask.ts';
import { SLOT_MS } from './day-sheet.ts';
import { isOnThisMachine, type Endpoint, type Outcome } from './endpoint.ts';

/** Hosts are not all asked at the same moment, nor each always at the same. */
const JITTER_MS = 3 * 60_000;
/** One that does not answer is asked once more before it counts as down: a packet may have been lost. */
const AGAIN_MS = 20_000;

export type Outcomes = ReadonlyMap<Endpoint, Outcome>;

/** Asks every endpoint in one slot: the hosts side by side, those of one host one after another. What is late is not known. */
export async function askAll(
  endpoints: readonly Endpoint[],
  slot: number,
  { fetch, clock, signal }: { fetch: RequestFetch; clock: Clock; signal: AbortSignal },
): Promise<Outcomes> {
  const outcomes = new Map<Endpoint, Outcome>();
  const late = new AbortController();
  const done = new AbortController();
  const end = (slot + 1) * SLOT_MS - clock.now();
  clock.sleep(Math.max(0, end), done.signal).then(
    () => late.abort(new DOMException('The slot is over.', 'AbortError')),
    () => undefined,
  );
  const either = AbortSignal.any([signal, late.signal]);
  const hosts = new Map<string, Endpoint[]>();
  for (const endpoint of endpoints) {
    const host = hostOf(endpoint.address);
    hosts.set(host, [...(hosts.get(host) ?? []), endpoint]);
  }
  const asking = [...hosts].map(async ([host, those]) => {
    try {
      await clock.sleep(Math.min(jitterOf(host, slot), Math.max(0, end / 2)), either);
      for (const endpoint of those)
        outcomes.set(endpoint, await askTwice(endpoint, { fetch, clock, signal: either }));
    } catch (error) {
      if (!either.aborted) throw error;
    }
  });
  try {
    await Promise.all(asking);
  } finally {
    done.abort();
  }
  return outcomes;
}

async function askTwice(
  endpoint: Endpoint,
  { fetch, clock, signal }: { fetch: RequestFetch; clock: Clock; signal: AbortSignal },
): Promise<Outcome> {
  const first = await ask(endpoint, { fetch, signal });
  if (first.is !== 'down') return first;
  await clock.sleep(AGAIN_MS, signal);
  return await ask(endpoint, { fetch, signal });
}

/** The same for a host and a slot, and as good as any other. */
function jitterOf(host: string, slot: number): number {
  const digest = createHash('sha256').update(`${host}\n${slot}`).digest();
  return Math.floor((digest.readUInt32BE(0) / 2 ** 32) * JITTER_MS);
}

/**
 * Whether it is rather the node's own line that is down: nobody elsewhere answered anything. Of a single host that is said only where
 * the fault is at this end.
 */
export function suspectsOwnLine(outcomes: Outcomes): boolean {
  const asked = [...outcomes].filter(
    ([{ address }, { is }]) => is !== 'unknown' && !isOnThisMachine(address),
  );
  const silent = asked.filter(([, outcome]) => outcome.is === 'down' && !outcome.isAnswered);
  if (silent.length === 0 || silent.length < asked.length) return false;
  const hosts = new Set(silent.map(([{ address }]) => hostOf(address)));
  return hosts.size > 1 || silent.every(([, outcome]) => outcome.is === 'down' && outcome.isNear);
}

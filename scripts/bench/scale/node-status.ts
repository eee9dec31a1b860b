import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunningCommand } from '../command.ts';

const ASK_EVERY_MS = 250;
/** Without any progress for so long, it will not come to an end. */
const STALLED_MS = 15 * 60_000;

/** As much as is read of `GET /api/status`. */
export interface NodeStatus {
  node: string;
  records: { own: number };
  readers: { name: string; lag: number }[];
  sources: {
    running: boolean;
    progress?: { records: number };
    lastRun?: { outcome: string; startedAt: string; endedAt: string };
  }[];
}

/** Asks a node how it stands. */
export async function statusOf({ url }: RunningCommand, data: string): Promise<NodeStatus> {
  const token = (await readFile(join(data, 'api-token'), 'utf8')).trim();
  const response = await fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${token}` } });
  if (response.status !== 200) throw new Error(`/api/status was answered with ${response.status}`);
  return (await response.json()) as NodeStatus;
}

/** Asks again and again until all that there is in the source is harvested, and read by every reader. */
export async function caughtUp(
  node: RunningCommand,
  data: string,
  onStatus: (status: NodeStatus) => Promise<void> = () => Promise.resolve(),
): Promise<NodeStatus> {
  let last = { how: '', at: performance.now() };
  for (;;) {
    const status = await statusOf(node, data);
    await onStatus(status);
    const harvested = status.sources.map(({ progress }) => progress?.records);
    const how = JSON.stringify([status.records.own, harvested, status.readers]);
    if (how !== last.how) last = { how, at: performance.now() };
    if (performance.now() - last.at > STALLED_MS) throw new Error(`the node does not go on: ${how}`);
    const isHarvested = status.sources.every(({ running, lastRun }) => !running && lastRun !== undefined);
    if (isHarvested && status.readers.every(({ lag }) => lag === 0)) return status;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY_MS));
  }
}

/**
 * `npm run soak [-- --minutes N] [--seed N]`: three nodes with everything on; changes, harvests, notifications and questions all
 * the time; a fault every minute or two, of which each is known beforehand (fault-plan.ts). In the end every node has to show what
 * every institution holds, every notification that was acknowledged has to be there, every question must have been answered but
 * those of a node that was down, and heap and handles must not have grown.
 * Ten minutes unless told; exit code 1 where something is wrong.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleDirectory, startSampleRepository } from '../../node/sample/index.ts';
import { refuseArguments, typedArguments } from '../arguments.ts';
import { seededRandom } from '../random.ts';
import { Collection } from './collection.ts';
import { faultPlan, type Fault } from './fault-plan.ts';
import { clockIn, cutPower, fillDisk, smallDisk, type SettableClock, type SmallDisk } from './faults.ts';
import { Measurements } from './measurements.ts';
import { Notifications } from './notifications.ts';
import { Queries } from './queries.ts';
import { report } from './report.ts';
import { SoakNode } from './soak-node.ts';
import { differences } from './verdict.ts';

const USAGE = `usage: npm run soak [-- OPTION …]

Three nodes with everything on, under faults. Exit code 1 where something was lost, has leaked or was not answered.

  --minutes N  for so long (10)
  --seed N     other changes and faults (1)
  --help
`;

const { values } = typedArguments(USAGE, {
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const MINUTE_MS = 60_000;
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
const lengthMs = minutes * MINUTE_MS;
if (!(minutes > 0)) refuseArguments(`--minutes takes a number, as 10, not ${values.minutes}`, USAGE);
if (!Number.isSafeInteger(seed)) refuseArguments(`--seed takes a number, as 1, not ${values.seed}`, USAGE);
const random = seededRandom(seed).uniform;
const NAMES = ['wyreford', 'andina', 'nordmark'] as const;
const CHANGE_EVERY_MS = 3_000;
const FULL_AT_MOST_MS = 20_000;
/** It is to be full when it is filled, not of itself: what a node keeps of changes grows with the time. */
const DISK_MB = 96;
const DISK_MB_A_MINUTE = 8;

const begun = performance.now();
const say = (line: string): void => {
  const seconds = ((performance.now() - begun) / 1_000).toFixed(0).padStart(5);
  process.stdout.write(`${seconds} s  ${line}\n`);
};
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const directory = await mkdtemp(join(tmpdir(), 'ngr-soak-'));
const endings: (() => unknown)[] = [() => rm(directory, { recursive: true, force: true })];
try {
  process.exitCode = (await soak()) ? 0 : 1;
} catch (error) {
  process.stderr.write(`soak: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  for (const end of endings.toReversed()) await end();
}

async function soak(): Promise<boolean> {
  const clock = await clockIn(directory);
  say(
    clock === undefined ? 'no libfaketime here: clocks do not jump' : 'the clock of the second node can jump',
  );
  const disk = await smallDisk(join(directory, 'disk'), Math.ceil(DISK_MB + DISK_MB_A_MINUTE * minutes));
  say(
    disk === undefined ? 'nothing can be mounted here: no disk runs full' : 'the third node has a small disk',
  );
  if (disk !== undefined) endings.push(() => disk.unmount());

  const { nodes, collections } = await institutions(clock, disk);
  const [first, second, third] = nodes as [SoakNode, SoakNode, SoakNode];
  const origins = await Promise.all(nodes.map(originOf));
  say(`three nodes run: ${nodes.map(({ url }) => url).join(', ')}`);

  const asked = nodes.map((node, i) => ({
    node,
    collection: collections[i],
    queries: new Queries(node, random),
    notifications: new Notifications(node),
  }));
  const asking = asked.flatMap(({ queries, notifications }) => [queries, notifications]);
  for (const one of asking) one.start();
  endings.push(() => Promise.all(asking.map((one) => one.stop())));
  const measured = new Measurements(first);
  endings.push(() => measured.stop());
  const end = performance.now() + lengthMs;
  const [faults] = await Promise.all([
    faultsUntil(end, { first, second, third, clock, disk }),
    changeUntil(end, collections, origins),
  ]);
  await Promise.all(asking.map((one) => one.stop()));
  measured.stop();

  say('all is over; each institution is harvested once more');
  for (const collection of collections) {
    await collection.write();
    await collection.harvest();
  }
  const wrong = await differences(nodes, collections, origins);
  const seen = await Promise.all(
    asked.map(async ({ collection, ...one }) => ({
      ...one,
      records: collection?.records ?? 0,
      lost: await one.notifications.lost(),
    })),
  );
  return report({ minutes, seen, faults, measured, differences: wrong }, say);
}

/** Each with a sample repository, a collection of its own in a file, and a node that has begun with both. */
async function institutions(
  clock: SettableClock | undefined,
  disk: SmallDisk | undefined,
): Promise<{ nodes: SoakNode[]; collections: Collection[] }> {
  const nodes: SoakNode[] = [];
  const collections: Collection[] = [];
  endings.push(() => Promise.all(nodes.map((node) => node.end('SIGKILL'))));
  for (const [i, name] of NAMES.entries()) {
    const repository = await startSampleRepository({ directory: await sampleDirectory(name) });
    endings.push(() => repository.close());
    const folder = join(directory, name, 'collection');
    await mkdir(folder, { recursive: true });
    const [first] = nodes;
    const node = new SoakNode({
      name,
      directory: join(directory, name),
      ...(i === 2 && disk !== undefined && { data: join(disk.directory, 'data') }),
      ...(i === 1 && clock !== undefined && { environment: clock.environment }),
      settings: {
        networks: ['soak'],
        sources: [{ name: 'repository', url: repository.url }, Collection.source(folder)],
        harvest: { intervalMinutes: 1 },
        ...(first !== undefined && { p2p: { bootstrap: [first.address] } }),
      },
    });
    const collection = new Collection({ node, folder, random });
    await collection.change();
    await node.start();
    nodes.push(node);
    collections.push(collection);
  }
  return { nodes, collections };
}

async function originOf(node: SoakNode): Promise<string> {
  const document = (await (await node.get('/.well-known/ngr-node')).json()) as { node: string };
  return document.node;
}

/** Changes, harvests and withdrawals. What a node that is down does not hear is tried at another time. */
async function changeUntil(
  end: number,
  collections: readonly Collection[],
  origins: readonly string[],
): Promise<void> {
  while (performance.now() < end) {
    for (const [i, collection] of collections.entries()) {
      if (collection.node.isDown) continue;
      await collection.change();
      await collection.harvest().catch(() => false);
      if (random() < 0.3) await collection.withdrawOne(origins[i] ?? '').catch(() => undefined);
    }
    await pause(CHANGE_EVERY_MS);
  }
}

interface Parts {
  first: SoakNode;
  second: SoakNode;
  third: SoakNode;
  clock: SettableClock | undefined;
  disk: SmallDisk | undefined;
}

/** @returns the faults that came about: what cannot be had here is left out, and so is what there was no time for */
async function faultsUntil(end: number, parts: Parts): Promise<Fault[]> {
  const plan = faultPlan(minutes);
  const everyMs = lengthMs / (plan.length + 1);
  const from = performance.now();
  const faults: Fault[] = [];
  for (const [i, fault] of plan.entries()) {
    // By the clock: what one takes is not added to the pauses before all others.
    const at = from + everyMs * (i + 0.9 + 0.1 * random());
    await pause(Math.max(0, at - performance.now()));
    if (performance.now() >= end) break;
    if (await befalls(parts, fault, everyMs)) faults.push(fault);
  }
  await parts.clock?.set(0);
  await pause(Math.max(0, end - performance.now()));
  return faults;
}

async function befalls({ clock, disk, ...nodes }: Parts, fault: Fault, everyMs: number): Promise<boolean> {
  if (fault.kind === 'power') {
    const node = nodes[fault.node];
    say(`power is cut at ${node.name}`);
    await cutPower(node);
    return true;
  }
  if (fault.kind === 'clock') {
    if (clock === undefined) return false;
    say(`the clock of the second node is set to ${fault.secondsAhead} s from the right time`);
    await clock.set(fault.secondsAhead);
    return true;
  }
  if (disk === undefined) return false;
  say('the disk of the third node is full');
  const { starts } = nodes.third;
  await fillDisk(nodes.third, disk, Math.min(everyMs / 4, FULL_AT_MOST_MS));
  say(`there is room again${nodes.third.starts > starts ? ', and it was started anew' : ''}`);
  return true;
}

/**
 * `npm run soak [-- --minutes N] [--seed N]`: three nodes with everything on, changes, harvests and questions all the time; power
 * cuts every while, a full disk once, and a clock that jumps. In the end every node has to show what every institution holds,
 * every question must have been answered but those of a node that was down, and heap and handles must not have grown.
 * Ten minutes unless told; exit code 1 where something is wrong.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { sampleDirectory, startSampleRepository } from '../../node/sample/index.ts';
import { Collection } from './collection.ts';
import { clockIn, cutPower, fillDisk, smallDisk } from './faults.ts';
import { Measurements } from './measurements.ts';
import { Queries } from './queries.ts';
import { seededRandom } from '../random.ts';
import { SoakNode } from './soak-node.ts';
import { differences } from './verdict.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' } },
});
const MINUTE_MS = 60_000;
const lengthMs = Number(values.minutes) * MINUTE_MS;
const random = seededRandom(Number(values.seed)).uniform;
const NAMES = ['wyreford', 'andina', 'nordmark'] as const;
const CHANGE_EVERY_MS = 3_000;
/** Of a length of ten minutes; shorter ones have the same faults, closer together. */
const CUTS = 6;
/** What a heap may grow by in half the time before that is called a leak. */
const HEAP_GROWTH = 1.25;
const HEAP_ROOM_MB = 15;
const HANDLES_ROOM = 50;
const LONG_ENOUGH_MS = 5 * MINUTE_MS;

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
  const disk = await smallDisk(join(directory, 'disk'));
  say(
    disk === undefined ? 'nothing can be mounted here: no disk runs full' : 'the third node has a small disk',
  );
  if (disk !== undefined) endings.push(() => disk.unmount());

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
  const [first, second, third] = nodes as [SoakNode, SoakNode, SoakNode];
  const origins = await Promise.all(nodes.map(originOf));
  say(`three nodes run: ${nodes.map(({ url }) => url).join(', ')}`);

  const queries = nodes.map((node) => new Queries(node, random));
  for (const one of queries) one.start();
  const measured = new Measurements(first);
  endings.push(() => measured.stop());
  const end = performance.now() + lengthMs;
  const changing = changeUntil(end, collections, origins);
  await faultsUntil(end, { second, third, clock, disk });
  await changing;
  await Promise.all(queries.map((one) => one.stop()));

  say('all is over; each institution is harvested once more');
  for (const collection of collections) {
    await collection.write();
    await collection.harvest();
  }
  const wrong = await differences(nodes, collections, origins);
  return report({ nodes, queries, measured, wrong, records: collections.map(({ records }) => records) });
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

/** The first node is let be, so that it can be seen whether it grows. */
async function faultsUntil(
  end: number,
  parts: {
    second: SoakNode;
    third: SoakNode;
    clock: Awaited<ReturnType<typeof clockIn>>;
    disk: Awaited<ReturnType<typeof smallDisk>>;
  },
): Promise<void> {
  const { second, third, clock, disk } = parts;
  const everyMs = lengthMs / (CUTS + 1);
  for (let cut = 1; cut <= CUTS; cut++) {
    await pause(everyMs * 0.9 + everyMs * 0.1 * random());
    if (performance.now() >= end) break;
    if (cut === 2 && clock !== undefined) {
      say('the clock of the second node jumps an hour ahead');
      await clock.set(3_600);
    } else if (cut === 3 && disk !== undefined) {
      say('the disk of the third node is full');
      await fillDisk(third, disk, Math.min(everyMs / 4, 20_000));
      say(`there is room again${third.starts > 1 ? ', and it was started anew' : ''}`);
    } else if (cut === 4 && clock !== undefined) {
      say('the clock of the second node goes back to an hour behind');
      await clock.set(-3_600);
    } else {
      const node = cut % 2 === 1 ? second : third;
      say(`power is cut at ${node.name}`);
      await cutPower(node);
    }
  }
  await clock?.set(0);
  await pause(Math.max(0, end - performance.now()));
}

function report(found: {
  nodes: readonly SoakNode[];
  queries: readonly Queries[];
  measured: Measurements;
  wrong: readonly string[];
  records: readonly number[];
}): boolean {
  const { nodes, queries, measured, wrong, records } = found;
  const faults: string[] = wrong.slice(0, 20);
  if (wrong.length > faults.length) faults.push(`… ${wrong.length} in all`);
  for (const [i, { answered, unanswered, wrong: errors }] of queries.entries()) {
    const name = nodes[i]?.name ?? '';
    say(
      `${name}: ${records[i]} records of its own, ${answered} questions answered, ${nodes[i]?.starts} starts`,
    );
    faults.push(...unanswered.slice(0, 5).map((question) => `${name} did not answer ${question}`));
    faults.push(...errors.slice(0, 5).map((question) => `${name} answered with an error: ${question}`));
  }
  for (const node of nodes) if (node.hasFallen) faults.push(`${node.name} ended by itself`);
  const quarters = measured.quarters();
  if (quarters !== undefined) {
    const { early, late } = quarters;
    say(
      `heap of the first node: ${early.heapMb.toFixed(0)} MB in the second quarter, ${late.heapMb.toFixed(0)} MB in the last`,
    );
    say(`handles: ${early.handles}, ${late.handles}; open files: ${early.files}, ${late.files}`);
    // In a short run caches still fill.
    if (lengthMs >= LONG_ENOUGH_MS) {
      if (late.heapMb > early.heapMb * HEAP_GROWTH + HEAP_ROOM_MB) faults.push('the heap grows');
      if (late.handles > early.handles + HANDLES_ROOM) faults.push('handles grow');
      if (late.files > early.files + HANDLES_ROOM) faults.push('open files grow');
    }
  }
  for (const fault of faults) say(`WRONG  ${fault}`);
  say(faults.length === 0 ? 'nothing was lost' : 'the soak failed');
  return faults.length === 0;
}

/**
 * `npm run demo`: three institutions, three processes, one network on this machine. Tells what it does as it does it,
 * and keeps running for a browser until Ctrl-C; with `--once` it ends when the story is told.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleDirectory, sampleNames, startSampleRepository } from '../../node/sample/index.ts';
import { typedArguments } from '../arguments.ts';
import { DemoNode } from './demo-node.ts';
import { tellStory } from './story.ts';

const USAGE = `usage: npm run demo [-- OPTION …]

Three institutions in one network on this machine, for your browser until Ctrl-C.

  --once       ends when the story is told
  --help
`;

const { values } = typedArguments(USAGE, { options: { once: { type: 'boolean', default: false } } });
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const directory = await mkdtemp(join(tmpdir(), 'ngr-demo-'));
const endings: (() => Promise<unknown>)[] = [() => rm(directory, { recursive: true, force: true })];
let ending: Promise<void> | undefined;
const end = (): Promise<void> => {
  ending ??= (async () => {
    for (const close of endings.toReversed()) await close();
  })();
  return ending;
};
const stopped = new Promise<void>((resolve) => {
  process.once('SIGINT', resolve);
  process.once('SIGTERM', resolve);
});

try {
  say('Three sample repositories, each with its own OAI-PMH interface:');
  const names = (await sampleNames()).slice(0, 3);
  const nodes: DemoNode[] = [];
  for (const name of names) {
    const repository = await startSampleRepository({ directory: await sampleDirectory(name) });
    endings.push(() => repository.close());
    say(`  ${repository.name.padEnd(44)} ${repository.url}`);
    const title = repository.name;
    nodes.push(new DemoNode({ title, directory: join(directory, name), oai: repository.url }));
  }
  say('\nOne node beside each, the first of which the others are told of:');
  const [first, ...others] = nodes;
  if (first === undefined) throw new Error('there is no sample repository');
  endings.push(() => Promise.all(nodes.map((node) => node.stop())));
  const address = await first.start();
  say(`  ${first.title.padEnd(44)} ${first.url}`);
  await Promise.all(others.map((node) => node.start(address)));
  for (const node of others) say(`  ${node.title.padEnd(44)} ${node.url}`);

  await Promise.race([tellStory(nodes, say), stopped]);
  if (!values.once) {
    say('\nThe three nodes keep running: open their addresses in a browser. Ctrl-C ends them.');
    await stopped;
  }
} catch (error) {
  process.stderr.write(`demo: ${(error as Error).message}\n`);
  process.exitCode = 1;
} finally {
  await end();
}

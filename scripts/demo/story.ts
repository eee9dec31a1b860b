import { isRecordKey } from '../../vocab/record-key.ts';
import type { DemoNode, RecordItem } from './demo-node.ts';

const WITHIN_MS = 30_000;
const EVERY_MS = 200;
const RECORDS_READ = 200;

interface Peer {
  node: string;
  records: number;
  lag: number;
  self: boolean;
}

/** What happens in the demo, told line by line: the records arrive, their copies are found, and one is withdrawn. */
export async function tellStory(nodes: readonly DemoNode[], say: (line: string) => void): Promise<void> {
  const begun = performance.now();
  const passed = (): string => `${((performance.now() - begun) / 1_000).toFixed(1)} s`;

  say('\nEach node harvests its own repository and copies what the others publish:');
  const totals = await eventually('every node has the records of all three', async () => {
    const peers = await Promise.all(
      nodes.map(async (node) => (await node.get<{ orderedItems: Peer[] }>('/peers')).document.orderedItems),
    );
    const everyone = peers.every(
      (seen) => seen.length === nodes.length && seen.every(({ records, lag }) => records > 0 && lag === 0),
    );
    const sums = peers.map((seen) => seen.reduce((sum, { records }) => sum + records, 0));
    return everyone && new Set(sums).size === 1 ? sums : undefined;
  });
  for (const [i, node] of nodes.entries())
    say(`  ${node.title.padEnd(44)} holds ${totals[i]} records of ${nodes.length} institutions`);
  say(`  after ${passed()}`);

  say('\nWorks that two institutions hold are found at each node, by itself:');
  const [first] = nodes;
  if (first === undefined) return;
  const example = await eventually('a work of two institutions, with related items of others', () =>
    findExample(first),
  );
  say(`  “${titleOf(example.record)}”`);
  for (const copy of example.copies)
    say(`    also at ${new URL(copy.id).host}, because of ${(copy.reasons ?? []).slice(0, 2).join('; ')}`);
  say(`  the same page at the other nodes:`);
  for (const node of nodes) {
    const { document } = await node.get(`/records/${example.key}/duplicates`);
    say(`    ${node.url}/records/${example.key}  ${document.orderedItems.length} further copies`);
  }
  say('\nRelated items from other institutions:');
  for (const item of example.related)
    say(
      `    “${titleOf(item)}” at ${new URL(item.id).host}, because of ${(item.reasons ?? []).slice(0, 4).join('; ')}`,
    );
  say(`  after ${passed()}`);

  say(`\n${first.title} withdraws that record, and it is gone everywhere:`);
  const withdrawn = performance.now();
  await first.withdraw(example.key, 'Withdrawn for the demonstration');
  for (const node of nodes) {
    await eventually('the withdrawal', async () =>
      (await node.get(`/records/${example.key}`)).status === 410 ? true : undefined,
    );
    say(`  ${node.title.padEnd(44)} answers 410 Gone after ${Math.round(performance.now() - withdrawn)} ms`);
  }
}

interface Example {
  key: string;
  record: RecordItem;
  copies: RecordItem[];
  related: RecordItem[];
}

/** One of the node's own records that another institution has too, and that has related items elsewhere. */
async function findExample(node: DemoNode): Promise<Example | undefined> {
  const { document: self } = await node.get<{ node: string }>('/');
  const { document: list } = await node.get(`/records?origin=${self.node}&limit=${RECORDS_READ}`);
  for (const record of list.orderedItems) {
    const key = record.id.slice(record.id.lastIndexOf('/') + 1);
    if (!isRecordKey(key)) continue;
    const copies = await listOf(node, `/records/${key}/duplicates`);
    if (copies.length === 0) continue;
    const related = (await listOf(node, `/records/${key}/related`)).filter((item) => item.node !== self.node);
    if (related.length > 0) return { key, record, copies, related };
  }
  return undefined;
}

async function listOf(node: DemoNode, path: string): Promise<RecordItem[]> {
  const { status, document } = await node.get(path);
  return status === 200 ? document.orderedItems : [];
}

function titleOf({ titles }: RecordItem): string {
  return titles?.[0]?.value ?? '';
}

/** What `attempt` gives as soon as it gives something. */
async function eventually<T>(what: string, attempt: () => Promise<T | undefined>): Promise<T> {
  const end = performance.now() + WITHIN_MS;
  for (;;) {
    const result = await attempt();
    if (result !== undefined) return result;
    if (performance.now() > end) throw new Error(`after ${WITHIN_MS / 1_000} s there was still not: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

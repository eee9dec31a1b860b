/**
 * A process of its own: a whole node, without a repository. `whole-node DIRECTORY PORT [BOOTSTRAP]`. Prints where it is, and
 * answers the messages `fill` (with the benchmark's records, until every reader has read them) and `{ put: number,
 * title?: string }` (one new record; tells its key and when it was acknowledged, by the machine's monotonic clock in
 * nanoseconds).
 */
import pino from 'pino';
import { keepHeapCompact } from '../../node/cli/compact-heap.ts';
import { resolveConfig } from '../../node/config/index.ts';
import { startNode } from '../../node/main.ts';
import { fill, harvestedRecord } from './filling.ts';

const [data = '', port = '0', bootstrap] = process.argv.slice(2);
keepHeapCompact();
const config = resolveConfig({
  env: {},
  flags: {
    data,
    port,
    p2pPort: '0',
    host: '127.0.0.1',
    p2pHost: '127.0.0.1',
    networks: ['bench'],
    mdns: false,
    sample: false,
    ...(bootstrap === undefined ? {} : { bootstrap: [bootstrap] }),
  },
  cwd: data,
});
const node = await startNode(config, { log: pino({ level: 'error' }, pino.destination(2)) });
say({ url: node.url, address: node.multiaddrs[0] });

process.on('message', (message: 'fill' | { put: number; title?: string }) => {
  void (message === 'fill' ? fillUp() : putOne(message.put, message.title));
});
process.on('SIGTERM', () => void node.stop().then(() => process.exit(0)));

async function fillUp(): Promise<void> {
  await fill(node.catalogue);
  while (node.lag() > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  say({ filled: node.catalogue.head.live });
}

async function putOne(n: number, title = `Change number ${n}`): Promise<void> {
  const record = harvestedRecord({
    id: `change-${n}`,
    title,
    authors: ['Doe, Jane'],
    year: '2026',
  });
  const [result] = await node.catalogue.put([{ type: 'put', record }]);
  say({ key: result?.key, at: Number(process.hrtime.bigint()) });
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/**
 * One node of a network of many, a process of its own: `neighbour DIRECTORY NUMBER HOST LOSS [ADDRESS]` joins the node at the
 * address. LOSS is the share of messages that are dropped at its line. Prints JSON lines: its address; then what it is asked
 * for (`Question`), one answer each.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { isComplete } from '../../../node/catalogue/index.ts';
import { keepHeapCompact } from '../../../node/cli/compact-heap.ts';
import { seededRandom } from '../../random.ts';
import { harvestedRecord } from '../filling.ts';
import { benchRecords } from '../records.ts';
import { openBareNode } from '../bare-node.ts';
import { lossyLine } from './lossy-line.ts';
import { bytesByProtocol } from './protocol-bytes.ts';
import { SocketBytes } from '../socket-bytes.ts';

/** What a neighbour is asked, by `Worker.send`: to make changes at times by its clock, or to tell something. */
export type Question = { make: number[] } | { tell: 'state' | 'bytes' | 'deliveries' };

/** What it has: how many are connected with it, and up to where it has each feed in whole, its own too. */
export interface State {
  connected: number;
  feeds: [node: string, seq: number][];
}

/** Since its start. */
export interface BytesTold {
  written: number;
  read: number;
  protocols: [protocol: string, bytes: number][];
}

/** By the machine's clock (`now`), when its own changes were made, and when those of others were here. */
export interface Deliveries {
  node: string;
  made: [seq: number, at: number][];
  came: [node: string, seq: number, at: number][];
}

keepHeapCompact();
const [directory = '', number = '0', host = '127.0.0.1', loss = '0', address] = process.argv.slice(2);
const sockets = new SocketBytes();
const protocols = bytesByProtocol();
const random = seededRandom(Number(number));
const node = await openBareNode({
  directory,
  base: `http://n${number}.example`,
  name: `Neighbour ${number}`,
  network: 'bench',
  host,
  bootstrap: address === undefined ? [] : [address],
  line: (network) => (Number(loss) === 0 ? network : lossyLine(network, Number(loss), random)),
});
const { catalogue } = node;
const deliveries: Deliveries = { node: catalogue.node, made: [], came: [] };
catalogue.onCommit(({ node: origin, entries }) => {
  if (origin === catalogue.node) for (const { entry } of entries) deliveries.made.push([entry.seq, now()]);
  else deliveries.came.push([origin, catalogue.feeds.state(origin)?.seq ?? 0, now()]);
});
await node.start();
say({ address: node.federation.multiaddrs[0] });

const records = benchRecords();
process.on('message', (question: Question) => {
  if ('make' in question) making = make(question.make);
  else if (question.tell === 'state') say(state());
  else if (question.tell === 'bytes') say(bytes());
  else say(deliveries);
});
const stopping = new AbortController();
let making: Promise<void> | undefined;
process.on('SIGTERM', () => {
  stopping.abort();
  // What is being put is put before the store is closed.
  void Promise.resolve(making)
    .then(() => node.stop())
    .then(() => process.exit(0));
});

async function make(times: readonly number[]): Promise<void> {
  for (const at of times) {
    await pause(Math.max(0, at - now()), undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) return;
    const next = await records.next();
    if (!next.done) await catalogue.put([{ type: 'put', record: harvestedRecord(next.value) }]);
  }
}

function state(): State {
  const whole = catalogue.feeds.states().filter((feed) => feed.node === catalogue.node || isComplete(feed));
  return {
    connected: node.network.connected().length,
    feeds: whole.map((feed) => [feed.node, feed.seq]),
  };
}

function bytes(): BytesTold {
  return { written: sockets.written, read: sockets.read, protocols: [...protocols] };
}

/** Milliseconds on a clock that all processes of this machine share. */
function now(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

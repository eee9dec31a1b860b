/**
 * A process of its own: catalogue and federation, nothing else. `member DIRECTORY fill` fills its feed with the benchmark's
 * records first, `member DIRECTORY serve` has what is there, `member DIRECTORY copy ADDRESS CHANGES` joins the node at the
 * address and copies what it has, till so many changes have come and all is whole. Prints JSON lines: its address; then, copying, how far it is, and when it has everything. Answers
 * the message `{ change: number }` by so many changed records.
 */
import { CheckerThread, isComplete } from '../../../node/catalogue/index.ts';
import { keepHeapCompact } from '../../../node/cli/compact-heap.ts';
import { systemClock as clock } from '../../../node/clock.ts';
import { fill } from '../filling.ts';
import { openBareNode } from '../bare-node.ts';
import { smallRecord } from './small-records.ts';

keepHeapCompact();
const [directory = '', task = 'fill', address, expected] = process.argv.slice(2);
const node = await openBareNode({
  directory,
  base: task === 'copy' ? 'http://copy.example' : 'http://origin.example',
  name: task,
  network: 'bench',
  bootstrap: address === undefined ? [] : [address],
  checker: new CheckerThread({ clock }),
});
const { catalogue, federation } = node;
if (task === 'fill') await fill(catalogue);

let connected = 0;
node.network.onConnect(() => {
  connected ||= performance.now();
});
let copied = 0;
catalogue.onCommit(({ node: origin, keys }) => {
  if (origin === catalogue.node) return;
  copied += keys.length;
  if (Math.floor(copied / 10_000) > Math.floor((copied - keys.length) / 10_000)) tell({ whole: false });
});
await node.start();
say({ address: federation.multiaddrs[0], records: catalogue.head.live });

if (task === 'copy') {
  // The last page is in with its commit; a copy is whole once it was held against the head.
  const whole = setInterval(() => {
    if (copied < Number(expected) || !catalogue.feeds.states().every(isComplete)) return;
    clearInterval(whole);
    tell({ whole: true });
  }, 5);
}

process.on('message', ({ change }: { change: number }) => {
  const changes = Array.from({ length: change }, (_, i) => smallRecord(i * 997, 'changed'));
  void catalogue.put(changes.map((record) => ({ type: 'put', record }))).then(() => say({ changed: change }));
});
process.on('SIGTERM', () => {
  void node.stop().then(() => process.exit(0));
});

function tell({ whole }: { whole: boolean }): void {
  const seconds = (performance.now() - connected) / 1_000;
  const bytes = federation.peers().reduce((sum, { received, sent }) => sum + received + sent, 0);
  say({ copied, seconds, rss: process.memoryUsage.rss() / 2 ** 20, whole, bytes });
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

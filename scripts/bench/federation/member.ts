/**
 * A process of its own: catalogue and federation, nothing else. `member DIRECTORY fill` fills its feed with the benchmark's
 * records first, `member DIRECTORY serve` has what is there, `member DIRECTORY copy ADDRESS CHANGES` joins the node at the
 * address and copies what it has, till so many changes have come and all is whole. Prints JSON lines: its address; then, copying, how far it is, and when it has everything. Answers
 * the message `{ change: number }` by so many changed records.
 */
import { join } from 'node:path';
import pino from 'pino';
import { Registry } from 'prom-client';
import { Catalogue, CheckerThread, isComplete } from '../../../node/catalogue/index.ts';
import { keepHeapCompact } from '../../../node/cli/compact-heap.ts';
import { systemClock } from '../../../node/clock.ts';
import { createLibp2pNetwork, Federation, Reputation } from '../../../node/federation/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { fill } from '../filling.ts';
import { smallRecord } from './small-records.ts';

keepHeapCompact();
const [directory = '', task = 'fill', address, expected] = process.argv.slice(2);
const clock = systemClock;
const log = pino({ level: 'warn' }, pino.destination(2));
const store = await openStore(directory);
const signer = await Identity.load(join(directory, 'identity.pem'));
const base = task === 'copy' ? 'http://copy.example' : 'http://origin.example';
const catalogue = await Catalogue.open({
  section: store.section('catalogue'),
  signer,
  base,
  name: task,
  networks: ['bench'],
  checker: new CheckerThread({ clock }),
  clock,
});
if (task === 'fill') await fill(catalogue);

const reputation = new Reputation({ clock });
const network = createLibp2pNetwork({
  identity: signer,
  section: store.section('federation'),
  networks: ['bench'],
  host: '127.0.0.1',
  port: 0,
  bootstrap: address === undefined ? [] : [address],
  mdns: false,
  colocationLimit: 0,
  privateAddresses: true,
  isRefused: (node) => reputation.isRefused(node),
  isTrusted: () => false,
  clock,
  log,
});
const federation = new Federation({
  catalogue,
  network,
  networks: ['bench'],
  rules: { mode: 'network', networks: ['bench'], proof: 'shown', allow: [], deny: [] },
  quota: { records: 1e9, megabytes: 1e9, entriesPerSecond: 1e9 },
  proofs: {
    of: () => 'unchecked',
    profile: () => undefined,
    successor: () => undefined,
    predecessors: () => [],
    isWaiting: () => false,
    want: () => undefined,
    onChange: () => undefined,
  },
  usage: {
    held: noSummaries,
    accept: () => Promise.resolve('known'),
    forget: () => Promise.resolve(),
    onOwnSummary: () => () => undefined,
  },
  section: store.section('forks'),
  reputation,
  registry: new Registry(),
  clock,
  log,
});
let connected = 0;
network.onConnect(() => {
  connected ||= performance.now();
});
let copied = 0;
catalogue.onCommit(({ node, keys }) => {
  if (node === catalogue.node) return;
  copied += keys.length;
  if (Math.floor(copied / 10_000) > Math.floor((copied - keys.length) / 10_000)) tell({ whole: false });
});
await federation.start();
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
  void federation.stop().then(async () => {
    await catalogue.close();
    await store.close();
    process.exit(0);
  });
});

function tell({ whole }: { whole: boolean }): void {
  const seconds = (performance.now() - connected) / 1_000;
  const bytes = federation.peers().reduce((sum, { received, sent }) => sum + received + sent, 0);
  say({ copied, seconds, rss: process.memoryUsage.rss() / 2 ** 20, whole, bytes });
}

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function* noSummaries(): AsyncGenerator<never> {
  // The benchmark counts no usage.
}

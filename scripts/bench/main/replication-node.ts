/**
 * A process of its own: catalogue and federation, nothing else. `replication-node DIRECTORY fill` fills its feed with the
 * benchmark's records first; `replication-node DIRECTORY copy ADDRESS` joins the node at the address and copies what it
 * has. Prints JSON lines: its address, then, copying, how far it is.
 */
import { join } from 'node:path';
import pino from 'pino';
import { Registry } from 'prom-client';
import { Catalogue, isComplete } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { createLibp2pNetwork, Federation, Reputation } from '../../../node/federation/index.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { fill } from '../filling.ts';

const [directory = '', task = 'fill', address] = process.argv.slice(2);
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
  clock,
  log,
});
const federation = new Federation({
  catalogue,
  network,
  networks: ['bench'],
  rules: { mode: 'network', networks: ['bench'], proof: 'shown', allow: [], deny: [] },
  quota: { records: 1e9, megabytes: 1e9, entriesPerSecond: 1e9 },
  proofs: { of: () => 'unchecked', want: () => undefined, onChange: () => undefined },
  usage: {
    held: noSummaries,
    accept: () => Promise.resolve('known'),
    forget: () => Promise.resolve(),
    onOwnSummary: () => () => undefined,
  },
  reputation,
  registry: new Registry(),
  clock,
  log,
});
await federation.start();
say({ address: federation.multiaddrs[0], records: catalogue.head.live });

if (task === 'copy') {
  let begun: number | undefined;
  let copied = 0;
  catalogue.onCommit(({ node, entries }) => {
    if (node === catalogue.node) return;
    begun ??= performance.now();
    copied += entries.length;
    if (Math.floor(copied / 10_000) > Math.floor((copied - entries.length) / 10_000)) {
      say({ copied, seconds: (performance.now() - begun) / 1_000, rss: process.memoryUsage.rss() / 2 ** 20 });
    }
  });
  // The last page is in with its commit; the copy is whole once it was held against the head.
  const whole = setInterval(() => {
    const state = catalogue.feeds.states().find(({ node }) => node !== catalogue.node);
    if (state === undefined || !isComplete(state) || begun === undefined) return;
    clearInterval(whole);
    say({
      copied,
      seconds: (performance.now() - begun) / 1_000,
      rss: process.memoryUsage.rss() / 2 ** 20,
      whole: true,
    });
  }, 5);
}

process.on('SIGTERM', () => {
  void federation.stop().then(async () => {
    await store.close();
    process.exit(0);
  });
});

function say(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

async function* noSummaries(): AsyncGenerator<never> {
  // The benchmark counts no usage.
}

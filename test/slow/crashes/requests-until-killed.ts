/** A process of its own for the crash test: takes requests for subscriptions, and prints what has been taken. */
import { Registry } from 'prom-client';
import { systemClock } from '../../../node/clock.ts';
import { openStore } from '../../../node/store/index.ts';
import { Hub } from '../../../node/websub/index.ts';
import { silentLog } from '../../support/test-catalogue.ts';

const [directory = '', run = ''] = process.argv.slice(2);
const store = await openStore(directory);
const topic = 'https://node.example/changes.xml';
const hub = new Hub({
  section: store.section('websub'),
  url: 'https://node.example/websub',
  topics: [
    {
      url: topic,
      contentType: 'text/plain',
      title: 'Nothing',
      newest: { place: 0, time: 0 },
      newsSince: () => Promise.resolve(undefined),
      onChange: () => () => undefined,
    },
  ],
  fetch: (address) => Promise.resolve(new Response(new URL(address).searchParams.get('hub.challenge'))),
  registry: new Registry(),
  clock: systemClock,
  log: silentLog,
  limits: { subscriptions: 100_000, pending: 100_000 },
});
await hub.start({ sends: true });

for (let n = 0; ; n += 1) {
  const callback = `https://h${run}-${n}.example/`;
  await hub.request({ mode: 'subscribe', topic, callback });
  process.stdout.write(`taken ${callback}\n`);
}

/** A process of its own for the crash test: receives requests and accepts them, and prints what has been acknowledged. */
import { Catalogue } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { Identity } from '../../../node/identity/index.ts';
import { Notifications } from '../../../node/notifications/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { bytesOf } from '../../support/notifications.ts';
import { aPayload } from '../../support/notify-payloads.ts';
import { silentLog } from '../../support/test-catalogue.ts';

const [directory = ''] = process.argv.slice(2);
const store = await openStore(directory);
const signer = await Identity.load(`${directory}/key.pem`);
const clock = systemClock;
const base = 'https://node.example';
const catalogue = await Catalogue.open({
  section: store.section('catalogue'),
  signer,
  base,
  name: 'Test',
  networks: ['test'],
  clock,
});
const notifications = new Notifications({
  section: store.section('notifications'),
  catalogue,
  self: { base, name: 'Test' },
  services: [],
  accept: 'anyone',
  // Nobody ever answers.
  fetch: () => new Promise(() => undefined),
  clock,
  log: silentLog,
});
await notifications.start({ sends: true });

const service = async (name: number): Promise<never> => {
  for (let n = 0; ; n++) {
    const payload = aPayload('request-review', { id: `urn:offer:${process.pid}:${name}:${n}` });
    const { notification } = await notifications.inbox.receive(bytesOf(payload), 'application/ld+json');
    process.stdout.write(`received ${notification.id}\n`);
    await notifications.accept(notification.id, { note: 'Yes.' });
    process.stdout.write(`accepted ${notification.id}\n`);
  }
};
await Promise.all([...Array(10).keys()].map(service));

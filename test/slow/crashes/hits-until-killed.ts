/** A process of its own for the crash test: counts hits as fast as it can, and prints how many have been acknowledged. */
import { Usage } from '../../../node/analysis/usage/index.ts';
import { Catalogue } from '../../../node/catalogue/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { Identity } from '../../../node/identity/index.ts';
import { openStore } from '../../../node/store/index.ts';
import { aPut } from '../../support/builders.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { FIREFOX } from '../../analysis/usage/usage-fixture.ts';

const [directory = '', run = ''] = process.argv.slice(2);
const store = await openStore(directory);
const identity = await Identity.load(`${directory}/key.pem`);
const catalogue = await Catalogue.open({
  section: store.section('catalogue'),
  signer: identity,
  base: 'https://node.example',
  name: 'Test',
  networks: ['test'],
  clock: systemClock,
});
const [result] = await catalogue.put([aPut(1)]);
const key = result?.key ?? '';
const section = store.section('counting');
// It counts without a pause, so that it may be killed in the midst of it.
const usage = new Usage({ section, catalogue, clock: systemClock, log: silentLog, countEveryMs: 0 });
usage.start();

let sent = 0;
let acknowledged = 0;
const client = async (): Promise<never> => {
  for (;;) {
    const n = sent++;
    const address = `10.${run}.${n >> 8}.${n & 255}`;
    const time = Date.UTC(2026, 10, 1 + (n % 5), 12);
    const outcome = await usage.record({ kind: 'request', key, address, userAgent: FIREFOX, time });
    if (outcome !== 'counted') throw new Error(`a hit was not counted: ${outcome}`);
    process.stdout.write(`${key} ${++acknowledged} ${sent}\n`);
  }
};
await Promise.all([...Array(20).keys()].map(client));

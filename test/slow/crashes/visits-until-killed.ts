/** A process of its own for the crash test: visits the records of a data directory until it is killed, or nothing is left. */
import { join } from 'node:path';
import { Identity } from '../../../node/identity/index.ts';
import { systemClock } from '../../../node/clock.ts';
import { DocumentIssues } from '../../../node/harvest/issues/document-issues.ts';
import { Extractor, FullTexts } from '../../../node/harvest/full-text/index.ts';
import { guardedFetch } from '../../../node/outbound/index.ts';
import { aRecord } from '../../support/builders.ts';
import { LeapingClock } from '../../support/leaping-clock.ts';
import { aCatalogue, silentLog } from '../../support/test-catalogue.ts';
import { until } from '../../support/until.ts';

const [directory = '', url = '', records = '0'] = process.argv.slice(2);
const clock = new LeapingClock();
const identity = await Identity.load(join(directory, 'key.pem'));
const test = await aCatalogue({ directory, identity, clock });
await test.catalogue.put(
  Array.from({ length: Number(records) }, (_, n) => ({
    type: 'put',
    record: aRecord({ oaiIdentifier: `oai:x:${n}`, files: [{ url: `${url}/${n}.pdf`, access: 'open' }] }),
  })),
);
const extractor = new Extractor({ clock: systemClock });
const fullTexts = new FullTexts({
  mode: 'index',
  section: test.store.section('full-text'),
  catalogue: test.catalogue,
  fetch: guardedFetch({ allow: [url], userAgent: 'NGR-Node/test', timeoutMs: 30_000 }),
  extractor,
  userAgent: 'NGR-Node/test',
  issues: new DocumentIssues({ section: test.store.section('harvest') }),
  sourceOf: async () => 'test',
  directory: join(directory, 'spool'),
  clock,
  log: silentLog,
});
const runner = await test.run(fullTexts);
await fullTexts.start();
await until(
  'nothing is left to visit',
  async () => {
    await runner.caughtUp();
    const { waiting, current } = fullTexts.state();
    return waiting === 0 && current.length === 0;
  },
  120_000,
);
await fullTexts.stop();
await extractor.stop();
for (let n = 0; n < Number(records); n += 1) {
  const [key = ''] = await test.catalogue.holdings.withIdentifier('oai', `oai:x:${n}`);
  const holding = await test.catalogue.holdings.get(key);
  const words = await fullTexts.wordsOf(key);
  const file = holding !== undefined && 'files' in holding ? holding.files[0] : undefined;
  process.stdout.write(`${n} ${file?.text} ${words?.has(`plankton${n}`)}\n`);
}
process.exit(0);

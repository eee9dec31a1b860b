import { convertsWithCatmandu } from './catmandu.ts';
import { harvestsWithHttpOai } from './http-oai.ts';
import { readsJsonLd } from './json-ld.ts';
import { sendsNotifications } from './ldn.ts';
import { copiesByResourceSync } from './resourcesync.ts';
import { PublishedNode } from './support/published-node.ts';
import { validatesDiscovery } from './xmllint-discovery.ts';
import { validatesOai } from './xmllint-oai.ts';

/**
 * Programs of other makers against a whole node, which is started once for all of them. Those that are not installed are
 * skipped, except in CI. Who compares bytes comes before the reviews are posted, who reads what is shown after.
 */
describe('clients of other makers', function () {
  this.timeout(60_000);
  const node = new PublishedNode();
  before(() => node.start());
  after(() => node.stop());

  harvestsWithHttpOai(node);
  convertsWithCatmandu(node);
  validatesOai(node);
  validatesDiscovery(node);
  copiesByResourceSync(node);
  sendsNotifications(node);
  readsJsonLd(node);
});

import { convertsWithCatmandu } from '../../clients/catmandu.ts';
import { harvestsWithHttpOai } from '../../clients/http-oai.ts';
import { readsJsonLd } from '../../clients/json-ld.ts';
import { sendsNotifications } from '../../clients/ldn.ts';
import { copiesByResourceSync } from '../../clients/resourcesync.ts';
import { PublishedNode } from '../../clients/support/published-node.ts';
import { validatesDiscovery } from '../../clients/xmllint-discovery.ts';
import { validatesOai } from '../../clients/xmllint-oai.ts';

/**
 * Programs of other makers against a whole node, which is started once for all of them. Those that are not installed are
 * skipped, except in CI. Who compares bytes comes before the reviews are posted, who reads what is shown after.
 */
describe('clients of other makers', () => {
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

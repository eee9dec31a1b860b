import type { Federation } from '../federation/index.ts';
import { Policies, PolicyExchange, type Publisher } from '../policy/index.ts';
import { domainFetch } from './federating.ts';
import type { Foundation } from './foundation.ts';

/** Opens the policies that are known, and reads those of the network as long as the node runs. */
export async function startPolicies(on: Foundation, federation: Federation): Promise<Policies> {
  const { store, clock, log, offline, onStop } = on;
  const policies = await Policies.open({ section: store.section('policy'), clock });
  if (offline) return policies;
  const publishers = (): Publisher[] =>
    federation
      .peers()
      .flatMap(({ node, base, self, followed, proof }) =>
        self || !followed || proof !== 'proved' || base === undefined ? [] : [{ node, base }],
      );
  const exchange = new PolicyExchange({ policies, publishers, fetch: domainFetch(on), clock, log });
  exchange.start();
  onStop(() => exchange.stop());
  return policies;
}

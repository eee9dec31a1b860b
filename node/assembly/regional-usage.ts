import { itemNames } from '../../protocols/usage-summary/index.ts';
import { stepsTo } from '../../protocols/heads/index.ts';
import { isTombstone } from '../../vocab/record.ts';
import {
  RegionalUsage,
  type ItemDescription,
  type NodeFacts,
  type OwnUsage,
} from '../analysis/regional-usage/index.ts';
import type { PeerView } from '../federation/index.ts';
import type { Foundation } from './foundation.ts';

/** Builds the network's usage over the node's own, and starts it. @param peers is asked from then on only */
export async function startRegionalUsage(
  on: Foundation,
  { own, peers }: { own: OwnUsage; peers: () => readonly PeerView[] },
): Promise<RegionalUsage> {
  const { catalogue, config, store, identity, lineage, clock, log, onStop } = on;
  const usage = await RegionalUsage.open({
    section: store.section('regional-usage'),
    own,
    describe: describeOf(on),
    publishCountries: config.usage.publishCountries,
    finalAfterDays: config.usage.windowDays,
    nodes: () => new Map(peers().map((peer) => [peer.node, factsOf(on, peer)])),
    recordsOf: (node) => catalogue.feeds.state(node)?.records ?? 0,
    ownersOf: async (keys) => {
      const places = await Promise.all(keys.map((key) => catalogue.holdings.place(key)));
      return places.map((place) =>
        place === undefined || place.kind === 'dropped' ? undefined : place.node,
      );
    },
    signer: identity,
    clock,
    log,
  });
  await usage.succeed([...stepsTo(lineage, identity.node).keys()]);
  usage.start();
  onStop(() => usage.stop());
  return usage;
}

function factsOf(
  { config, identity, institution }: Foundation,
  { node, name, country, networks }: PeerView,
): NodeFacts {
  const isSelf = node === identity.node;
  return {
    ...(isSelf ? { name: institution.document.name } : name !== undefined && { name }),
    networks: isSelf ? config.networks : networks,
    ...(country !== undefined && { country }),
  };
}

/** What of the own records is told with their use. */
function describeOf({ catalogue }: Pick<Foundation, 'catalogue'>) {
  return async (keys: readonly string[]): Promise<(ItemDescription | undefined)[]> => {
    const holdings = await catalogue.holdings.getMany(keys);
    return holdings.map((holding, i) => {
      const key = keys[i];
      if (holding === undefined || key === undefined) return undefined;
      const names = itemNames(key, holding.identifiers);
      // Of what was withdrawn no title is to be told.
      if (isTombstone(holding)) return { names };
      const title = holding.titles[0]?.value;
      const type = holding.type?.slice(holding.type.lastIndexOf('/') + 1);
      const language = languageOf(holding.languages[0] ?? holding.detected?.language);
      return {
        names,
        ...(title !== undefined && { title }),
        ...(type !== undefined && { type }),
        ...(language !== undefined && { language }),
      };
    });
  };
}

/** The language of a tag (BCP 47), without script and region. */
function languageOf(tag: string | undefined): string | undefined {
  return /^([a-z]{2,3})(?:-|$)/i.exec(tag ?? '')?.[1]?.toLowerCase();
}

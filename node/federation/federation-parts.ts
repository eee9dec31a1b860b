import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { SignatureVerifier, type Fork, type SignedHead } from '../../protocols/heads/index.ts';
import type { NodeId } from '../../vocab/record.ts';
import type { Catalogue } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import type { Section } from '../store/index.ts';
import { Announcements } from './heads/announcements.ts';
import { Announcer } from './heads/announcer.ts';
import { Clocks } from './heads/clocks.ts';
import { Directory } from './heads/directory.ts';
import { Forks } from './heads/forks.ts';
import { HeadExchange } from './heads/head-exchange.ts';
import { HeadIntake } from './heads/head-intake.ts';
import { HeadNews } from './heads/head-news.ts';
import type { FollowRules } from './membership/follow-rules.ts';
import { Following } from './membership/following.ts';
import type { Proofs } from './membership/proofs.ts';
import { Quotas, type Quota } from './membership/quotas.ts';
import type { Network } from './network/network.ts';
import { federationMetrics } from './peers/metrics.ts';
import { PeerViews, type Place } from './peers/peer-view.ts';
import { Refusals } from './peers/refusals.ts';
import type { Reputation } from './peers/reputation.ts';
import { counted, Traffic } from './peers/traffic.ts';
import { Answers } from './replication/answers.ts';
import { CatchUp } from './replication/catch-up.ts';
import { Clients } from './replication/clients.ts';
import { OwnFeed } from './replication/own-feed.ts';
import { Serving } from './replication/serving.ts';
import { UsageExchange } from './usage/usage-exchange.ts';
import { UsageGossip } from './usage/usage-gossip.ts';
import { UsageServing } from './usage/usage-serving.ts';
import { UsageSources } from './usage/usage-sources.ts';
import type { UsageSummaries } from './usage/usage-summaries.ts';
import { UsageWorks } from './usage/usage-works.ts';

export interface FederationOptions {
  catalogue: Catalogue;
  network: Network;
  /** The networks that the node is part of. */
  networks: readonly string[];
  rules: FollowRules;
  quota: Quota;
  proofs: Proofs;
  /** Where proofs of two histories are kept. */
  section: Section;
  usage: UsageSummaries;
  /** Whether the node's key was made just now, as one is unless told: then others know nothing of its feed. */
  isKeyNew?: boolean;
  reputation: Reputation;
  /** Where this node is, if it is to be shown. */
  place?: Place;
  registry: Registry;
  clock: Clock;
  random?: () => number;
  /** How long another node may take to answer; 15 s unless told. */
  answerTimeoutMs?: number;
  log: Logger;
}

/** What federation is made of, each part with those that it needs. What they do together, and when, is in `federation.ts`. */
export interface FederationParts {
  /** The network that it was given, with its bytes counted. */
  network: Network;
  headsTopics: readonly string[];
  usageTopics: readonly string[];
  directory: Directory;
  forks: Forks;
  clocks: Clocks;
  following: Following;
  refusals: Refusals;
  clients: Clients;
  catchUp: CatchUp;
  ownFeed: OwnFeed;
  answers: Answers;
  announcer: Announcer;
  announcements: Announcements;
  headExchange: HeadExchange;
  usageGossip: UsageGossip;
  usageExchange: UsageExchange;
  usageWorks: UsageWorks;
  views: PeerViews;
}

/**
 * @param of.signal aborted while federation is stopped
 * @param of.onHead called with each new head of a node that concerns us
 */
export function federationParts(
  { log, ...options }: FederationOptions,
  of: { signal: () => AbortSignal; onHead: (head: SignedHead) => void },
): FederationParts {
  const { catalogue, networks, proofs, clock, usage, reputation, random = Math.random } = options;
  const { signal, onHead } = of;
  const topics = (subject: string): string[] => networks.map((network) => `/ngr/1/${subject}/${network}`);
  const verifier = new SignatureVerifier();

  const metrics = federationMetrics(options.registry, () => views.all());
  const traffic = new Traffic((kind, direction, bytes) => metrics.bytes.inc({ kind, direction }, bytes));
  const network = counted(options.network, traffic);
  const clients = new Clients({ network, answerTimeoutMs: options.answerTimeoutMs, signal });
  const refusals = new Refusals({ reputation, network, clients, metrics, log });
  const refuse = (node: NodeId, error: unknown): void => refusals.refuse(node, error);

  const hasFeed = (node: NodeId): boolean => catalogue.feeds.state(node) !== undefined;
  const isKept = (node: NodeId): boolean => hasFeed(node) || options.rules.allow.includes(node);
  const directory = new Directory({ clock, isKept });
  const forks = new Forks({ section: options.section, verifier, isHere: hasFeed, log });
  const onFork = (fork: Fork): void => {
    forks.note(fork).catch((error: unknown) => log.error({ err: error }, 'a proof could not be kept'));
  };
  const clocks = new Clocks({ clock, log });
  const quotas = new Quotas({ quota: options.quota, clock });
  const forget = (node: NodeId): Promise<void> => usage.forget(node);
  const following = new Following({ ...options, directory, quotas, forks, forget, log });
  const isFollowed = (node: NodeId): boolean => following.isFollowed(node);
  const concernsUs = (head: SignedHead): boolean => following.concernsUs(head);

  const catchUp = new CatchUp({
    catalogue,
    network,
    clients,
    directory,
    isFollowed,
    quotas,
    refuse,
    onFork,
    onFetched: (entries) => headExchange.nudge(entries),
    metrics,
    clock,
    log,
  });
  const ownFeed = new OwnFeed({
    catalogue,
    clients,
    refuse,
    isKeyNew: options.isKeyNew ?? true,
    clock,
    log,
  });
  const aboutHeads = { catalogue, directory, catchUp, concernsUs, onHead, forks, isFollowed, clock };
  const announcements = new Announcements({ ...aboutHeads, clocks, refuse, metrics, log });
  const announcer = new Announcer({
    catalogue,
    network,
    topics: topics('heads'),
    nodesKnown: () => directory.nodes().length,
    clock,
    metrics,
    log,
  });
  const news = new HeadNews(() => catalogue.feeds.states());
  const intake = new HeadIntake({ ...aboutHeads, news, verifier, ownFeed });
  const headExchange = new HeadExchange({
    catalogue,
    network,
    clients,
    directory,
    news,
    intake,
    ownFeed,
    forks,
    refuse,
    clock,
    random,
    log,
  });

  const sources = new UsageSources({ network, clients, isFollowed, refuse, clock, random });
  const usageExchange = new UsageExchange({ usage, sources, clock });
  const usageWorks = new UsageWorks({ usage, sources, clock, log });
  const usageGossip = new UsageGossip({ usage, network, topics: topics('usage'), sources, clock, log });

  const answers = new Answers({
    directory,
    forks,
    headExchange,
    serving: new Serving({ feeds: catalogue.feeds, clock }),
    usageServing: new UsageServing({ usage, clock }),
    refuse,
    signal,
  });
  const views = new PeerViews({
    catalogue,
    network,
    directory,
    proofs,
    forks,
    reputation,
    clocks,
    traffic,
    follow: (node) => following.of(node),
    place: options.place ?? {},
  });
  return {
    network,
    headsTopics: topics('heads'),
    usageTopics: topics('usage'),
    directory,
    forks,
    clocks,
    following,
    refusals,
    clients,
    catchUp,
    ownFeed,
    answers,
    announcer,
    announcements,
    headExchange,
    usageGossip,
    usageExchange,
    usageWorks,
    views,
  };
}

import type { Logger } from 'pino';
import { buildAssessment } from './assembly/assessing.ts';
import { buildBackups } from './assembly/backing-up.ts';
import { announceWriter, clusterOf } from './assembly/cluster.ts';
import { startCounting } from './assembly/counting.ts';
import { layFoundation, type Foundation } from './assembly/foundation.ts';
import { buildFederating } from './assembly/federating.ts';
import { buildHarvesting } from './assembly/harvesting.ts';
import { startPeople } from './assembly/people.ts';
import { startPlanS } from './assembly/plan-s.ts';
import { startPolicies } from './assembly/policy.ts';
import { buildHealth } from './assembly/health.ts';
import { measureHealth } from './assembly/health-metrics.ts';
import { measureOperation } from './assembly/operation-metrics.ts';
import { readiness } from './assembly/readiness.ts';
import { watchWriting } from './assembly/reopening.ts';
import { startReading } from './assembly/reading.ts';
import { startRegionalUsage } from './assembly/regional-usage.ts';
import { buildOai, buildSite } from './assembly/site.ts';
import { Started } from './assembly/started.ts';
import { startHub, startNotifications } from './assembly/telling.ts';
import { startUsageLogs } from './assembly/usage-logs.ts';
import type { Catalogue } from './catalogue/index.ts';
import { systemClock, type Clock } from './clock.ts';
import type { Config } from './config/index.ts';
import { dashboardRouter } from './dashboard/index.ts';
import { createApp, type HttpParts } from './http/index.ts';
import { PublishedResources } from './publishing/index.ts';
import { apiToken, tellRunning } from './run-files.ts';
import type { StoreError } from './store/index.ts';

export { rotateNodeKey } from './assembly/rotation.ts';

export interface StartOptions {
  log: Logger;
  clock?: Clock;
  /** Called when the store cannot be written any more as it is open, or by another process only: the node has to be ended. */
  onLost?: (error: StoreError) => void;
  /** For one command: the HTTP side on a free loopback port, and neither peers nor a schedule. */
  offline?: boolean;
}

export interface RunningNode {
  /** The address of its HTTP side on this machine. */
  url: string;
  multiaddrs: readonly string[];
  node: string;
  /** For whoever runs the node in their own process. */
  catalogue: Catalogue;
  /** How many changes the readers of the log have still to read, all together. */
  lag(): number;
  stop(): Promise<void>;
}

/**
 * Builds a node from its configuration and starts it: the composition root. With `assembly/`, which holds a group of
 * parts a file, it is the only place that knows all parts.
 *
 * Parts are started in the order in which they need one another and stopped in the opposite one; when one cannot start,
 * those before it are stopped again.
 */
export async function startNode(config: Config, options: StartOptions): Promise<RunningNode> {
  const { log, clock = systemClock, offline = false, onLost = () => undefined } = options;
  const { onStop, stop } = new Started(log);
  try {
    const foundation = await layFoundation(config, { clock, log, offline, onStop, onLost });
    return { ...(await startParts(foundation)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startParts(on: Foundation): Promise<Omit<RunningNode, 'stop'>> {
  const {
    config,
    store,
    identity,
    institution,
    http,
    base,
    catalogue,
    metrics,
    clock,
    log,
    offline,
    onStop,
  } = on;
  const { harvester, imports, fullTexts, fetch } = buildHarvesting(on);
  const { resourceSync, workKeyIndex, usageItems, usedTogether, runners, ...analyses } = await startReading(
    on,
    { fullTexts, fetch },
  );
  const usage = await startCounting(on, { sessions: usedTogether });
  const usageLogs = await startUsageLogs(on, {
    counting: usage,
    refusals: () => usage.refusals(),
    items: usageItems,
    ready: async () => {
      await runners.find(({ name }) => name === usageItems.name)?.caughtUp();
    },
  });
  const notifications = await startNotifications(on);
  const resources = new PublishedResources({ log: resourceSync, clock });
  const websub = await startHub(on, { resources, notifications });
  const regionalUsage = await startRegionalUsage(on, { own: usage, peers: () => federation.peers() });
  const {
    federation,
    lookups,
    elsewhere,
    start: startFederation,
  } = await buildFederating(on, { usage: regionalUsage, workKeyIndex });
  const oai = buildOai(config, { catalogue, index: analyses.index, base, institution, clock });
  measureOperation(metrics, { catalogue, harvester, runners });
  const backups = await buildBackups(on);
  const health = buildHealth(on, { harvester, runners, federation, backups });
  measureHealth(metrics, { health, backups, directory: on.directory });
  const cluster = clusterOf(config);
  const parts: HttpParts = {
    catalogue,
    ...analyses,
    usage,
    usageLogs,
    regionalUsage,
    usageSites: config.usage.sites,
    counter: config.usage,
    usageItems,
    federation,
    lookups,
    elsewhere,
    policies: await startPolicies(on, federation),
    harvester,
    imports,
    notifications,
    ngrBehaviours: buildAssessment(on),
    planS: await startPlanS(on, {
      metadata: analyses.metadataAssessment,
      institution: () => institution.document,
    }),
    oai,
    resources,
    websub,
    institution,
    site: buildSite(config, {
      base,
      node: identity.node,
      lineage: on.lineage,
      version: on.version,
      institution,
    }),
    cluster,
    health: {
      ready: () => readiness({ store, catalogue, runners }),
      report: () => health.report(),
    },
    metrics,
    backups,
    apiToken: await apiToken(config.data),
    ...(await startPeople(on)),
    readers: () => runners.map(({ name, cursor, lag }) => ({ name, cursor, lag })),
    clock,
    log,
  };
  const app = createApp(parts, (shared) => [dashboardRouter(shared)]);
  const answer = app.callback();
  http.serve((request, response) => void answer(request, response));
  await startFederation();
  if (!offline) await announceWriter(on, cluster);
  if (!offline) {
    health.start();
    onStop(() => health.stop());
  }
  if (!offline) await harvester.start();
  if (!offline) watchWriting(on);
  onStop(() => harvester.stop());
  if (!offline) onStop(await tellRunning(config.data, http.url));
  return {
    url: http.url,
    multiaddrs: federation.multiaddrs,
    node: identity.node,
    catalogue,
    lag: () => runners.reduce((sum, runner) => sum + runner.lag, 0),
  };
}

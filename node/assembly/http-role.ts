import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { systemClock, type Clock } from '../clock.ts';
import { ConfigError, installation, type Config } from '../config/index.ts';
import { Health, storeCheck } from '../health/index.ts';
import {
  createReadingApp,
  Forwarding,
  listen,
  syncChannels,
  ViewsForWriter,
  WriterCalls,
  WritersBeside,
  type ReadParts,
  type Writer,
} from '../http/index.ts';
import { openStoreToRead, StoreError, type ReadStore } from '../store/index.ts';
import { startTracing } from '../telemetry/index.ts';
import { Following, type Look } from './following.ts';
import { placeOfData } from './foundation.ts';
import { followingCheck, measureFollowing, readinessToRead, writerCheck } from './http-role-health.ts';
import { openRows } from './http-role-rows.ts';
import { buildOai, buildSite } from './site.ts';
import { Started, type OnStop } from './started.ts';

const WRITER_EVERY_MS = 1_000;

/** After these nothing can be read any more by this version: the process has to end, and its supervisor starts the next one. */
const OTHER_VERSION = new Set(['STORE_TOO_NEW', 'STORE_TOO_OLD', 'STORE_OTHER_VERSION', 'STORE_DAMAGED']);

export interface RunningHttpRole {
  /** The address of its HTTP side on this machine. */
  url: string;
  multiaddrs: readonly string[];
  stop(): Promise<void>;
}

/**
 * Builds a process of the role `http` and starts it: the composition root beside `startNode`. It reads the rows that the node writes
 * into the same database, answers from them, and hands to the node what it cannot answer. It has neither the node's key nor the right to
 * write, and keeps nothing on its disk.
 */
export async function startHttpRole(
  config: Config,
  {
    log,
    clock = systemClock,
    onLost = () => undefined,
  }: { log: Logger; clock?: Clock; onLost?: (error: StoreError) => void },
): Promise<RunningHttpRole> {
  const { onStop, stop } = new Started(log);
  try {
    return { ...(await startParts(config, { log, clock, onStop, onLost })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function needsDatabase(): ConfigError {
  return new ConfigError(
    'CONFIG_ROLE_NEEDS_DATABASE',
    'The role "http" is for processes beside a node with its records in a PostgreSQL; an embedded store is open to one process alone.',
    'Set "store" to that database ("ngr store copy" brings the records there), or start without --role http. docs/store.md',
  );
}

interface Running {
  log: Logger;
  clock: Clock;
  onStop: OnStop;
  onLost: (error: StoreError) => void;
}

async function startParts(
  config: Config,
  { log, clock, onStop, onLost }: Running,
): Promise<Omit<RunningHttpRole, 'stop'>> {
  if (config.store === undefined) throw needsDatabase();
  const { version } = installation();
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const collector = config.telemetry.traces;
  onStop(await startTracing({ collector, version, env: process.env, registry: metrics, log }));
  const { place } = await placeOfData(config);
  const store = await openStoreToRead(place, { clock });
  onStop(() => store.close());
  const { catalogue, works, announcements, looks, ...rows } = await openRows(store, { config, clock });
  const http = await listen(config.http.host, config.http.port);
  onStop(() => http.close());

  const writer = await watchWriter(store);
  const following = new Following({
    looks: [...looks, writer.look].map((look) => endedBy(look, onLost)),
    clock,
    log,
  });
  const calls = new WriterCalls({ writer: writer.now, fetch });
  const views = new ViewsForWriter({ calls, clock, metrics });
  const forwarding = new Forwarding({ writer: writer.now, trustProxy: config.http.trustProxy, metrics });
  const { base, node } = catalogue;
  const { institution, index, resources } = rows;
  const site = buildSite(config, { base, node, version, institution });
  const checks = [
    storeCheck({ read: () => store.requireFormat(), clock }),
    writerCheck(writer.now),
    followingCheck(following),
  ];
  const health = new Health({ checks, clock, log });
  measureFollowing(metrics, { catalogue, writer: writer.now });
  const parts: ReadParts = {
    ...rows,
    catalogue,
    duplicates: works,
    notifications: { announcements },
    oai: buildOai(config, { catalogue, index, base, institution, clock }),
    websub: config.websub.enabled
      ? {
          channels: syncChannels({
            hub: `${base}/websub`,
            resources,
            site,
            notifications: { announcements },
          }),
        }
      : undefined,
    beside: new WritersBeside({ calls }),
    usage: views,
    site,
    health: { ready: () => readinessToRead(health), report: () => health.report() },
    metrics,
    clock,
    log,
  };
  const app = createReadingApp(parts, (ctx) => forwarding.answer(ctx));
  const answer = app.callback();
  http.serve((request, response) => void answer(request, response));
  onStop(() => forwarding.stop());
  following.start();
  onStop(() => following.stop());
  views.start();
  onStop(() => views.stop());
  health.start();
  onStop(() => health.stop());
  return { url: http.url, multiaddrs: [] };
}

/** Knows where the writer is, from the lease. As long as the database does not answer, the last one is taken to be it. */
async function watchWriter(store: ReadStore): Promise<{ now: () => Writer | undefined; look: Look }> {
  let writer: Writer | undefined;
  const look = async (): Promise<void> => {
    const holder = await store.holder();
    writer = holder === undefined || holder.url === '' ? undefined : holder;
  };
  await look();
  return { now: () => writer, look: { name: 'writer', everyMs: WRITER_EVERY_MS, look } };
}

function endedBy({ look, ...rest }: Look, onLost: (error: StoreError) => void): Look {
  return {
    ...rest,
    look: async () => {
      await look().catch((error: unknown) => {
        if (error instanceof StoreError && OTHER_VERSION.has(error.code)) onLost(error);
        throw error;
      });
    },
  };
}

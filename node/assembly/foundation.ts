import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { stepsTo, type Lineage } from '../../protocols/heads/index.ts';
import { Catalogue, CheckerThread, storedBase, storedNode } from '../catalogue/index.ts';
import type { Clock } from '../clock.ts';
import { installation, type Config, type SourceConfig } from '../config/index.ts';
import { listen, type HttpServer } from '../http/index.ts';
import { Identity, IdentityError, readLineage } from '../identity/index.ts';
import { Institution, mailOf } from '../institution/index.ts';
import { importSources } from '../imports/index.ts';
import {
  inSchema,
  makeDirectory,
  openError,
  openStore,
  type Store,
  type StoreError,
} from '../store/index.ts';
import { startTracing, type TracingOptions } from '../telemetry/index.ts';
import { tellMigration } from './migrating.ts';
import { startSample } from './sample.ts';
import type { OnStop } from './started.ts';

/** What every part of a node stands on. */
export interface Foundation {
  config: Config;
  /** The records of the sample are kept apart, so that nothing of them is left when the institution's own come. */
  directory: string;
  store: Store;
  identity: Identity;
  /** The ids that it had before. */
  lineage: Lineage;
  http: HttpServer;
  /** The base URL of the node's records, without a slash at its end. */
  base: string;
  /** What the node says of the institution. */
  institution: Institution;
  catalogue: Catalogue;
  metrics: Registry;
  /** All that is harvested: what is configured, the bundled repository where there is nothing else, and the files that were handed over. */
  sources: readonly SourceConfig[];
  /** Of these, the files: each lot is one. */
  imported: readonly SourceConfig[];
  /** Whether it is the bundled repository that is harvested. */
  isSample: boolean;
  version: string;
  /** How the node calls itself in its requests. */
  userAgent: string;
  /** One command only: no peers, no schedule, nothing sent. */
  offline: boolean;
  clock: Clock;
  log: Logger;
  /** What ends a part that was started; the last one started is ended first. */
  onStop: OnStop;
  /** Called when the node cannot go on with its store as it is open, and has to be ended. */
  onLost: (error: StoreError) => void;
}

/** Opens the data directory and the port. @throws StoreError, HttpError or ConfigError where one cannot be had */
export async function layFoundation(
  config: Config,
  running: Pick<Foundation, 'clock' | 'log' | 'offline' | 'onStop' | 'onLost'>,
): Promise<Foundation> {
  const { clock, log, offline, onStop, onLost } = running;
  const metrics = new Registry();
  const { version } = installation();
  onStop(await startTracing({ ...tracesOf(config, offline), version, registry: metrics, log }));
  const { imported, sampleName, directory, place } = await placeOfData(config);
  await makeDirectory(directory).catch((cause: unknown) => {
    throw openError(directory, cause);
  });
  const store = await openStore(place, { progress: tellMigration({ log, clock }), clock, onLost });
  onStop(() => store.close());
  const identity = await identityIn(directory, store);
  const lineage = await readLineage(directory, identity.node);
  const http = await listen(offline ? '127.0.0.1' : config.http.host, offline ? 0 : config.http.port);
  onStop(() => http.close());

  const base = await baseUrl(config, store, http.url, log);
  const institution = await Institution.open({
    section: store.section('institution'),
    defaults: { name: config.name, contact: config.contact },
    clock,
  });
  const catalogue = await Catalogue.open({
    section: store.section('catalogue'),
    signer: identity,
    base,
    name: institution.document.name,
    networks: config.networks,
    predecessors: [...stepsTo(lineage, identity.node).keys()],
    checker: new CheckerThread({ clock }),
    clock,
  });
  onStop(() => catalogue.close());
  collectDefaultMetrics({ register: metrics });
  const sample =
    sampleName === undefined ? undefined : await startSample(sampleName, store.section('sample'), onStop);
  const mail = mailOf(institution.document) ?? config.contact;
  return {
    ...running,
    config,
    directory,
    store,
    identity,
    lineage,
    http,
    base,
    institution,
    catalogue,
    metrics,
    sources: [...config.sources, ...(sample === undefined ? [] : [sample]), ...imported],
    imported,
    isSample: sample !== undefined,
    version,
    userAgent: `NGR-Node/${version} (+${mail === undefined ? base : `mailto:${mail}`})`,
  };
}

/**
 * The node's key. A new one is made where nothing is signed yet, and only there: in the place of one that is missing it would be in the
 * way of the right one.
 *
 * @throws IdentityError `IDENTITY_MISSING`, and those of `Identity.load`
 */
async function identityIn(directory: string, store: Store): Promise<Identity> {
  const file = join(directory, 'identity.pem');
  const signedBy = await storedNode(store.section('catalogue'));
  const isThere = await access(file).then(
    () => true,
    (error: NodeJS.ErrnoException) => error.code !== 'ENOENT',
  );
  if (signedBy === undefined || isThere) return await Identity.load(file);
  throw new IdentityError(
    'IDENTITY_MISSING',
    `The records here were signed with the key of ${signedBy}, and there is none in ${file}.`,
    {
      remedy:
        'Put your copy of it back: "ngr identity import FILE". If there is none, run "ngr rotate-key --lost"; docs/identity.md tells what follows.',
    },
  );
}

/** One command alone tells nothing of itself. */
function tracesOf({ telemetry }: Config, offline: boolean): Pick<TracingOptions, 'collector' | 'env'> {
  return offline ? { collector: undefined, env: {} } : { collector: telemetry.traces, env: process.env };
}

function placeOfStore({ store }: Config, sampleName: string | undefined, directory: string): string {
  if (store === undefined) return directory;
  return sampleName === undefined ? store : inSchema(store, 'sample');
}

/** Where the node's key lies, and its store: those of the bundled sample by themselves. */
export async function placeOfData(config: Config): Promise<{
  imported: SourceConfig[];
  sampleName: string | undefined;
  directory: string;
  /** Of the store: the directory, or a URL. */
  place: string;
}> {
  const imported = await importSources(config.data);
  const sampleName = imported.length === 0 ? config.sample : undefined;
  const directory = sampleName === undefined ? config.data : join(config.data, 'sample');
  return { imported, sampleName, directory, place: placeOfStore(config, sampleName, directory) };
}

/**
 * The base URL of the node's records: as configured; else the one they have already, since addresses are not to change;
 * else the address on this machine.
 */
async function baseUrl(config: Config, store: Store, local: string, log: Logger): Promise<string> {
  if (config.baseUrl !== undefined) return config.baseUrl;
  const known = await storedBase(store.section('catalogue'));
  if (known !== undefined && known !== local) {
    log.info(
      { base: known, listens: local },
      'records keep the addresses that they were given at the first start',
    );
  }
  return known ?? local;
}

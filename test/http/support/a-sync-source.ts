import { buffer } from 'node:stream/consumers';
import { fromBufferPromise } from 'yauzl';
import { recordJsonLd } from '../../../node/http/index.ts';
import { resourceSyncRouter } from '../../../node/http/routers/resourcesync/index.ts';
import { PublishedResources, ResourceSyncLog } from '../../../node/publishing/index.ts';
import type { HarvestedRecord, ReaderRunner } from '../../../node/catalogue/index.ts';
import { parseDocument, type SyncDocument } from '../../../protocols/resourcesync/index.ts';
import { aPut } from '../../support/builders.ts';
import { aCatalogue, type TestCatalogue } from '../../support/test-catalogue.ts';
import { TestClock } from '../../support/test-clock.ts';
import { aRouter, type TestRouter } from './a-router.ts';

export const base = 'https://node.example';
export const under = `${base}/resourcesync`;
export const MINUTE = 60_000;
export const DAY = 86_400_000;

/** What resources are cut by. */
export interface Sizes {
  listSize?: number;
  packageSize?: number;
  mostPackages?: number;
  keptDays?: number;
  blockSize?: number;
}

/** A node's ResourceSync over a real catalogue with its reader, listening on loopback. */
export class SyncSource {
  readonly clock = new TestClock(Date.UTC(2026, 0, 1));
  readonly resources: PublishedResources;
  readonly test: TestCatalogue;
  readonly http: TestRouter;
  readonly #runner: ReaderRunner;

  private constructor(parts: {
    clock: TestClock;
    resources: PublishedResources;
    test: TestCatalogue;
    http: TestRouter;
    runner: ReaderRunner;
  }) {
    this.clock = parts.clock;
    this.resources = parts.resources;
    this.test = parts.test;
    this.http = parts.http;
    this.#runner = parts.runner;
  }

  static async open(sizes: Sizes = {}): Promise<SyncSource> {
    const clock = new TestClock(Date.UTC(2026, 0, 1));
    const test = await aCatalogue({ clock, base });
    const { keptDays, blockSize, ...cuts } = sizes;
    const log = new ResourceSyncLog({
      catalogue: test.catalogue,
      render: (record) => recordJsonLd(record, { base }),
      ...(keptDays !== undefined && { keptDays }),
      ...(blockSize !== undefined && { blockSize }),
    });
    const runner = await test.run(log);
    const resources = new PublishedResources({ log, clock });
    const http = await aRouter(resourceSyncRouter({ resources, site: { base }, ...cuts }));
    return new SyncSource({ clock, resources, test, http, runner });
  }

  /** Puts records a minute apart. @returns their IRIs */
  async put(...numbers: number[]): Promise<string[]> {
    const iris: string[] = [];
    for (const n of numbers) iris.push(await this.putWith(n));
    return iris;
  }

  async putWith(n: number, parts: Partial<HarvestedRecord> = {}): Promise<string> {
    this.clock.advance(MINUTE);
    const title = `Title ${this.clock.now()}`;
    const [result] = await this.test.catalogue.put([aPut(n, { titles: [{ value: title }], ...parts })]);
    await this.#runner.caughtUp();
    return `${base}/records/${result?.key}`;
  }

  async withdraw(n: number): Promise<void> {
    this.clock.advance(MINUTE);
    const oaiIdentifier = `oai:repository.example:${n}`;
    await this.test.catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'An error.' }]);
    await this.#runner.caughtUp();
  }

  async caughtUp(): Promise<void> {
    await this.#runner.caughtUp();
  }

  async get(address: string, options?: RequestInit): Promise<Response> {
    return await this.http.request(address.replace(base, ''), options);
  }

  async text(address: string): Promise<string> {
    return await (await this.get(address)).text();
  }

  /** A document, read by our own parser. */
  async read(address: string): Promise<SyncDocument> {
    const response = await this.get(address);
    if (response.status !== 200) throw new Error(`${address}: ${response.status}`);
    return parseDocument(await response.text());
  }

  async bytes(address: string, options?: RequestInit): Promise<Buffer> {
    return Buffer.from(await (await this.get(address, options)).arrayBuffer());
  }

  async close(): Promise<void> {
    await this.http.close();
    await this.test.close();
  }
}

export const locsOf = ({ entries }: SyncDocument): string[] => entries.map(({ loc }) => loc);

/** A package as a common library reads it: the manifest, and the members by their names. */
export async function unzip(
  bytes: Buffer,
): Promise<{ manifest: SyncDocument; members: Map<string, Buffer> }> {
  const zip = await fromBufferPromise(bytes);
  const members = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    members.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  const manifest = parseDocument(members.get('manifest.xml')?.toString() ?? '');
  members.delete('manifest.xml');
  return { manifest, members };
}

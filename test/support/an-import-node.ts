import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Router from '@koa/router';
import type { Catalogue } from '../../node/catalogue/index.ts';
import { systemClock } from '../../node/clock.ts';
import { Harvester } from '../../node/harvest/index.ts';
import { Accounts } from '../../node/accounts/index.ts';
import { callers } from '../../node/http/routers/api/callers.ts';
import { issueRoutes } from '../../node/http/routers/api/issues.ts';
import { toldSource } from '../../node/http/routers/api/harvest.ts';
import { importRoutes } from '../../node/http/routers/api/imports.ts';
import { Imports, importSources, type ImportsOptions } from '../../node/imports/index.ts';
import { keyOfIri } from '../../vocab/record-key.ts';
import { isTombstone } from '../../vocab/record.ts';
import { aRouter, type TestRouter } from '../http/support/a-router.ts';
import { aCatalogue, silentLog, type TestCatalogue } from './test-catalogue.ts';
import { loopbackFetch } from './test-harvest.ts';
import { stages } from './harvest-stages.ts';

const HOUR = 3_600_000;

/** As much of a node as imports need, with the data directory by which commands find it. */
export interface ImportNode {
  readonly data: string;
  readonly url: string;
  readonly catalogue: Catalogue;
  readonly harvester: Harvester;
  readonly imports: Imports;
  readonly faults: unknown[];
  request(method: string, path: string, options?: RequestInit): Promise<Response>;
  /** Resolves when no harvest is going on. */
  idle(): Promise<void>;
  /** Titles by OAI identifiers, or what kind of tombstone it is. */
  content(): Promise<Record<string, string>>;
  /** Ends the node and starts it again on the same data. */
  restart(): Promise<ImportNode>;
  close(): Promise<void>;
}

export async function anImportNode(
  options: Partial<Pick<ImportsOptions, 'taken' | 'freeSpace'>> = {},
  before?: TestCatalogue,
): Promise<ImportNode> {
  // Times of files are those of the machine.
  const test = before ?? (await aCatalogue({ clock: systemClock }));
  const { catalogue, clock, directory: data } = test;
  const harvester = new Harvester({
    sources: await importSources(data),
    stages,
    catalogue,
    section: test.store.section('harvest'),
    fetch: loopbackFetch([]),
    clock,
    log: silentLog,
    intervalMs: HOUR,
  });
  await harvester.start();
  const imports = new Imports({ taken: [], ...options, data, harvester, log: silentLog });
  const router = new Router();
  const accounts = await Accounts.open({ section: test.store.section('accounts'), clock, log: silentLog });
  router.use('/api', callers({ apiToken: 'secret', accounts }));
  router.get('/api/harvest', (ctx) => {
    ctx.body = { sources: harvester.state().map(toldSource) };
  });
  issueRoutes(router, { harvester, catalogue });
  importRoutes(router, { imports, harvester, site: { base: 'https://node.example' } });
  const http: TestRouter = await aRouter(router);
  await writeFile(join(data, 'api-token'), 'secret\n');
  await writeFile(join(data, 'node.json'), JSON.stringify({ pid: process.pid, url: http.url }));

  const stop = async (): Promise<void> => {
    await harvester.stop();
    await http.close();
  };
  return {
    data,
    url: http.url,
    catalogue,
    harvester,
    imports,
    faults: http.faults,
    request: (method, path, { headers, ...rest } = {}) =>
      http.request(path, {
        method,
        headers: { authorization: 'Bearer secret', ...(headers as Record<string, string> | undefined) },
        ...rest,
      }),
    // Joins what is going on.
    idle: async () => {
      await harvester.run();
    },
    content: () => contentOf(catalogue),
    restart: async () => {
      await stop();
      return await anImportNode(options, await test.reopen());
    },
    close: async () => {
      await stop();
      await test.close();
    },
  };
}

async function contentOf(catalogue: Catalogue): Promise<Record<string, string>> {
  const content: Record<string, string> = {};
  for await (const entry of catalogue.feeds.entries(catalogue.node)) {
    const holding = await catalogue.holdings.get(keyOfIri(entry.record) ?? '');
    if (holding === undefined) throw new Error(`no holding for ${entry.record}`);
    content[holding.oaiIdentifier] = isTombstone(holding)
      ? holding.tombstone.kind
      : (holding.titles[0]?.value ?? '');
  }
  return content;
}

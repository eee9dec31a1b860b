import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { resolveConfig } from '../../node/config/index.ts';
import { startNode } from '../../node/main.ts';
import { anOldDataDirectory } from '../store/migrations/an-old-store.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { until } from '../support/until.ts';

describe('a node that is started with the data of an earlier format', () => {
  for (const format of [1, 2, 3] as const) {
    it(`has all that it had with format ${format}, and goes on`, async () => {
      const directory = await anOldDataDirectory(format);
      const { sample: _, ...config } = resolveConfig({
        env: {},
        flags: { data: directory, baseUrl: 'https://old.example' },
        cwd: directory,
      });
      // Nobody is there to prove whose feed it is.
      const follow = { ...config.follow, proof: 'shown' } as const;
      const networks = ['default', 'test'];
      const node = await startNode({ ...config, follow, networks }, { log: silentLog, offline: true });
      try {
        await until('the readers have caught up', () => node.lag() === 0);
        const ask = async (path: string): Promise<{ status: number; text: string }> => {
          const token = (await readFile(join(directory, 'api-token'), 'utf8')).trim();
          const headers = {
            accept: 'application/ld+json, application/json',
            authorization: `Bearer ${token}`,
          };
          const response = await fetch(node.url + path, { headers });
          return { status: response.status, text: await response.text() };
        };
        expect((await ask('/health/ready')).status).to.equal(200);
        expect(JSON.parse((await ask('/api/status')).text)).to.deep.include({ records: { own: 4, held: 7 } });
        expect((await ask('/search?q=repositories')).text).to.include('The growth of repositories, revised');
        expect(
          (await ask('/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:repository.example:1')).text,
        ).to.include('Open access in Brazil');
        const { outcome } = (
          await node.catalogue.put([
            {
              type: 'delete',
              oaiIdentifier: 'oai:repository.example:3',
              datestamp: '2026-12-01',
              reason: 'gone',
            },
          ])
        )[0] ?? { outcome: undefined };
        expect(outcome).to.equal('deleted');
        expect(node.catalogue.head).to.include({ seq: 10, live: 6 });
      } finally {
        await node.stop();
        await rm(directory, { recursive: true });
      }
    });
  }
});

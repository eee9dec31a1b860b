import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { Harvester } from '../../node/harvest/index.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';
import { HOUR, loopbackFetch } from '../support/test-harvest.ts';
import { stages } from '../support/harvest-stages.ts';

describe('the log of a harvest', () => {
  let test: TestCatalogue;
  let path: string;
  beforeEach(async () => {
    test = await aCatalogue();
    path = await mkdtemp(join(tmpdir(), 'ngr-log-'));
  });
  afterEach(async () => {
    await test.close();
    await rm(path, { recursive: true });
  });

  it('names the source once', async () => {
    await writeFile(join(path, 'a.csv'), 'id,title\n1,First\n');
    const lines: string[] = [];
    const harvester = new Harvester({
      sources: [{ name: 'theses', type: 'files', path }],
      stages,
      catalogue: test.catalogue,
      section: test.store.section('harvest'),
      fetch: loopbackFetch([]),
      clock: test.clock,
      log: pino({}, { write: (line: string) => lines.push(line) }),
      intervalMs: HOUR,
    });
    await harvester.run();
    await harvester.stop();
    const [line = ''] = lines.filter((one) => one.includes('"harvested"'));
    expect(line.match(/"source":/g)).to.have.length(1);
    expect(JSON.parse(line)).to.include({ source: 'theses', outcome: 'complete', created: 1 });
  });
});

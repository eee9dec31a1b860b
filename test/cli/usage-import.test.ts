import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Router from '@koa/router';
import { expect } from 'chai';
import { usageLogRoutes } from '../../node/http/routers/api/usage-logs.ts';
import { UsageImports } from '../../node/usage-logs/usage-imports.ts';
import { aRouter, type TestRouter } from '../http/support/a-router.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { TestClock } from '../support/test-clock.ts';
import { logLines, NotedCounting } from '../usage-logs/support/noted-counting.ts';
import { typed, type Typed } from './typed.ts';

describe('ngr usage import', () => {
  let folder: string;
  let http: TestRouter;
  let counting: NotedCounting;
  let imports: UsageImports;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ngr-usage-import-'));
    counting = new NotedCounting();
    imports = new UsageImports({
      log: silentLog,
      counting,
      clock: new TestClock(),
      ready: () => Promise.resolve(),
      finderOf: () => ({
        generation: 1,
        find: (lists) =>
          Promise.resolve(
            lists.map((names) =>
              names.includes('hdl:10029/1') ? { key: 'abcdefghijklmnopqrst' } : 'unknown',
            ),
          ),
      }),
    });
    const router = new Router();
    usageLogRoutes(router, { usageLogs: { state: () => [], imports } });
    http = await aRouter(router);
    await writeFile(join(folder, 'api-token'), 'secret\n');
    await writeFile(join(folder, 'node.json'), JSON.stringify({ pid: process.pid, url: http.url }));
  });

  afterEach(async () => {
    imports.stop();
    await http.close();
    await rm(folder, { recursive: true });
  });

  const ngr = (...words: string[]): Promise<Typed> =>
    typed(['usage', 'import', ...words, '--data', folder], { cwd: folder });

  it('counts what is in logs, packed or not, and says what became of the lines', async () => {
    await writeFile(join(folder, 'a.log'), logLines(0, 10));
    await writeFile(join(folder, 'b.log.gz'), gzipSync(logLines(10, 20) + logLines(20, 23, '/x.css')));
    const { exitCode, stdout, stderr } = await ngr('a.log', 'b.log.gz', '--repository', 'dspace-6');
    expect(stderr).to.equal('');
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(/^23 lines of 2 files read\.\n/);
    expect(stdout)
      .to.match(/Counted +20\n/)
      .and.to.match(/No item, or no successful request +3\n/);
    expect(counting.seconds.length).to.equal(20);
    expect(http.faults).to.deep.equal([]);
  });

  it('reads a file of several parts', async () => {
    await writeFile(join(folder, 'long.log'), logLines(0, 40_000));
    const { exitCode } = await ngr('long.log', '--repository', 'dspace-6', '--json');
    expect(exitCode).to.equal(0);
    expect(counting.given).to.equal(40_000);
  });

  it('gives a month anew', async () => {
    await writeFile(join(folder, 'a.log'), logLines(0, 10));
    await ngr('a.log', '--repository', 'dspace-6', '--restate', '2026-11');
    expect(counting.restated?.days).to.have.length(30);
    expect(counting.restated?.events).to.have.length(10);
  });

  it('fails where nothing of all lines is a use', async () => {
    await writeFile(join(folder, 'a.log'), logLines(0, 10, '/elsewhere'));
    const { exitCode, stdout } = await ngr('a.log', '--repository', 'dspace-6', '--json');
    expect(exitCode).to.equal(1);
    expect(JSON.parse(stdout)).to.have.nested.property('figures.passedOver', 10);
  });

  it('tells a file that is cut off', async () => {
    const packed = gzipSync(logLines(0, 5_000));
    await writeFile(join(folder, 'a.log.gz'), packed.subarray(0, packed.length - 900));
    const { exitCode, stdout } = await ngr('a.log.gz', '--repository', 'dspace-6');
    expect(exitCode).to.equal(1);
    expect(stdout).to.include('a.log.gz is cut off or damaged; what stands before was counted.');
  });

  it('wants to know what the paths mean', async () => {
    await writeFile(join(folder, 'a.log'), logLines(0, 1));
    const { exitCode, stderr } = await ngr('a.log');
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('--repository');
  });

  it('tells what the node refuses', async () => {
    await writeFile(join(folder, 'a.log'), logLines(0, 1));
    const { exitCode, stderr } = await ngr('a.log', '--repository', 'ojs', '--restate', 'March');
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('names no days');
  });
});

describe('/api/usage/imports', () => {
  const request = async (path: string, method: string, body?: string): Promise<Response> => {
    const router = new Router();
    const imports = new UsageImports({
      log: silentLog,
      counting: new NotedCounting(),
      clock: new TestClock(),
      ready: () => Promise.resolve(),
      finderOf: () => ({ generation: 1, find: (lists) => Promise.resolve(lists.map(() => 'unknown')) }),
    });
    usageLogRoutes(router, { usageLogs: { state: () => [], imports } });
    const http = await aRouter(router);
    try {
      const headers = { 'content-type': 'application/json' };
      return await http.request(path, { method, headers, ...(body !== undefined && { body }) });
    } finally {
      await http.close();
    }
  };

  for (const [path, method, body, status] of [
    ['/api/usage/imports/none', 'GET', undefined, 404],
    ['/api/usage/imports/none', 'POST', '{}', 404],
    ['/api/usage/imports/none/a.log', 'PUT', 'x', 404],
    ['/api/usage/imports', 'POST', '{"format":"pdf"}', 400],
    ['/api/usage/imports', 'POST', '{"siteUrl":"file:///etc/passwd"}', 400],
    ['/api/usage/imports', 'POST', '{"format":"combined","repository":"ojs"}', 201],
    ['/api/usage/logs', 'GET', undefined, 200],
  ] as const)
    it(`answers ${method} ${path} ${body ?? ''} with ${status}`, async () =>
      expect((await request(path, method, body)).status).to.equal(status));
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import type { HarvestIssue } from '../../../../node/harvest/index.ts';
import { failureOf } from '../../../../node/harvest/failure.ts';
import { OutboundError } from '../../../../node/outbound/index.ts';
import { OaiError } from '../../../../protocols/oai-pmh/index.ts';
import { aHarvest, aSource, HOUR, type TestHarvest } from '../../../support/test-harvest.ts';

describe('what is wrong with a repository', () => {
  let test: TestHarvest;
  let before: Server | undefined;
  beforeEach(async () => {
    test = await aHarvest();
    for (let n = 1; n <= 20; n += 1) test.repository.put(n);
  });
  afterEach(async () => {
    before?.closeAllConnections();
    before?.close();
    before = undefined;
    await test.close();
  });

  async function issuesAfterRun(full = false): Promise<HarvestIssue[]> {
    expect((await test.harvester.run({ full }))[0]).to.include({ outcome: 'complete' });
    return await test.harvester.issues({ limit: 100 });
  }

  async function theIssue(): Promise<HarvestIssue | undefined> {
    const issues = await issuesAfterRun();
    expect(issues, JSON.stringify(issues)).to.have.length(1);
    expect(issues[0]?.remedy).to.match(/\w/);
    // It is of the source as a whole, not of one page of its list.
    expect(issues[0]).not.to.have.property('place');
    return issues[0];
  }

  async function isMended(): Promise<void> {
    test.clock.advance(HOUR);
    expect(await issuesAfterRun(true)).to.deep.equal([]);
  }

  it('is nothing, with one that is in order', async () => {
    expect(await issuesAfterRun()).to.deep.equal([]);
  });

  it('may be that it has moved: requests are sent on', async () => {
    const { url } = test.repository;
    before = createServer((request, response) => {
      response.writeHead(301, { location: url + (request.url ?? '').replace(/^[^?]*/, '') }).end();
    });
    await new Promise<void>((resolve) => before?.listen(0, '127.0.0.1', resolve));
    const old = `http://127.0.0.1:${(before.address() as AddressInfo).port}/old`;
    test.repository.identify = { baseUrl: old };
    await test.reopen([aSource(old), aSource(url, { name: 'new' })]);
    await test.harvester.run({ source: 'test' });
    const [issue] = await test.harvester.issues({ limit: 10 });
    expect(issue).to.include({ code: 'HARVEST_ENDPOINT_MOVED', severity: 'warning' });
    expect(issue?.message).to.equal(`Requests to ${old} are sent on to ${url}.`);
  });

  it('may be that it gives another address as its own', async () => {
    test.repository.identify = { baseUrl: 'https://elsewhere.example/oai' };
    expect(await theIssue()).to.include({ code: 'HARVEST_OTHER_BASE_URL', severity: 'info' });
    test.repository.identify = { baseUrl: `${test.repository.url}/`.toUpperCase() };
    await isMended();
  });

  it('may be that it is slow', async () => {
    test.repository.spoil = (_answer, { verb, page }) => {
      // Not the first page alone: a cache that is cold is no trouble.
      if (verb === 'ListRecords') test.clock.advance(page === 1 ? 50_000 : 12_000);
      return undefined;
    };
    const issue = await theIssue();
    expect(issue).to.include({ code: 'OAI_SLOW', severity: 'warning' });
    expect(issue?.message).to.include('12 s');
    test.repository.spoil = () => undefined;
    await isMended();
  });

  it('may be that robots.txt closes it; it is harvested nevertheless', async () => {
    test.repository.robots = 'User-agent: *\nDisallow: /oai\n';
    expect(await theIssue()).to.include({ code: 'OAI_ROBOTS', severity: 'warning' });
    expect(Object.keys(await test.content())).to.have.length(20);
    test.repository.robots = 'User-agent: *\nDisallow: /admin\n';
    test.clock.advance(24 * HOUR);
    await isMended();
  });

  it('may be that it does not keep record of deletions', async () => {
    test.repository.identify = { deletedRecord: 'no' };
    expect(await theIssue()).to.include({ code: 'OAI_NO_DELETIONS', severity: 'info' });
    test.repository.identify = {};
    await isMended();
  });

  it('may be that its earliest date is not the earliest', async () => {
    test.repository.identify = { earliestDatestamp: '2025-06-01T00:00:00Z' };
    test.repository.put(1, 'An old one', '2025-05-31T23:59:59Z');
    const issue = await theIssue();
    expect(issue).to.include({ code: 'OAI_EARLIEST_WRONG', severity: 'info' });
    expect(issue?.message).to.include('2025-05-31T23:59:59Z');
    test.repository.identify = {};
    await isMended();
  });

  it('may be that it announces fewer records than it sends', async () => {
    test.repository.spoil = (answer) => ({
      body: answer.replaceAll('completeListSize="20"', 'completeListSize="5"'),
    });
    const issues = await issuesAfterRun();
    expect(issues.map(({ code, severity }) => [code, severity])).to.deep.equal([['OAI_LIST_LONG', 'info']]);
  });

  it('may be that it answers in another encoding than it has to', async () => {
    test.repository.put(5, 'Über die Bücher');
    test.repository.spoil = (answer) => ({
      headers: { 'content-type': 'text/xml; charset=iso-8859-1' },
      body: Buffer.from(answer, 'latin1'),
    });
    const issue = await theIssue();
    expect(issue).to.include({ code: 'OAI_NOT_UTF8', severity: 'info' });
    expect(issue?.message).to.include('windows-1252');
    expect(await test.content()).to.include({ 5: 'Über die Bücher' });
    test.repository.spoil = () => undefined;
    await isMended();
  });

  describe('may be its granularity', () => {
    it('where it says seconds, and means days: it is asked by days, and misses nothing', async () => {
      for (let n = 1; n <= 20; n += 1) test.repository.put(n, `Title ${n}`, '2026-01-01');
      expect(await theIssue()).to.include({ code: 'OAI_GRANULARITY', severity: 'warning' });
      // Changed in the evening of the day of the harvest, and dated by that day alone.
      test.clock.advance(20 * HOUR);
      test.repository.put(7, 'Changed', '2026-01-01');
      await test.harvester.run();
      expect(test.repository.froms.at(-1)).to.equal('2025-12-31');
      expect(await test.content()).to.include({ 7: 'Changed' });
    });

    it('where it says seconds, and refuses them', async () => {
      await test.harvester.run();
      test.repository.manners.takesSeconds = false;
      test.clock.advance(HOUR);
      test.repository.put(7, 'Changed');
      expect(await theIssue()).to.include({ code: 'OAI_GRANULARITY' });
      expect(test.repository.froms.at(-1)).to.equal('2025-12-31');
      expect(await test.content()).to.include({ 7: 'Changed' });
    });

    it('where it says days, and means seconds', async () => {
      test.repository.identify = { granularity: 'YYYY-MM-DD', earliestDatestamp: '2000-01-01' };
      expect(await theIssue()).to.include({ code: 'OAI_GRANULARITY', severity: 'warning' });
    });
  });

  it('may be its certificate, which has a code of its own', () => {
    const cause = new OutboundError(
      'OUTBOUND_CERTIFICATE',
      'https://r.example has a certificate that is not valid.',
    );
    const failure = failureOf(
      new OaiError('OAI_UNREACHABLE', 'https://r.example cannot be reached', { cause }),
    );
    expect(failure).to.include({
      code: 'OUTBOUND_CERTIFICATE',
      message: cause.message,
      remedy: cause.remedy,
    });
    const refused = new OutboundError('OUTBOUND_REFUSED', 'https://r.example refuses the connection.');
    const other = failureOf(
      new OaiError('OAI_UNREACHABLE', 'https://r.example cannot be reached', { cause: refused }),
    );
    expect(other).to.include({ code: 'OAI_UNREACHABLE', remedy: refused.remedy });
  });

  it('is known also where it cannot be harvested at all, and is mended when it can', async () => {
    test.repository.spoil = () => ({
      body: '<!DOCTYPE html><html><head><title>Moved</title></head><body></body></html>',
    });
    const [summary] = await test.harvester.run();
    expect(summary).to.include({ outcome: 'failed', kind: 'full' });
    await test.reopen();
    const [issue] = await test.harvester.issues({ limit: 10 });
    expect(issue).to.include({ code: 'OAI_NOT_XML', severity: 'error' });
    test.repository.spoil = () => undefined;
    await isMended();
  });
});

import { expect } from 'chai';
import { DocumentIssues } from '../../../node/harvest/issues/document-issues.ts';
import { forgetFullTexts } from '../../../node/harvest/full-text/index.ts';
import { guardedFetch } from '../../../node/outbound/index.ts';
import { aRecord } from '../../support/builders.ts';
import { stopReading, testFullTexts, type TestFullTexts } from '../../support/full-texts.ts';
import { MisbehavingFileServer } from '../../support/misbehaving-file-server.ts';
import { aPdf, anArticle } from '../../support/pdf.ts';
import { until } from '../../support/until.ts';

const HOUR = 3_600_000;

describe('the visits to hosts', () => {
  let test: TestFullTexts;
  let others: MisbehavingFileServer[];
  let body: Buffer;
  before(async () => {
    body = await aPdf([anArticle('plankton')]);
  });
  beforeEach(async () => {
    others = await Promise.all(Array.from({ length: 6 }, () => MisbehavingFileServer.start()));
    test = await testFullTexts({
      fetch: ({ url }) =>
        guardedFetch({
          allow: [url, ...others.map((other) => other.url)],
          userAgent: 'NGR-Node/test',
          timeoutMs: 30_000,
        }),
    });
  });
  afterEach(async () => {
    await test.close();
    await Promise.all(others.map((other) => other.close()));
  });
  after(stopReading);

  const put = async (n: number, url: string): Promise<void> =>
    await test.put({
      type: 'put',
      record: aRecord({ oaiIdentifier: `oai:x:${n}`, files: [{ url, access: 'open' }] }),
    });
  const textOf = async (n: number): Promise<string | undefined> =>
    (await test.record(`oai:x:${n}`)).files[0]?.text;

  it('do not wait for a host that is slow', async () => {
    await put(1, test.server.put('/1.pdf', { body, stallAfter: 10 }));
    await put(2, others[0]?.put('/2.pdf', { body }) ?? '');
    await until('the other host’s file is read', async () => (await textOf(2)) === 'extracted');
    await until('only the slow host’s is going on', () => test.fullTexts.state().current.length === 1);
    expect(test.fullTexts.state().current).to.deep.equal([test.keyOf('oai:x:1')]);
  });

  it('are made to four hosts at once, and no more', async () => {
    for (const [i, other] of others.entries()) await put(i, other.put('/1.pdf', { body, stallAfter: 10 }));
    await until('four are under way', () => others.filter(({ asked }) => asked.length > 0).length === 4);
    expect(test.fullTexts.state()).to.include({ waiting: 2 }).and.have.property('current').with.length(4);
  });

  it('are broken off where the record goes, and nothing of it is left', async () => {
    await put(1, test.server.put('/1.pdf', { body, stallAfter: 10 }));
    await until('the file is on its way', () => test.server.asked.length === 1);
    await test.put({ type: 'withdraw', oaiIdentifier: 'oai:x:1', reason: 'x' });
    await test.settled();
    const rows = await test.test.store.section('full-text').keys({ gt: 'a' }).all();
    expect(rows).to.deep.equal([]);
  });

  it('go on after a stop in their midst', async () => {
    await put(1, test.server.put('/1.pdf', { body, stallAfter: 10 }));
    await put(2, `${test.server.url}/2.pdf`);
    await until('the file is on its way', () => test.server.asked.length === 1);
    await test.fullTexts.stop();
    expect(test.fullTexts.state().current).to.deep.equal([]);
    test.server.put('/1.pdf', { body });
    test.server.put('/2.pdf', { body });
    await test.reopen();
    await test.settled();
    expect([await textOf(1), await textOf(2)]).to.deep.equal(['extracted', 'extracted']);
  });

  it('are put off, and said in the log, where the node itself fails', async () => {
    test.failing = new Error('the disk is full');
    await put(1, test.server.put('/1.pdf', { status: 404 }));
    await test.settled();
    test.failing = undefined;
    expect(await test.codes()).to.deep.equal([]);
    test.clock.advance(24 * HOUR);
    await test.settled();
    expect(await test.codes()).to.deep.equal(['FULLTEXT_NOT_FOUND']);
  });

  it('leave nothing behind when full texts are switched off', async () => {
    await put(1, test.server.put('/1.pdf', { body }));
    await put(2, `${test.server.url}/2.pdf`);
    await test.settled();
    await test.fullTexts.stop();
    expect(await test.codes()).to.deep.equal(['FULLTEXT_NOT_FOUND']);
    const section = test.test.store.section('full-text');
    await forgetFullTexts({
      section,
      issues: new DocumentIssues({ section: test.test.store.section('harvest') }),
      signal: new AbortController().signal,
    });
    expect(await section.keys().all()).to.deep.equal([]);
    expect(await test.codes()).to.deep.equal([]);
  });
});

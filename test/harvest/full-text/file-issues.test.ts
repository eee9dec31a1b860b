import { expect } from 'chai';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import type { RecordFile } from '../../../vocab/record.ts';
import { aRecord } from '../../support/builders.ts';
import { stopReading, testFullTexts, type TestFullTexts } from '../../support/full-texts.ts';
import type { ServedFile } from '../../support/misbehaving-file-server.ts';
import { aPdf, anArticle } from '../../support/pdf.ts';
import { until } from '../../support/until.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

describe('what is wrong with a file', () => {
  let test: TestFullTexts;
  let good: ServedFile;
  before(async () => {
    good = { type: 'application/pdf', body: await aPdf([anArticle('plankton')]) };
  });
  beforeEach(async () => {
    test = await testFullTexts();
  });
  afterEach(() => test.close());
  after(stopReading);

  async function put(file: Partial<RecordFile> & { url: string }, parts: Partial<HarvestedRecord> = {}) {
    await test.put({ type: 'put', record: aRecord({ files: [{ access: 'open', ...file }], ...parts }) });
    await test.settled();
  }

  const page: ServedFile = {
    type: 'text/html',
    body: `<html><body><p>${'Not the file. '.repeat(50)}</p></body></html>`,
  };
  const login: ServedFile = { type: 'text/html', body: '<html><form><input type="password"></form></html>' };

  const lasting: [
    what: string,
    served: () => ServedFile | Promise<ServedFile>,
    code: string,
    text: string,
  ][] = [
    ['is not there', () => ({ status: 404 }), 'FULLTEXT_NOT_FOUND', 'unavailable'],
    ['is there no longer', () => ({ status: 410 }), 'FULLTEXT_NOT_FOUND', 'unavailable'],
    ['needs a login', () => ({ status: 401 }), 'FULLTEXT_LOGIN_NEEDED', 'unavailable'],
    ['has a login form in its place', () => login, 'FULLTEXT_LOGIN_NEEDED', 'unavailable'],
    ['is a page, and no PDF', () => page, 'FULLTEXT_NOT_PDF', 'unavailable'],
    ['is something else altogether', () => ({ body: 'PK\u0003\u0004' }), 'FULLTEXT_NOT_PDF', 'unavailable'],
    ['is empty', () => ({ body: '' }), 'FULLTEXT_DAMAGED', 'unavailable'],
    ['is damaged', () => ({ body: '%PDF-1.7 and no more' }), 'FULLTEXT_DAMAGED', 'without-text'],
    ['has pictures only', async () => ({ body: await aPdf(['', '']) }), 'FULLTEXT_SCANNED', 'without-text'],
    [
      'is locked',
      async () => ({ body: await aPdf([anArticle('x')], { userPassword: 'secret' }) }),
      'FULLTEXT_ENCRYPTED',
      'without-text',
    ],
    [
      'is too large',
      () => ({ headers: { 'content-length': '200000000' }, stallAfter: 0 }),
      'FULLTEXT_TOO_LARGE',
      'unavailable',
    ],
  ];
  for (const [what, served, code, text] of lasting) {
    it(`is told when it ${what}, and closes when it is mended`, async () => {
      const url = test.server.put('/1.pdf', await served());
      await put({ url });
      const [issue, ...others] = await test.issues();
      expect(others).to.deep.equal([]);
      expect(issue).to.include({ code, url, source: 'test', oaiIdentifier: 'oai:repository.example:1' });
      expect(issue?.message).not.to.equal('');
      expect((await test.record()).files[0]?.text).to.equal(text);

      test.server.put('/1.pdf', good);
      test.clock.advance(30 * DAY);
      await test.settled();
      expect(await test.issues()).to.deep.equal([]);
      expect((await test.record()).files[0]?.text).to.equal('extracted');
    });
  }

  it('is told of a link that is none, and closes when it is corrected', async () => {
    await put({ url: 'repository.example/1.pdf' });
    expect(await test.codes()).to.deep.equal(['FULLTEXT_BAD_LINK']);
    await put({ url: test.server.put('/1.pdf', good) });
    expect(await test.codes()).to.deep.equal([]);
  });

  it('is told when robots.txt forbids it', async () => {
    test.server.put('/robots.txt', { body: 'User-agent: *\nDisallow: /' });
    await put({ url: test.server.put('/1.pdf', good) });
    expect(await test.codes()).to.deep.equal(['FULLTEXT_BLOCKED_BY_ROBOTS']);
    expect(test.server.asked).to.deep.equal([]);
  });

  it('is told of a private address', async () => {
    await put({ url: 'http://127.0.0.1:8099/1.pdf' });
    expect(await test.codes()).to.deep.equal(['FULLTEXT_PRIVATE_ADDRESS']);
  });

  it('is told when it is in another language than said', async () => {
    const spanish = `El plancton es el conjunto de organismos, principalmente microscópicos, que flotan en aguas saladas o
      dulces. Las mediciones se repitieron en cada estación del año y se compararon con las de los años anteriores, porque
      los resultados de la primera campaña no permitían llegar a una conclusión definitiva sobre su abundancia.`;
    const url = test.server.put('/1.pdf', { body: await aPdf([spanish.repeat(3)]) });
    await put({ url }, { languages: ['en'] });
    expect(await test.codes()).to.deep.equal(['FULLTEXT_LANGUAGE_DISAGREES']);
    expect((await test.record()).detected?.language).to.equal('es');
    await put({ url }, { languages: ['es'] });
    expect(await test.codes()).to.deep.equal([]);
    expect(test.server.asked).to.have.length(1);
  });

  describe('for the time being', () => {
    it('is told, tried again, and closes when it is over; what was known stays', async () => {
      const url = test.server.put('/1.pdf', good);
      await put({ url });
      const before = await test.record();
      test.server.put('/1.pdf', { status: 503 });
      test.clock.advance(30 * DAY);
      await test.settled();
      expect(await test.codes()).to.deep.equal(['FULLTEXT_SERVER_ERROR']);
      expect((await test.record()).files).to.deep.equal(before.files);
      expect((await test.fullTexts.wordsOf(test.keyOf()))?.has('plankton')).to.equal(true);

      test.server.put('/1.pdf', good);
      test.clock.advance(HOUR);
      await test.settled();
      expect(await test.codes()).to.deep.equal([]);
    });

    it('is for good after a fortnight', async () => {
      const url = test.server.put('/1.pdf', good);
      await put({ url });
      test.server.put('/1.pdf', { status: 503 });
      for (const pause of [30 * DAY, HOUR, 4 * HOUR, 16 * HOUR, 3 * DAY, 7 * DAY]) {
        expect((await test.record()).files[0]?.text).to.equal('extracted');
        test.clock.advance(pause);
        await test.settled();
      }
      expect((await test.record()).files[0]?.text).to.equal('unavailable');
      expect(await test.fullTexts.wordsOf(test.keyOf())).to.equal(undefined);
    });

    it('is told of the first of many files only, where their host fails', async () => {
      test.server.put('/robots.txt', { status: 500 });
      for (const n of [1, 2, 3]) {
        const url = test.server.put(`/${n}.pdf`, good);
        const record = aRecord({ oaiIdentifier: `oai:x:${n}`, files: [{ url, access: 'open' }] });
        await test.put({ type: 'put', record });
      }
      const { clock, server, fullTexts } = test;
      await until('one was visited', () => {
        const { waiting, current } = fullTexts.state();
        return waiting === 2 && current.length === 0;
      });
      expect(await test.codes()).to.deep.equal(['FULLTEXT_ROBOTS_UNREACHABLE']);
      server.put('/robots.txt', { status: 404 });
      clock.advance(2 * HOUR);
      await test.settled();
      expect(await test.codes()).to.deep.equal([]);
    });
  });

  describe('where there is none', () => {
    it('is told of an item that is said to be open', async () => {
      const url = test.server.put('/items/1', page);
      await test.put({
        type: 'put',
        record: aRecord({ access: { right: 'open' }, identifiers: [{ scheme: 'url', value: url }] }),
      });
      await test.settled();
      expect(await test.issues()).to.have.length(1);
      expect((await test.issues())[0]).to.include({ code: 'FULLTEXT_NO_FILE', severity: 'info', url });
    });

    it('is told of an open item without a page, too', async () => {
      await test.put({ type: 'put', record: aRecord({ access: { right: 'open' } }) });
      await test.settled();
      expect(await test.codes()).to.deep.equal(['FULLTEXT_NO_FILE']);
    });

    it('is not told of others, and their pages are looked at nevertheless', async () => {
      const url = test.server.put('/items/1', page);
      await test.put({ type: 'put', record: aRecord({ identifiers: [{ scheme: 'url', value: url }] }) });
      await test.settled();
      expect(await test.codes()).to.deep.equal([]);
      expect(test.server.asked).to.deep.equal(['/items/1']);
    });

    it('is told when the page is not there', async () => {
      await test.put({
        type: 'put',
        record: aRecord({ identifiers: [{ scheme: 'url', value: `${test.server.url}/items/1` }] }),
      });
      await test.settled();
      expect(await test.codes()).to.deep.equal(['FULLTEXT_NOT_FOUND']);
    });
  });

  it('is told no more when the record goes', async () => {
    await put({ url: test.server.put('/1.pdf', { status: 404 }) });
    await test.put({
      type: 'delete',
      oaiIdentifier: 'oai:repository.example:1',
      datestamp: '2026-01-02',
      reason: 'gone',
    });
    await test.settled();
    expect(await test.issues()).to.deep.equal([]);
  });

  it('is told no more when the item is closed', async () => {
    await put({ url: test.server.put('/1.pdf', { status: 404 }) });
    await put({ url: `${test.server.url}/1.pdf`, access: 'restricted' }, { access: { right: 'restricted' } });
    expect(await test.issues()).to.deep.equal([]);
  });
});

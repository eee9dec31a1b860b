import { createHash } from 'node:crypto';
import { expect } from 'chai';
import type { HarvestedRecord } from '../../../node/catalogue/index.ts';
import { Draft } from '../../../node/harvest/stages/index.ts';
import { aRecord } from '../../support/builders.ts';
import { OAI_IDENTIFIER, stopReading, testFullTexts, type TestFullTexts } from '../../support/full-texts.ts';
import { aPdf, anArticle } from '../../support/pdf.ts';

const DAY = 86_400_000;
const REFERENCES = `References
[1] Knoth, P., & Zdrahal, Z. (2012). CORE: Three access levels to underpin open access. D-Lib Magazine, 18(11/12). https://doi.org/10.1045/november2012-knoth
[2] Pontika, N., Knoth, P., & Cancellieri, M. (2016). Developing infrastructure to support closer collaboration of aggregators with open repositories. LIBER Quarterly, 25(4). https://doi.org/10.18352/lq.10138
[3] Van de Sompel, H., & Nelson, M. L. (2015). Reminiscing about 15 years of interoperability efforts. D-Lib Magazine, 21(11/12). https://doi.org/10.1045/november2015-vandesompel
`;

describe('the full text of a record', () => {
  let test: TestFullTexts;
  let plankton: Buffer;
  before(async () => {
    plankton = await aPdf([anArticle('plankton'), `${anArticle('krill')}\n${REFERENCES}`]);
  });
  beforeEach(async () => {
    test = await testFullTexts();
  });
  afterEach(() => test.close());
  after(stopReading);

  /** The record as its next harvest brings it, through the stage. */
  async function harvested(record: HarvestedRecord): Promise<HarvestedRecord> {
    const { oaiIdentifier, sets, datestamp, provenance } = record;
    const draft = new Draft(
      { oaiIdentifier, sets, datestamp, metadata: { format: provenance.format, text: '', fields: {} } },
      { source: provenance.source, harvestedAt: test.clock.now() },
    );
    Object.assign(draft.record, structuredClone(record));
    await test.fullTexts.stage.apply([draft], new AbortController().signal);
    return draft.record;
  }

  async function putHarvested(record: HarvestedRecord): Promise<void> {
    await test.put({ type: 'put', record: await harvested(record) });
    await test.settled();
  }

  /** A record with one open PDF. */
  function withFile(parts: Partial<HarvestedRecord> = {}): HarvestedRecord {
    const url = test.server.put('/1.pdf', {
      type: 'application/pdf',
      body: plankton,
      headers: { etag: '"1"' },
    });
    return aRecord({ files: [{ url, access: 'open' }], ...parts });
  }

  const words = async (): Promise<ReadonlyMap<string, number> | undefined> =>
    await test.fullTexts.wordsOf(test.keyOf());

  it('is fetched and read, and what is in it is the record’s', async () => {
    await putHarvested(withFile());
    const { files, references, detected } = await test.record();
    expect(files).to.deep.equal([
      {
        url: `${test.server.url}/1.pdf`,
        access: 'open',
        format: 'application/pdf',
        length: plankton.length,
        sha256: createHash('sha256').update(plankton).digest('hex'),
        text: 'extracted',
      },
    ]);
    expect(references.map(({ identifier }) => identifier?.value)).to.deep.equal([
      '10.1045/november2012-knoth',
      '10.18352/lq.10138',
      '10.1045/november2015-vandesompel',
    ]);
    expect(detected?.language).to.equal('en');
    expect((await words())?.get('plankton')).to.equal(13);
    expect(await test.fullTexts.textOf(test.keyOf())).to.equal(undefined);
    expect(test.fullTexts.state()).to.deep.equal({ waiting: 0, fetched: 1, failed: 0, current: [] });
    expect(await test.issues()).to.deep.equal([]);
  });

  it('changes nothing when the record is harvested again', async () => {
    const record = withFile();
    await putHarvested(record);
    const before = await test.record();
    const again = await test.test.catalogue.put([{ type: 'put', record: await harvested(record) }]);
    expect(again[0]?.outcome).to.equal('unchanged');
    // Nor when what was known is left out, as by a harvest that was under way meanwhile.
    await test.put({ type: 'put', record });
    await test.settled();
    expect((await test.record()).files).to.deep.equal(before.files);
    expect(test.server.asked).to.deep.equal(['/1.pdf']);
  });

  it('is looked at again after a month, and read again only if it has changed', async () => {
    await putHarvested(withFile());
    test.clock.advance(30 * DAY);
    await test.settled();
    expect(test.server.requests.at(-1)?.headers['if-none-match']).to.equal('"1"');
    expect((await words())?.has('plankton')).to.equal(true);

    const body = await aPdf([anArticle('nekton')]);
    test.server.put('/1.pdf', { body, headers: { etag: '"2"' } });
    test.clock.advance(30 * DAY);
    await test.settled();
    expect((await test.record()).files[0]?.length).to.equal(body.length);
    expect((await test.record()).references).to.deep.equal([]);
    expect([...((await words())?.keys() ?? [])])
      .to.include('nekton')
      .and.not.to.include('plankton');
  });

  it('is fetched when another file takes its place', async () => {
    await putHarvested(withFile());
    const url = test.server.put('/2.pdf', { body: await aPdf([anArticle('nekton')]) });
    await putHarvested(aRecord({ files: [{ url, access: 'open' }] }));
    expect(test.server.asked).to.deep.equal(['/1.pdf', '/2.pdf']);
    expect([...((await words())?.keys() ?? [])])
      .to.include('nekton')
      .and.not.to.include('plankton');
  });

  it('does not replace references and leaves files alone that its metadata give', async () => {
    const references = [{ text: 'Knoth, P. (2012). CORE.' }];
    const file = { url: '', access: 'open' as const, format: 'application/pdf', length: 7 };
    const { files } = withFile();
    await putHarvested(aRecord({ references, files: [{ ...file, url: files[0]?.url ?? '' }] }));
    const record = await test.record();
    expect(record.references).to.deep.equal(references);
    expect(record.files[0]).to.include({ length: plankton.length, text: 'extracted' });
  });

  it('is put together from several files', async () => {
    const urls = [
      test.server.put('/1.pdf', { body: plankton }),
      test.server.put('/2.pdf', { body: await aPdf([anArticle('plankton')]) }),
    ];
    await putHarvested(aRecord({ files: urls.map((url) => ({ url, access: 'open' })) }));
    expect((await words())?.get('plankton')).to.equal(26);
  });

  it('is fetched again when the manager asks for it', async () => {
    await putHarvested(withFile());
    await test.fullTexts.refetch(OAI_IDENTIFIER);
    await test.settled();
    expect(test.server.asked).to.deep.equal(['/1.pdf', '/1.pdf']);
    expect(test.server.requests.at(-1)?.headers).not.to.have.property('if-none-match');
    const failure = await test.fullTexts.refetch('oai:repository.example:9').catch((error: unknown) => error);
    expect(failure).to.have.property('code', 'HARVEST_UNKNOWN_RECORD');
  });

  it('is known after a restart, and what was left to do is done', async () => {
    await putHarvested(withFile());
    await test.fullTexts.stop();
    const url = test.server.put('/2.pdf', { body: await aPdf([anArticle('nekton')]) });
    await test.put({
      type: 'put',
      record: aRecord({ oaiIdentifier: 'oai:x:2', files: [{ url, access: 'open' }] }),
    });
    await test.reopen();
    await test.settled();
    expect((await words())?.has('plankton')).to.equal(true);
    expect((await test.record('oai:x:2')).files[0]?.text).to.equal('extracted');
    expect(test.server.asked).to.deep.equal(['/1.pdf', '/2.pdf']);
  });

  describe('goes at once', () => {
    const gone = async (): Promise<void> => {
      expect(await words()).to.equal(undefined);
      const rows = await test.test.store.section('full-text').keys({ gt: 'f', lt: 'z' }).all();
      expect(rows.filter((key) => /^[wt]!/.test(key))).to.deep.equal([]);
    };

    it('with the record', async () => {
      await putHarvested(withFile());
      await test.put({ type: 'withdraw', oaiIdentifier: OAI_IDENTIFIER, reason: 'by mistake' });
      await test.settled();
      await gone();
    });

    it('with its file, and comes back with it', async () => {
      await putHarvested(withFile());
      const url = `${test.server.url}/1.pdf`;
      await test.put({ type: 'withdraw-file', oaiIdentifier: OAI_IDENTIFIER, url, reason: 'rights' });
      expect(await words(), 'before it is taken in').to.equal(undefined);
      await test.settled();
      await gone();
      const record = await test.record();
      expect(record.files[0]).to.have.keys(['url', 'access', 'withdrawn']);
      expect(record.references).to.deep.equal([]);
      expect(record).not.to.have.property('detected');
      test.clock.advance(60 * DAY);
      await test.settled();
      expect(test.server.asked).to.deep.equal(['/1.pdf']);

      await test.put({ type: 'reinstate-file', oaiIdentifier: OAI_IDENTIFIER, url });
      await test.settled();
      expect((await test.record()).files[0]?.text).to.equal('extracted');
      expect((await words())?.has('plankton')).to.equal(true);
    });

    it('when the item is closed', async () => {
      const record = withFile();
      await putHarvested(record);
      const files = record.files.map((file) => ({ ...file, access: 'restricted' as const }));
      await putHarvested({ ...record, files, access: { right: 'restricted' } });
      await gone();
      expect((await test.record()).files).to.deep.equal(files);
      expect((await test.record()).references).to.deep.equal([]);
    });
  });

  it('is not fetched before an embargo is over, and is then', async () => {
    const { files } = withFile();
    const access = { right: 'embargoed', embargoEnds: '2026-01-10' } as const;
    await putHarvested(aRecord({ access, files: files.map((file) => ({ ...file, access: 'embargoed' })) }));
    test.clock.advance(8 * DAY);
    await test.settled();
    expect(test.server.requests).to.deep.equal([]);
    test.clock.advance(DAY);
    await test.settled();
    expect((await test.record()).files[0]).to.include({ text: 'extracted', access: 'embargoed' });
  });

  describe('that is found on the page of the item', () => {
    const page = (file: string) => ({
      type: 'text/html',
      body: `<html><head><meta name="citation_pdf_url" content="${file}"></head></html>`,
    });
    function withPage(parts: Partial<HarvestedRecord> = {}): HarvestedRecord {
      test.server.put('/files/1.pdf', { body: plankton, headers: { etag: '"1"' } });
      const url = test.server.put('/items/1', page('/files/1.pdf'));
      return aRecord({ identifiers: [{ scheme: 'url', value: url }], access: { right: 'open' }, ...parts });
    }

    it('is added to the record, and stays there', async () => {
      await putHarvested(withPage());
      const { files } = await test.record();
      expect(files).to.have.length(1);
      expect(files[0]).to.include({
        url: `${test.server.url}/files/1.pdf`,
        access: 'open',
        text: 'extracted',
      });
      await putHarvested(withPage());
      expect((await test.record()).files).to.deep.equal(files);
      test.clock.advance(30 * DAY);
      await test.settled();
      expect(test.server.asked).to.deep.equal(['/items/1', '/files/1.pdf', '/files/1.pdf']);
    });

    it('is looked for again when it is there no longer', async () => {
      await putHarvested(withPage());
      test.server.remove('/files/1.pdf');
      test.server.put('/items/1', page('/files/2.pdf'));
      test.server.put('/files/2.pdf', { body: plankton });
      test.clock.advance(30 * DAY);
      await test.settled();
      expect((await test.record()).files.map(({ url }) => url)).to.deep.equal([
        `${test.server.url}/files/2.pdf`,
      ]);
      expect(await test.codes()).to.deep.equal([]);
    });

    it('makes room for what the metadata name', async () => {
      await putHarvested(withPage());
      const url = test.server.put('/named.pdf', { body: plankton });
      await putHarvested({ ...withPage(), files: [{ url, access: 'open' }] });
      expect((await test.record()).files.map((file) => file.url)).to.deep.equal([url]);
    });

    it('stays withdrawn, whatever becomes of the item', async () => {
      await putHarvested(withPage());
      const url = `${test.server.url}/files/1.pdf`;
      await test.put({ type: 'withdraw-file', oaiIdentifier: OAI_IDENTIFIER, url, reason: 'rights' });
      await test.settled();
      await putHarvested(withPage({ access: { right: 'restricted' } }));
      await putHarvested(withPage());
      test.clock.advance(90 * DAY);
      await test.settled();
      const { files } = await test.record();
      expect(files.map(({ withdrawn }) => withdrawn?.reason)).to.deep.equal(['rights']);
      expect(test.server.asked.filter((path) => path === '/files/1.pdf')).to.have.length(1);

      await test.put({ type: 'reinstate-file', oaiIdentifier: OAI_IDENTIFIER, url });
      await test.settled();
      expect((await test.record()).files[0]?.text).to.equal('extracted');
    });

    it('is not looked for where the item is closed', async () => {
      for (const right of ['restricted', 'metadata-only', 'embargoed'] as const) {
        await putHarvested(withPage({ access: { right } }));
      }
      expect(test.server.requests).to.deep.equal([]);
    });

    it('is not added as long as it cannot be had', async () => {
      const record = withPage();
      test.server.put('/files/1.pdf', { status: 403 });
      await putHarvested(record);
      expect((await test.record()).files).to.deep.equal([]);
      expect(await test.codes()).to.deep.equal(['FULLTEXT_LOGIN_NEEDED']);
    });
  });

  describe('where texts are kept', () => {
    beforeEach(async () => {
      await test.reopen({ mode: 'keep' });
    });

    it('can be had, until they are kept no longer', async () => {
      await putHarvested(withFile());
      expect(await test.fullTexts.textOf(test.keyOf())).to.match(/On plankton\s+Abstract\n/);
      await test.reopen({ mode: 'index' });
      expect(await test.fullTexts.textOf(test.keyOf())).to.equal(undefined);
      await test.fullTexts.stop();
      const texts = test.test.store.section('full-text').keys({ gt: 't!', lt: 't"' });
      expect(await texts.all()).to.deep.equal([]);
      expect((await words())?.has('plankton')).to.equal(true);
    });

    it('is fetched again, though it is what it was, where it was not kept', async () => {
      await test.reopen({ mode: 'index' });
      await putHarvested(withFile());
      await test.reopen({ mode: 'keep' });
      test.clock.advance(30 * DAY);
      await test.settled();
      expect(await test.fullTexts.textOf(test.keyOf())).to.match(/On plankton/);
    });
  });
});

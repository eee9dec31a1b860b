import { expect } from 'chai';
import { leafOf, EntryVerifier, verifyHead, SignatureVerifier } from '../../protocols/heads/index.ts';
import { filesInView, isTombstone, type Record as NgrRecord } from '../../vocab/record.ts';
import { aPut, aRecord } from '../support/builders.ts';
import { describeOnEachStore } from '../support/stores.ts';
import { aCatalogue, type TestCatalogue } from '../support/test-catalogue.ts';

const PAGE = { entries: 100, bytes: 1_000_000 };

describeOnEachStore('the catalogue', () => {
  let test: TestCatalogue;
  beforeEach(async () => {
    test = await aCatalogue();
  });
  afterEach(async () => {
    await test.close();
  });

  it('keeps a record under a key of its own, with a signed entry and a signed head', async () => {
    const { catalogue } = test;
    const [result] = await catalogue.put([aPut(1)]);
    expect(result?.outcome).to.equal('created');
    const key = result?.key ?? '';
    const holding = await catalogue.holdings.get(key);
    expect(holding).to.deep.include({ id: `https://node.example/records/${key}`, node: catalogue.node });
    const page = await catalogue.feeds.page(catalogue.node, 0, PAGE);
    expect(page?.entries).to.have.length(1);
    const verifier = new SignatureVerifier();
    const entry = page?.entries[0]?.entry;
    if (entry === undefined) throw new Error('no entry');
    expect(await new EntryVerifier(verifier).verify(entry.node, leafOf(entry), entry.signature)).to.equal(
      true,
    );
    expect(await verifyHead(catalogue.head, verifier)).to.equal(true);
    expect(catalogue.head).to.include({ seq: 1, live: 1 });
  });

  it('writes nothing where a record comes again with the same content', async () => {
    const { catalogue } = test;
    await catalogue.put([aPut(1)]);
    const provenance = { ...aRecord().provenance, harvestedAt: 1_800_000_000_000 };
    const [result] = await catalogue.put([aPut(1, { provenance })]);
    expect(result?.outcome).to.equal('unchanged');
    expect(catalogue.head.seq).to.equal(1);
  });

  it('adds what was found out later to the record as it is by then', async () => {
    const { catalogue } = test;
    const file = { url: 'https://repository.example/1.pdf', access: 'open' } as const;
    await catalogue.put([aPut(1, { files: [file] })]);
    await catalogue.put([aPut(1, { files: [file], published: '2017' })]);
    const { oaiIdentifier } = aRecord();
    const amend = {
      type: 'amend' as const,
      oaiIdentifier,
      change: (record: NgrRecord) => ({
        ...record,
        files: record.files.map((one) => ({ ...one, length: 7 })),
      }),
    };
    const [result] = await catalogue.put([amend]);
    expect(result?.outcome).to.equal('updated');
    const holding = await catalogue.holdings.get(result?.key ?? '');
    expect(holding).to.deep.include({ published: '2017', files: [{ ...file, length: 7 }] });
    expect((await catalogue.put([amend]))[0]?.outcome).to.equal('unchanged');
    await catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'Wrong.' }]);
    expect((await catalogue.put([amend]))[0]?.outcome).to.equal('unknown');
  });

  it('keeps a withdrawn file withdrawn whatever its source says, till it is reinstated', async () => {
    const { catalogue } = test;
    const [a, b] = ['a', 'b'].map((name) => ({
      url: `https://repository.example/${name}.pdf`,
      access: 'open' as const,
      length: 5,
    }));
    if (a === undefined || b === undefined) throw new Error('no files');
    const [first] = await catalogue.put([aPut(1, { files: [a, b] })]);
    const { oaiIdentifier } = aRecord();
    const files = async () => {
      const holding = await catalogue.holdings.get(first?.key ?? '');
      return holding !== undefined && !isTombstone(holding) ? holding.files : undefined;
    };
    const withdraw = { type: 'withdraw-file', oaiIdentifier, url: a.url, reason: 'Not ours.' } as const;
    expect((await catalogue.put([withdraw]))[0]?.outcome).to.equal('updated');
    expect((await catalogue.put([withdraw]))[0]?.outcome).to.equal('unchanged');
    expect((await catalogue.put([{ ...withdraw, url: 'https://x.example/' }]))[0]?.outcome).to.equal(
      'unknown',
    );
    await catalogue.put([aPut(1, { files: [a, b], published: '2019' })]);
    const withdrawn = { reason: 'Not ours.', at: test.clock.now() };
    expect(await files()).to.deep.equal([{ url: a.url, access: 'open', withdrawn }, b]);
    await catalogue.put([aPut(1, { files: [b], published: '2019' })]);
    await catalogue.put([aPut(1, { files: [a, b], published: '2019' })]);
    expect(await files(), 'named again').to.deep.equal([{ url: a.url, access: 'open', withdrawn }, b]);

    await catalogue.put([{ type: 'reinstate-file', oaiIdentifier, url: a.url }]);
    expect(await files()).to.deep.equal([{ url: a.url, access: 'open' }, b]);
    await catalogue.put([aPut(1, { files: [a, b], published: '2019' })]);
    expect(await files()).to.deep.equal([a, b]);
  });

  describe('a withdrawn file', () => {
    const url = 'https://repository.example/1/a%20b.pdf';
    const { oaiIdentifier } = aRecord();
    const withdraw = { type: 'withdraw-file', oaiIdentifier, url, reason: 'Not ours.' } as const;
    const gone = { type: 'delete', oaiIdentifier, datestamp: '2026-02-01', reason: 'Gone.' } as const;
    const ofFile = (address: string) => aPut(1, { files: [{ url: address, access: 'open' }] });
    async function record(): Promise<NgrRecord> {
      const [key = ''] = await test.catalogue.holdings.withIdentifier('oai', oaiIdentifier);
      const holding = await test.catalogue.holdings.get(key);
      if (holding === undefined || isTombstone(holding)) throw new Error('no record');
      return holding;
    }
    const inView = async (): Promise<string[]> => filesInView(await record()).map((file) => file.url);

    beforeEach(async () => {
      await test.catalogue.put([ofFile(url)]);
      await test.catalogue.put([withdraw]);
    });

    it('stays so where its record is deleted and comes back, also after a start', async () => {
      await test.catalogue.put([gone]);
      test = await test.reopen();
      await test.catalogue.put([ofFile(url)]);
      expect(await inView()).to.deep.equal([]);
      await test.catalogue.put([gone, ofFile(url), gone]);
      await test.catalogue.put([ofFile(url)]);
      expect(await inView()).to.deep.equal([]);
      await test.catalogue.put([{ type: 'reinstate-file', oaiIdentifier, url }]);
      await test.catalogue.put([gone]);
      await test.catalogue.put([ofFile(url)]);
      expect(await inView()).to.deep.equal([url]);
    });

    it('stays so where its record is withdrawn and reinstated', async () => {
      const files = [{ url, access: 'open' as const }];
      await test.catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'Wrong.' }]);
      await test.catalogue.put([{ type: 'reinstate', record: aRecord({ files }) }]);
      expect(await inView()).to.deep.equal([]);
    });

    it('stays so under other forms of its address', async () => {
      for (const form of [
        'http://repository.example/1/a%20b.pdf',
        'https://Repository.example:443/1/a b.pdf/',
        'http://repository.example/1/a%20b.pdf#page=2',
      ]) {
        await test.catalogue.put([ofFile(form)]);
        expect(await inView(), form).to.deep.equal([]);
      }
      await test.catalogue.put([ofFile('https://repository.example/1/c.pdf')]);
      expect(await inView()).to.deep.equal(['https://repository.example/1/c.pdf']);
    });

    it('is no identifier of the record either, nor related to it', async () => {
      const value = 'http://repository.example/1/a%20b.pdf';
      const page = { scheme: 'url', value: 'https://repository.example/1' } as const;
      const put = aPut(1, {
        files: [{ url, access: 'open' }],
        identifiers: [page, { scheme: 'url', value }],
        relations: [{ kind: 'references', target: { scheme: 'url', value } }],
      });
      await test.catalogue.put([put]);
      expect(await record()).to.deep.include({ identifiers: [page], relations: [] });
      await test.catalogue.put([{ type: 'reinstate-file', oaiIdentifier, url }, put]);
      expect((await record()).identifiers).to.have.length(2);
      await test.catalogue.put([withdraw]);
      expect((await record()).identifiers).to.deep.equal([page]);
    });
  });

  it('makes one write of several changes to one record', async () => {
    const { catalogue } = test;
    const { oaiIdentifier } = aRecord();
    const [result] = await catalogue.put([
      aPut(1),
      { type: 'withdraw', oaiIdentifier, reason: 'Wrong.' },
      aPut(1, { published: '2020' }),
    ]);
    expect(result?.outcome).to.equal('withdrawn');
    expect(catalogue.head.seq).to.equal(1);
  });

  it('compacts: the latest entry of a record stands, in the feed and in the log', async () => {
    const { catalogue } = test;
    await catalogue.put([aPut(1), aPut(2)]);
    await catalogue.put([aPut(1, { published: '2017' })]);
    const page = await catalogue.feeds.page(catalogue.node, 0, PAGE);
    expect(page?.entries.map(({ entry }) => [entry.seq, entry.kind])).to.deep.equal([
      [2, 'created'],
      [3, 'updated'],
    ]);
    const changes = await catalogue.log.after(0, 10);
    expect(changes.map(({ position }) => position)).to.deep.equal([2, 3]);
    expect(catalogue.head).to.include({ seq: 3, live: 2 });
  });

  it('does not serve a copy any more that its origin made disagree with its head', async () => {
    const { identity } = test;
    const [other, holder] = [await aCatalogue({ identity }), await aCatalogue()];
    try {
      await test.catalogue.put([aPut(1)]);
      await other.catalogue.put([aPut(2)]);
      const [one, two] = [
        await test.catalogue.feeds.page(identity.node, 0, PAGE),
        await other.catalogue.feeds.page(identity.node, 0, PAGE),
      ];
      if (one === undefined || two === undefined) throw new Error('no page');
      await holder.catalogue.accept(one.head, one.entries);
      expect(await holder.catalogue.confirm(one.head)).to.equal('complete');
      const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;
      expect(await holder.catalogue.accept(two.head, two.entries).catch(codeOf)).to.equal('FEED_FORKED');
      expect(await holder.catalogue.confirm(two.head).catch(codeOf)).to.equal('FEED_FORKED');
      expect(await holder.catalogue.feeds.page(identity.node, 0, PAGE)).to.equal(undefined);
    } finally {
      await other.close();
      await holder.close();
    }
  });

  it('has a copy in whole with the write of its last change, and not before', async () => {
    const holder = await aCatalogue();
    try {
      const { node } = test.catalogue;
      await test.catalogue.put([aPut(1), aPut(2)]);
      const page = await test.catalogue.feeds.page(node, 0, PAGE);
      if (page === undefined) throw new Error('no page');
      await holder.catalogue.accept(page.head, page.entries.slice(0, 1));
      expect(holder.catalogue.feeds.state(node)?.head).to.equal(undefined);
      await holder.catalogue.accept(page.head, page.entries.slice(1));
      expect(holder.catalogue.feeds.state(node)?.head).to.deep.equal(page.head);
    } finally {
      await holder.close();
    }
  });

  it('gives pages of at most so many bytes, or of one larger block', async () => {
    const { catalogue } = test;
    const large = { abstracts: [{ value: 'x'.repeat(5_000) }] };
    await catalogue.put([aPut(1), aPut(2, large), aPut(3), aPut(4)]);
    const seqs: number[][] = [];
    for (let after = 0, more = true; more;) {
      const page = await catalogue.feeds.page(catalogue.node, after, { entries: 3, bytes: 2_000 });
      if (page === undefined) throw new Error('no page');
      seqs.push(page.entries.map(({ entry }) => entry.seq));
      after = page.entries.at(-1)?.entry.seq ?? after;
      more = page.more;
    }
    expect(seqs).to.deep.equal([[1], [2], [3, 4]]);
  });

  it('finds a record by its identifiers, also by those with the separator in them, and no longer by old ones', async () => {
    const { catalogue } = test;
    const [first] = await catalogue.put([
      aPut(1, { identifiers: [{ scheme: 'doi', value: '10.1/x' }] }),
      aPut(2, { identifiers: [{ scheme: 'doi', value: '10.1/x!y' }], publishedDoi: '10.2/p' }),
    ]);
    expect(await catalogue.holdings.withIdentifier('doi', '10.1/x')).to.deep.equal([first?.key]);
    expect(await catalogue.holdings.withIdentifier('doi', '10.2/p')).to.have.length(1);
    await catalogue.put([aPut(1, { identifiers: [] })]);
    expect(await catalogue.holdings.withIdentifier('doi', '10.1/x')).to.deep.equal([]);
  });

  describe('a withdrawn record', () => {
    const withdraw = {
      type: 'withdraw',
      oaiIdentifier: 'oai:repository.example:1',
      reason: 'Retracted',
    } as const;
    beforeEach(async () => {
      await test.catalogue.put([
        aPut(1, { abstracts: [{ value: 'Secret' }], raw: [{ format: 'oai_dc', text: '<a/>' }] }),
      ]);
      await test.catalogue.put([withdraw]);
    });

    it('leaves a tombstone with title, reason and date, and nothing of its abstract, files and raw metadata', async () => {
      const key = (await test.catalogue.holdings.withIdentifier('oai', withdraw.oaiIdentifier))[0] ?? '';
      const holding = await test.catalogue.holdings.get(key);
      if (holding === undefined || !isTombstone(holding)) throw new Error('no tombstone');
      expect(holding.tombstone).to.deep.include({ kind: 'withdrawn', reason: 'Retracted' });
      expect(holding.titles[0]?.value).to.equal('A title');
      expect(JSON.stringify(holding)).not.to.contain('Secret');
      expect(holding).not.to.have.any.keys('abstracts', 'files', 'raw');
    });

    it('does not come back by a harvest, nor by a deletion at the source', async () => {
      const results = [
        ...(await test.catalogue.put([aPut(1, { published: '2018' })])),
        ...(await test.catalogue.put([
          { type: 'delete', oaiIdentifier: withdraw.oaiIdentifier, datestamp: '2026-02-01', reason: 'gone' },
        ])),
      ];
      expect(results.map(({ outcome }) => outcome)).to.deep.equal(['kept-withdrawn', 'unknown']);
    });

    it('comes back when the manager reinstates it', async () => {
      const [result] = await test.catalogue.put([{ type: 'reinstate', record: aRecord() }]);
      expect(result?.outcome).to.equal('updated');
    });
  });

  it('ignores the deletion of a record that was never here', async () => {
    const [result] = await test.catalogue.put([
      { type: 'delete', oaiIdentifier: 'oai:x:9', datestamp: '2026-01-01', reason: 'deleted' },
    ]);
    expect(result?.outcome).to.equal('unknown');
    expect(test.catalogue.head.seq).to.equal(0);
  });

  it('has everything after it was closed and opened again', async () => {
    await test.catalogue.put([aPut(1), aPut(2)]);
    await test.catalogue.put([aPut(2, { published: '2020' })]);
    const before = test.catalogue.head;
    test = await test.reopen();
    expect(test.catalogue.head).to.include({
      seq: before.seq,
      live: before.live,
      setDigest: before.setDigest,
    });
    expect(test.catalogue.position).to.equal(3);
  });

  it('refuses to publish its records under another base URL', async () => {
    await test.catalogue.put([aPut(1)]);
    const { directory, identity } = test;
    await test.catalogue.close();
    await test.store.close();
    let code: unknown;
    try {
      await aCatalogue({ directory, identity, base: 'https://other.example' });
    } catch (error) {
      code = (error as { code?: unknown }).code;
    }
    expect(code).to.equal('CATALOGUE_BASE_CHANGED');
    test = await aCatalogue();
  });
});

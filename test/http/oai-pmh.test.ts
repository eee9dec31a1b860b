import { expect } from 'chai';
import { OaiPmhClient, type OaiHeader } from '../../protocols/oai-pmh/index.ts';
import type { OwnChange } from '../../node/catalogue/index.ts';
import { recordKey } from '../../vocab/record-key.ts';
import { aPut, aRecord } from '../support/builders.ts';
import { aSite, type TestSite } from './support/a-site.ts';

const ARTICLE = 'http://purl.org/coar/resource_type/c_6501';
const THESIS = 'http://purl.org/coar/resource_type/c_46ec';
const SECOND = 1_000;

describe('the OAI-PMH provider', () => {
  let site: TestSite;
  beforeEach(async () => {
    site = await aSite();
  });
  afterEach(async () => {
    await site.close();
  });

  const client = (): OaiPmhClient =>
    new OaiPmhClient({ baseUrl: `${site.url}/oai`, fetch: (address, init) => fetch(address, init) });

  async function headers(
    options: {
      set?: string;
      from?: string;
      until?: string;
      metadataPrefix?: string;
    } = {},
  ): Promise<OaiHeader[]> {
    const found: OaiHeader[] = [];
    for await (const { records } of client().listRecords({ metadataPrefix: 'oai_dc', ...options })) {
      found.push(...records.map(({ header }) => header));
    }
    return found;
  }
  const numbers = async (options?: Parameters<typeof headers>[0]): Promise<string[]> =>
    (await headers(options)).map(({ identifier }) => identifier.replace('oai:repository.example:', ''));

  const ask = async (query: string): Promise<string> => await (await site.get(`/oai?${query}`)).text();
  const many = (from: number, to: number): OwnChange[] =>
    Array.from({ length: to - from + 1 }, (_, i) => aPut(from + i));

  it('tells who it is', async () => {
    await site.put(aPut(1));
    const identity = await client().identify();
    expect(identity).to.deep.include({
      repositoryName: 'University of Wyreford',
      baseUrl: 'https://node.example/oai',
      adminEmails: ['repository@wyreford.example'],
      deletedRecord: 'persistent',
      granularity: 'YYYY-MM-DDThh:mm:ssZ',
    });
    expect(identity.earliestDatestamp).to.equal(new Date(site.clock.now()).toISOString().slice(0, 19) + 'Z');
  });

  it('gives every record once, page by page, with the size of the list', async () => {
    await site.put(...many(1, 250));
    const pages = [];
    for await (const page of client().listRecords({ metadataPrefix: 'oai_dc' })) pages.push(page);
    expect(pages.map(({ records }) => records.length)).to.deep.equal([100, 100, 50]);
    expect(pages[0]?.completeListSize).to.equal(250);
    const identifiers = pages.flatMap(({ records }) => records.map(({ header }) => header.identifier));
    expect(new Set(identifiers).size).to.equal(250);
  });

  it('goes on behind its token though the node was changed meanwhile, and nothing is missed', async () => {
    await site.put(...many(1, 150));
    const first = await ask('verb=ListRecords&metadataPrefix=oai_dc');
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(first)?.[1] ?? '';
    const given = [...first.matchAll(/<identifier>oai:repository\.example:(\d+)</g)].map(([, n]) => n);
    site.clock.advance(5 * SECOND);
    await site.put(aPut(1, { published: '2001' }), aPut(150, { published: '2001' }), aPut(151));
    const second = await ask(`verb=ListRecords&resumptionToken=${token}`);
    const rest = [...second.matchAll(/<identifier>oai:repository\.example:(\d+)</g)].map(([, n]) => n);
    expect(new Set([...given, ...rest]).size).to.equal(151);
    expect(rest).to.include.members(['1', '150', '151']);
  });

  it('gives what changed between two seconds, both included', async () => {
    const at = (): string => `${new Date(site.clock.now()).toISOString().slice(0, 19)}Z`;
    await site.put(aPut(1));
    const first = at();
    site.clock.advance(10 * SECOND);
    await site.put(aPut(2));
    const second = at();
    site.clock.advance(10 * SECOND);
    await site.put(aPut(3), aPut(1, { published: '2001' }));
    const third = at();
    expect(await numbers({ from: second, until: second })).to.deep.equal(['2']);
    expect(await numbers({ until: second })).to.deep.equal(['2']);
    expect(await numbers({ from: third })).to.have.members(['1', '3']);
    expect(await numbers({ from: first.slice(0, 10), until: first.slice(0, 10) })).to.have.length(3);
    expect(await ask(`verb=ListRecords&metadataPrefix=oai_dc&until=${first}`)).to.include('noRecordsMatch');
  });

  it('shows a withdrawn record and a deleted one as deleted, in every set and format that they were in', async () => {
    const { oaiIdentifier } = aRecord();
    await site.put(aPut(1, { type: THESIS, sets: ['theses:phd'] }), aPut(2, { type: THESIS }));
    await site.put({ type: 'withdraw', oaiIdentifier, reason: 'Wrong.' });
    for (const options of [{}, { set: 'theses' }, { set: 'theses:phd' }, { set: 'type:c_46ec' }]) {
      const [found] = (await headers(options)).filter(({ identifier }) => identifier === oaiIdentifier);
      expect(found?.deleted, JSON.stringify(options)).to.equal(true);
    }
    const answer = await ask(`verb=GetRecord&metadataPrefix=oai_dc&identifier=${oaiIdentifier}`);
    expect(answer).to.include('status="deleted"').and.not.include('<metadata>');
  });

  it('names the sets that EPrints names in hexadecimal', async () => {
    await site.put(aPut(1, { sets: ['7375626A656374733D48:4845'] }));
    expect(await ask('verb=ListSets'))
      .to.include('<setSpec>7375626A656374733D48</setSpec><setName>subjects = H</setName>')
      .and.include('<setSpec>7375626A656374733D48:4845</setSpec><setName>subjects = H: HE</setName>');
  });

  it('has sets by source, type and origin, and those above them', async () => {
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    await site.put(aPut(1, { type: ARTICLE, sets: ['a:b:c'] }), aPut(2, { sets: ['a', 'no set!?'] }));
    const [key = ''] = await site.follow(peer, aPut(1, { type: ARTICLE, sets: ['a'] }));
    const answer = await ask('verb=ListSets');
    const sets = [...answer.matchAll(/<setSpec>([^<]+)<\/setSpec><setName>([^<]+)</g)].map(([, s, n]) => [
      s,
      n,
    ]);
    expect(sets).to.deep.equal([
      ['a', 'a'],
      ['a:b', 'a:b'],
      ['a:b:c', 'a:b:c'],
      ['origin', 'By institution'],
      ...[
        [`origin:${site.catalogue.node}`, 'University of Wyreford'],
        [`origin:${peer.node}`, 'Universidad Andina'],
      ].toSorted(([one = ''], [other = '']) => (one < other ? -1 : 1)),
      ['type', 'By resource type'],
      ['type:c_6501', 'journal article'],
    ]);
    expect(await numbers({ set: 'a' })).to.have.members(['1', '2']);
    expect(await numbers({ set: `origin:${peer.node}` })).to.deep.equal([
      `https://andina.example/records/${key}`,
    ]);
    expect(await numbers({ set: 'type' })).to.have.length(2);
    const one = await ask(
      `verb=GetRecord&metadataPrefix=oai_dc&identifier=https://andina.example/records/${key}`,
    );
    expect(one).to.include('<oai_dc:dc');
  });

  it('gives records as they were received, under a prefix of its own where it writes that format', async () => {
    const dc = '<dc xmlns="http://www.openarchives.org/OAI/2.0/oai_dc/"><x/></dc>';
    await site.put(aPut(1, { raw: [{ format: 'oai_dc', text: dc }] }), aPut(2, { raw: [] }));
    expect(await ask('verb=ListMetadataFormats')).to.include('<metadataPrefix>received_oai_dc<');
    expect(await numbers({ metadataPrefix: 'received_oai_dc' })).to.deep.equal(['1']);
    expect(await ask('verb=ListRecords&metadataPrefix=received_oai_dc')).to.include(dc);
    expect(
      await ask('verb=GetRecord&metadataPrefix=received_oai_dc&identifier=oai:repository.example:2'),
    ).to.include('cannotDisseminateFormat');
  });

  it('answers by POST', async () => {
    await site.put(aPut(1));
    const body = new URLSearchParams({ verb: 'ListIdentifiers', metadataPrefix: 'oai_dc' });
    const response = await fetch(`${site.url}/oai`, { method: 'POST', body });
    expect(await response.text()).to.include('<identifier>oai:repository.example:1<');
  });

  for (const [query, condition] of [
    ['', 'badVerb'],
    ['verb=Shout', 'badVerb'],
    ['verb=Identify&verb=Identify', 'badVerb'],
    ['verb=Identify&x=1', 'badArgument'],
    ['verb=ListRecords', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=yesterday', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=oai_dc&from=2026-01-01&until=2026-01-01T00:00:00Z', 'badArgument'],
    ['verb=ListRecords&metadataPrefix=nothing', 'cannotDisseminateFormat'],
    ['verb=ListRecords&metadataPrefix=oai_dc&set=nothing', 'noRecordsMatch'],
    ['verb=ListRecords&resumptionToken=nonsense', 'badResumptionToken'],
    ['verb=ListSets&resumptionToken=nonsense', 'badResumptionToken'],
    ['verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:x:1', 'idDoesNotExist'],
    ['verb=ListMetadataFormats&identifier=oai:x:1', 'idDoesNotExist'],
  ] as const) {
    it(`answers ${query || 'nothing'} with ${condition}`, async () => {
      await site.put(aPut(1));
      expect(await ask(query)).to.include(`<error code="${condition}"`);
    });
  }

  it('refuses a token of another node', async () => {
    await site.put(...many(1, 101));
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(
      await ask('verb=ListRecords&metadataPrefix=oai_dc'),
    )?.[1];
    const read = JSON.parse(Buffer.from(token ?? '', 'base64url').toString()) as Record<string, unknown>;
    const foreign = Buffer.from(JSON.stringify({ ...read, provider: 'other' })).toString('base64url');
    expect(await ask(`verb=ListRecords&resumptionToken=${token}`)).to.include('<record>');
    expect(await ask(`verb=ListRecords&resumptionToken=${foreign}`)).to.include('badResumptionToken');
    expect(await ask(`verb=ListSets&resumptionToken=${token}`)).to.include('badResumptionToken');
  });

  it('gives out what another node says was received only where it is one whole element', async () => {
    const peer = await site.peer('Universidad Andina', 'https://andina.example');
    const forged =
      '<dc/></metadata></record><record><header status="deleted"><identifier>oai:repository.example:1</identifier>' +
      '<datestamp>2026-01-01</datestamp></header></record><record><metadata><dc/>';
    const raws = [forged, '<x:dc/>', '<?xml version="1.0"?><dc/>', '<dc>', '<dc>whole</dc>'];
    await site.follow(peer, ...raws.map((text, i) => aPut(i + 1, { raw: [{ format: 'oai_dc', text }] })));
    const answer = await ask('verb=ListRecords&metadataPrefix=received_oai_dc');
    expect(answer).not.to.contain('oai:repository.example:1<').and.not.to.contain('status="deleted"');
    expect([...answer.matchAll(/<metadata>(.*?)<\/metadata>/gs)].map(([, xml]) => xml)).to.deep.equal([
      '<dc>whole</dc>',
    ]);
  });

  it('does not give out as received what names a withdrawn file', async () => {
    const url = 'https://repository.example/1.pdf';
    const raw = [{ format: 'oai_dc', text: `<dc><identifier>${url}</identifier></dc>` }];
    await site.put(aPut(1, { files: [{ url, access: 'open' }], raw }));
    const query = 'verb=ListRecords&metadataPrefix=received_oai_dc';
    expect(await ask(query)).to.contain(url);
    const oaiIdentifier = 'oai:repository.example:1';
    await site.put({ type: 'withdraw-file', oaiIdentifier, url, reason: 'rights' });
    expect(await ask(query))
      .to.contain('<error')
      .and.not.to.contain(url);
    const key = recordKey(site.catalogue.node, oaiIdentifier);
    expect(await (await site.get(`/records/${key}?format=jsonld`)).text()).not.to.contain(url);
  });
});

import { expect } from 'chai';
import { Identity } from '../../node/identity/index.ts';
import { SignatureVerifier } from '../../protocols/heads/index.ts';
import { decodeSummary, verifySummary } from '../../protocols/usage-summary/index.ts';
import { toNQuads, type JsonLdObject } from '../../vocab/json-ld/index.ts';
import { aSigned, aSignedWithWorks, use } from '../analysis/regional-usage/a-region.ts';
import { aSite, type TestSite } from './support/a-site.ts';

interface Item {
  id: string;
  node: string;
  month: string;
  revision: number;
  investigations: number;
  works?: string;
  signed: string;
}

describe('the summaries of usage over HTTP', () => {
  let site: TestSite;
  const [lima, puebla] = [Identity.generate(), Identity.generate()];
  before(async () => {
    site = await aSite();
    const { summary, pages, name } = aSignedWithWorks(
      lima,
      [
        [['record:a', 'doi:10.1/a'], use(5, 4, 3, 2)],
        [['record:b'], use(2, 1, 0, 0)],
      ],
      {
        month: '2020-10',
        revision: 3,
        byType: [{ value: 'c_6501', metrics: use(5, 4, 3, 2) }],
        byLanguage: [{ value: 'es', metrics: use(5, 4, 3, 2) }],
        byCountry: [{ value: 'PE', metrics: use(5, 4, 3, 2) }],
        top: [{ key: 'a'.repeat(20), title: '=SUM(A1)', investigations: 5, requests: 3 }],
      },
    );
    await site.regionalUsage.accept(summary);
    await site.regionalUsage.acceptWorks(name, pages);
    await site.regionalUsage.accept(
      aSignedWithWorks(lima, [[['record:a'], use(1)]], { month: '2020-11' }).summary,
    );
    await site.regionalUsage.accept(aSigned(puebla, { month: '2020-10' }));
  });
  after(() => site.close());

  const get = (path: string, accept = 'application/ld+json'): Promise<Response> =>
    fetch(site.url + path, { headers: { accept } });
  const json = async <T>(path: string): Promise<T> => (await (await get(path)).json()) as T;

  it('are all had in one call, as JSON-LD that is RDF', async () => {
    const document = await json<{ type: string; summaries: Item[] } & JsonLdObject>('/usage/summaries');
    expect(document.type).to.equal('UsageSummaries');
    expect(
      document.summaries.map(({ node, month, revision }) => [node, month, revision]),
    ).to.have.deep.members([
      [lima.node, '2020-10', 3],
      [lima.node, '2020-11', 1],
      [puebla.node, '2020-10', 1],
    ]);
    const quads = await toNQuads(document);
    expect(quads).to.contain('usageSummary').and.to.contain('http://purl.org/coar/resource_type/c_6501');
  });

  it('are had as lines of JSON-LD, and as a table', async () => {
    const lines = await get('/usage/summaries', 'application/x-ndjson');
    expect(lines.headers.get('content-type')).to.match(/^application\/x-ndjson/);
    const documents = (await lines.text())
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as JsonLdObject);
    expect(documents).to.have.length(3);
    for (const document of documents) expect(document).to.include.keys('@context', 'id', 'signed');
    const table = await get('/usage/summaries?format=csv');
    expect(table.headers.get('content-type')).to.match(/^text\/csv/);
    expect(table.headers.get('content-disposition')).to.contain('usage.csv');
    const rows = (await table.text()).trimEnd().split('\r\n');
    expect(rows[0]).to.contain('Total_Item_Investigations,Unique_Item_Investigations,Total_Item_Requests');
    expect(
      rows.filter((row) => row.startsWith(`${lima.node},`) && row.includes(',2020-10,3,')),
    ).to.have.length(4);
    expect(rows.some((row) => row.endsWith(',userCountry,PE,5,4,3,2'))).to.equal(true);
  });

  it('are of the months, nodes and countries that are asked for, and of nothing else', async () => {
    const months = async (query: string): Promise<string[]> =>
      (await json<{ summaries: Item[] }>(`/usage/summaries?${query}`)).summaries.map(({ month }) => month);
    expect(await months('from=2020-11')).to.deep.equal(['2020-11']);
    expect(await months(`node=${puebla.node}`)).to.deep.equal(['2020-10']);
    expect(await months('country=MX')).to.deep.equal([]);
    for (const query of ['from=2020', 'to=2020-13', 'country=mx', 'node=x', 'forma=csv', 'format=ris'])
      expect((await get(`/usage/summaries?${query}`)).status, query).to.equal(400);
  });

  it('are had one by one, also as the bytes that their node signed', async () => {
    const path = `/usage/summaries/${lima.node}/2020-10`;
    const document = await json<Item & JsonLdObject>(path);
    expect(document).to.deep.include({ type: 'UsageSummary', revision: 3, investigations: 7 });
    expect(document.works).to.equal(`${document.id}/works`);
    const bytes = new Uint8Array(await (await get(path, 'application/vnd.ipld.dag-cbor')).arrayBuffer());
    expect(Buffer.from(bytes).toString('base64')).to.equal(document.signed);
    const summary = decodeSummary(bytes);
    expect(await verifySummary(summary, new SignatureVerifier())).to.equal(true);
    expect(summary.total).to.deep.equal(use(7, 5, 3, 2));
    for (const unknown of [
      `${lima.node}/2019-01`,
      `${Identity.generate().node}/2020-10`,
      'x/2020-10',
      `${lima.node}/y`,
    ])
      expect((await get(`/usage/summaries/${unknown}`)).status, unknown).to.equal(404);
  });

  it('come with their works, by the hashes of identifiers', async () => {
    const path = `/usage/summaries/${lima.node}/2020-10/works`;
    const { items } = await json<{ items: { item: number; identifierHash: string; requests: number }[] }>(
      path,
    );
    expect(items).to.have.length(3);
    expect(new Set(items.map(({ item }) => item)).size).to.equal(2);
    // The beginning of: printf 'doi:10.1/a' | sha256sum
    expect(
      items
        .filter(({ identifierHash }) => identifierHash === 'c5ad1ca99d0cff09')
        .map(({ requests }) => requests),
    ).to.deep.equal([3]);
    const table = await (await get(path, 'text/csv')).text();
    expect(table.trimEnd().split('\r\n')).to.have.length(4);
    expect((await get(`/usage/summaries/${lima.node}/2020-11/works`)).status).to.equal(404);
  });
});

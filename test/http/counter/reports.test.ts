import { expect } from 'chai';
import type { Holding } from '../../../vocab/record.ts';
import { counterSchema, responseSchema } from '../../support/counter-schema.ts';
import { CounterSite, WORLD, type Report } from './counter-site.ts';

const type = (name: string): string => `http://purl.org/coar/resource_type/${name}`;
const [ARTICLE, THESIS, DATASET, CHAPTER] = ['c_6501', 'c_46ec', 'c_ddb1', 'c_3248'].map(type);
const QUARTER = 'begin_date=2026-01&end_date=2026-03';
const ORCID = '0000-0002-1825-0097';

const check = counterSchema();
if (check === undefined)
  console.log('      ../shared/standards/counter is not here: answers are not held against it');

describe('COUNTER reports', () => {
  let site: CounterSite;
  beforeEach(async () => {
    site = await CounterSite.open();
    site.usage.days.set('2026-01', { days: 31, openDays: 0 });
  });
  afterEach(() => site.close());

  const conforms = (id: string, report: unknown): void => check?.(`schemas/${id}`, report);

  /** An article of a journal, another one of it, a thesis, a dataset, a chapter, something of which little is known. */
  async function fill(): Promise<void> {
    await site.used(
      1,
      { '2026-01': [5, 4, 3, 2], '2026-03': [10, 9, 8, 7] },
      {
        type: ARTICLE!,
        titles: [{ value: '=Open, repositories' }],
        publisher: 'Wyreford Press',
        published: '2016-05-04',
        version: 'http://purl.org/coar/version/c_970fb48d4fbd8a85',
        access: { right: 'open' },
        creators: [
          { name: 'Knoth, Petr', orcid: ORCID, kind: 'person' },
          ...['Two, B', 'Three, C', 'Four, D'].map((name) => ({ name, kind: 'person' as const })),
        ],
        identifiers: [
          { scheme: 'doi', value: '10.1000/xyz' },
          { scheme: 'handle', value: '1234/56' },
          { scheme: 'issn', value: '2045-2322' },
        ],
        source: { title: 'Scientific Reports' },
      },
    );
    await site.used(
      2,
      { '2026-03': [2, 2, 1, 1] },
      {
        type: ARTICLE!,
        published: '2020',
        access: { right: 'restricted' },
        identifiers: [{ scheme: 'issn', value: '2045-2322' }],
        source: { title: 'Sci. Rep.' },
      },
    );
    await site.used(
      3,
      { '2026-02': [7, 6, 0, 0] },
      { type: THESIS!, published: '2016-01', access: { right: 'open' } },
    );
    await site.used(4, { '2026-03': [1, 1, 1, 1] }, { type: DATASET!, published: '2025' });
    await site.used(
      5,
      { '2026-03': [3, 3, 2, 2] },
      {
        type: CHAPTER!,
        identifiers: [{ scheme: 'isbn', value: '9783161484100' }],
        source: { title: 'A book' },
      },
    );
    site.usage.add('abcdefghijklmnopqrst', { '2026-03': [1, 1, 0, 0] });
  }

  it('conform to the official description of the API, whatever is asked for', async () => {
    await fill();
    const asked: [string, string[]][] = [
      [
        'PR',
        [
          QUARTER,
          `${QUARTER}&granularity=Total`,
          `${QUARTER}&attributes_to_show=Access_Method`,
          `${QUARTER}&data_type=Article|Dataset&metric_type=Total_Item_Requests|Unique_Item_Requests`,
          `${QUARTER}&country_code=PT&foo=bar`,
        ],
      ],
      ['PR_P1', [QUARTER, `${QUARTER}&data_type=Article`]],
      [
        'IR',
        [
          QUARTER,
          `${QUARTER}&include_parent_details=True`,
          `${QUARTER}&attributes_to_show=Authors|Publication_Date|Article_Version|YOP|Access_Type|Access_Method`,
          `${QUARTER}&granularity=Total&include_component_details=True`,
          `${QUARTER}&access_type=Open&yop=2016|2018-2020&platform=Wyreford Research`,
          `${QUARTER}&item_id=DOI:10.1000/xyz&author=ORCID:${ORCID}`,
          `${QUARTER}&metric_type=Searches_Platform&item_id=1234-5679&yop=2020-2010`,
          'begin_date=2025-06-01&end_date=2026-12-31',
          `${QUARTER}&access_method=TDM`,
        ],
      ],
      ['IR_A1', [QUARTER, 'begin_date=2026-02&end_date=2026-02']],
    ];
    for (const [id, queries] of asked) {
      for (const query of queries) conforms(id, await site.report(id.toLowerCase(), query));
    }
    const lists: [string, string][] = [
      ['status', '200_Status'],
      [`members?${WORLD}`, '200_Members'],
      [`reports?${WORLD}`, '200_Reports'],
    ];
    for (const [path, name] of lists) {
      const answer = await (await site.get(`r51/${path}`)).json();
      expect(answer).to.be.an('array').with.length.above(0);
      check?.(responseSchema(name), answer);
    }
  });

  it('tell the items in the layout of release 5.1', async () => {
    await fill();
    const shown = 'attributes_to_show=Authors|Publication_Date|Article_Version|YOP|Access_Type|Access_Method';
    const report = await site.report('ir', `${QUARTER}&item_id=10.1000/xyz&${shown}`);
    expect(report.Report_Header).to.deep.include({
      Release: '5.1',
      Report_ID: 'IR',
      Report_Name: 'Item Report',
      Created: '2026-04-15T00:00:00Z',
      Created_By: 'NGR Node 0.1.0',
      Institution_Name: 'The World',
      Institution_ID: { Proprietary: ['wyreford.example:0000000000000000'] },
      Registry_Record: '',
      Report_Filters: { Begin_Date: '2026-01-01', End_Date: '2026-03-31', Item_ID: '10.1000/xyz' },
    });
    expect(report.Report_Items).to.deep.equal([
      {
        Items: [
          {
            Item: '=Open, repositories',
            Publisher: 'Wyreford Press',
            Platform: 'Wyreford Research',
            Authors: [{ Name: 'Knoth, Petr', ORCID }, { Name: 'Two, B' }, { Name: 'Three, C' }],
            Publication_Date: '2016-05-04',
            Article_Version: 'VoR',
            Item_ID: {
              DOI: '10.1000/xyz',
              Proprietary: 'wyreford.example:oai:repository.example:1',
              URI: 'https://hdl.handle.net/1234/56',
            },
            Attribute_Performance: [
              {
                Data_Type: 'Article',
                YOP: '2016',
                Access_Type: 'Open',
                Access_Method: 'Regular',
                Performance: {
                  Total_Item_Investigations: { '2026-01': 5, '2026-03': 10 },
                  Total_Item_Requests: { '2026-01': 3, '2026-03': 8 },
                  Unique_Item_Investigations: { '2026-01': 4, '2026-03': 9 },
                  Unique_Item_Requests: { '2026-01': 2, '2026-03': 7 },
                },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('put all items of a journal under it once, however its title is written', async () => {
    await fill();
    const report = await site.report('ir', `${QUARTER}&include_parent_details=True`);
    const groups = report.Report_Items as {
      Title?: string;
      Data_Type?: string;
      Item_ID?: object;
      Items: object[];
    }[];
    expect(groups.map(({ Data_Type, Items }) => [Data_Type, Items.length])).to.have.deep.members([
      [undefined, 3],
      ['Journal', 2],
      ['Book', 1],
    ]);
    const journal = groups.find(({ Data_Type }) => Data_Type === 'Journal');
    expect(journal?.Item_ID).to.deep.equal({ URI: 'urn:ISSN:2045-2322' });
    expect(groups.find(({ Data_Type }) => Data_Type === 'Book')?.Item_ID).to.deep.equal({
      URI: 'urn:ISBN:9783161484100',
    });
    const articles = await site.report('ir_a1', QUARTER);
    expect(articles.Report_Items).to.have.length(1);
    expect(articles.Report_Items[0]).to.have.property('Items').with.length(2);
    expect(articles.Report_Items[0]).not.to.have.property('Data_Type');
  });

  it('tell a journal without any number by its title', async () => {
    await site.used(1, { '2026-03': [1, 1, 1, 1] }, { type: ARTICLE!, source: { title: 'Boletín' } });
    await site.used(2, { '2026-03': [1, 1, 1, 1] }, { type: ARTICLE!, source: { title: 'BOLETÍN ' } });
    const [group, ...others] = (await site.report('ir_a1')).Report_Items;
    expect(others).to.deep.equal([]);
    expect(group)
      .to.have.property('Item_ID')
      .with.property('Proprietary')
      .that.matches(/^wyreford\.example:title\/[a-z2-7]{16}$/);
  });

  it('add up the platform by type of content', async () => {
    await fill();
    const report = await site.report('pr', QUARTER);
    expect(performances(report)).to.deep.equal({
      Article: [15 + 2, 13 + 2, 11 + 1, 9 + 1],
      Book_Segment: [3, 3, 2, 2],
      Dataset: [1, 1, 1, 1],
      Thesis_or_Dissertation: [7, 6, 0, 0],
      Unspecified: [1, 1, 0, 0],
    });
    const view = await site.report('pr_p1', QUARTER);
    expect(performances(view)).to.deep.equal({
      Article: [0, 0, 12, 10],
      Book_Segment: [0, 0, 2, 2],
      Dataset: [0, 0, 1, 1],
    });
  });

  it('add up the months where the total is asked for', async () => {
    await fill();
    const report = await site.report('ir', `${QUARTER}&granularity=Totals&item_id=10.1000/xyz`);
    expect(report.Report_Header.Report_Attributes).to.deep.equal({ Granularity: 'Total' });
    expect(JSON.stringify(report.Report_Items)).to.include('"Total_Item_Investigations":{"2026-01":15}');
  });

  const filters: readonly [query: string, items: number, told?: object][] = [
    ['', 6],
    ['access_type=Open', 2, { Access_Type: ['Open'] }],
    ['access_type=Free_To_Read', 2],
    ['access_type=Open|Free_To_Read|Controlled', 6, {}],
    ['access_method=Regular', 6, { Access_Method: ['Regular'] }],
    ['data_type=Dataset|Thesis_or_Dissertation', 2, { Data_Type: ['Dataset', 'Thesis_or_Dissertation'] }],
    ['yop=2016', 3, { YOP: ['2016'] }],
    ['yop=0001-2019|2025', 5],
    ['metric_type=Total_Item_Requests', 4, { Metric_Type: ['Total_Item_Requests'] }],
    [`author=${ORCID}`, 1, { Author: ORCID }],
    ['item_id=oai:repository.example:3', 1],
    ['item_id=wyreford.example:oai:repository.example:3|https://hdl.handle.net/1234/56', 2],
  ];
  for (const [query, items, told] of filters) {
    it(`are narrowed by ${query === '' ? 'nothing' : query}`, async () => {
      await fill();
      const report = await site.report('ir', `${QUARTER}&${query}`);
      conforms('IR', report);
      expect(report.Report_Items.flatMap(({ Items }) => Items)).to.have.length(items);
      expect(report.Report_Header.Exceptions).to.equal(undefined);
      if (told === undefined) return;
      const { Begin_Date, End_Date, ...others } = report.Report_Header.Report_Filters;
      expect([Begin_Date, End_Date]).to.deep.equal(['2026-01-01', '2026-03-31']);
      expect(others).to.deep.equal(told);
    });
  }

  it('have the address of an item’s page here for a name of it', async () => {
    const key = await site.used(1, { '2026-03': [1, 1, 1, 1] });
    await site.used(2, { '2026-03': [1, 1, 1, 1] });
    const held = (await site.test.catalogue.holdings.get(key)) as Holding;
    const report = await site.report('ir', `${QUARTER}&item_id=${encodeURIComponent(held.id)}`);
    expect(report.Report_Items.flatMap(({ Items }) => Items)).to.have.length(1);
  });

  it('keep what is left of a withdrawn record', async () => {
    await site.used(1, { '2026-03': [4, 3, 2, 1] }, { type: THESIS! });
    const oaiIdentifier = 'oai:repository.example:1';
    await site.test.catalogue.put([{ type: 'withdraw', oaiIdentifier, reason: 'by the author' }]);
    const report = await site.report('ir');
    conforms('IR', report);
    expect(JSON.stringify(report.Report_Items)).to.include('"Item":"A title"').and.include('Unspecified');
  });

  it('tell the items in the layout of release 5', async () => {
    await fill();
    const shown = 'attributes_to_show=Authors|Publication_Date|Article_Version|Data_Type|YOP|Access_Type';
    const query = `${QUARTER}&item_id=10.1000/xyz&include_parent_details=True&${shown}`;
    const report = await site.report('ir', query, 'r5');
    expect(report.Report_Header).to.deep.include({
      Release: '5',
      Report_Name: 'Item Master Report',
      Customer_ID: '0000000000000000',
      Institution_ID: [{ Type: 'Proprietary', Value: 'wyreford.example:0000000000000000' }],
      Report_Filters: [
        { Name: 'Item_ID', Value: '10.1000/xyz' },
        { Name: 'Begin_Date', Value: '2026-01-01' },
        { Name: 'End_Date', Value: '2026-03-31' },
      ],
    });
    expect(report.Report_Items).to.deep.equal([
      {
        Item: '=Open, repositories',
        Item_ID: [
          { Type: 'DOI', Value: '10.1000/xyz' },
          { Type: 'Proprietary', Value: 'wyreford.example:oai:repository.example:1' },
          { Type: 'URI', Value: 'https://hdl.handle.net/1234/56' },
        ],
        Item_Contributors: [
          { Type: 'Author', Name: 'Knoth, Petr', Identifier: `ORCID:${ORCID}` },
          { Type: 'Author', Name: 'Two, B' },
          { Type: 'Author', Name: 'Three, C' },
        ],
        Item_Dates: [{ Type: 'Publication_Date', Value: '2016-05-04' }],
        Item_Attributes: [{ Type: 'Article_Version', Value: 'VoR' }],
        Platform: 'Wyreford Research',
        Publisher: 'Wyreford Press',
        Item_Parent: {
          Item_Name: 'Scientific Reports',
          Item_ID: [{ Type: 'URI', Value: 'urn:ISSN:2045-2322' }],
          Data_Type: 'Journal',
        },
        Data_Type: 'Article',
        YOP: '2016',
        Access_Type: 'OA_Gold',
        Performance: [
          {
            Period: { Begin_Date: '2026-01-01', End_Date: '2026-01-31' },
            Instance: [
              { Metric_Type: 'Total_Item_Investigations', Count: 5 },
              { Metric_Type: 'Total_Item_Requests', Count: 3 },
              { Metric_Type: 'Unique_Item_Investigations', Count: 4 },
              { Metric_Type: 'Unique_Item_Requests', Count: 2 },
            ],
          },
          {
            Period: { Begin_Date: '2026-03-01', End_Date: '2026-03-31' },
            Instance: [
              { Metric_Type: 'Total_Item_Investigations', Count: 10 },
              { Metric_Type: 'Total_Item_Requests', Count: 8 },
              { Metric_Type: 'Unique_Item_Investigations', Count: 9 },
              { Metric_Type: 'Unique_Item_Requests', Count: 7 },
            ],
          },
        ],
      },
    ]);
  });

  it('tell the platform in the layout of release 5, by type where that is asked for', async () => {
    await fill();
    const whole = await site.report('pr', 'begin_date=2026-02&end_date=2026-02', 'r5');
    expect(whole.Report_Items).to.deep.equal([
      {
        Platform: 'Wyreford Research',
        Performance: [
          {
            Period: { Begin_Date: '2026-02-01', End_Date: '2026-02-28' },
            Instance: [
              { Metric_Type: 'Total_Item_Investigations', Count: 7 },
              { Metric_Type: 'Unique_Item_Investigations', Count: 6 },
            ],
          },
        ],
      },
    ]);
    const byType = await site.report(
      'pr',
      `${QUARTER}&attributes_to_show=Data_Type&granularity=Totals`,
      'r5',
    );
    expect(byType.Report_Items.map(({ Data_Type }) => Data_Type)).to.deep.equal([
      'Article',
      'Book_Segment',
      'Dataset',
      'Repository_Item',
      'Thesis_or_Dissertation',
    ]);
    const members = (await (await site.get(`r5/members?${WORLD}`)).json()) as object[];
    expect(members[0]).to.deep.include({ Name: 'The World', Customer_ID: '0000000000000000' });
  });

  it('are listed with the months that there are', async () => {
    await fill();
    const list = (await (await site.get(`r51/reports?${WORLD}`)).json()) as Record<string, string>[];
    expect(list.map(({ Report_ID }) => Report_ID)).to.deep.equal(['PR', 'PR_P1', 'IR', 'IR_A1']);
    for (const report of list) {
      expect(report).to.include({ First_Month_Available: '2026-01', Last_Month_Available: '2026-03' });
      const path = report['Path']?.slice(1) ?? '';
      expect((await site.get(`${path}?${WORLD}&${QUARTER}`)).status).to.equal(200);
    }
  });

  it('are made as they are read, and given up with the client', async () => {
    for (let n = 0; n < 20_000; n += 1) {
      site.usage.add(`key${String(n).padStart(17, '0')}`, { '2026-03': [n + 1, 1, 1, 1] });
    }
    const leaving = new AbortController();
    const response = await fetch(`${site.http.url}/counter/r51/reports/ir?${WORLD}&${QUARTER}`, {
      signal: leaving.signal,
      headers: { 'accept-encoding': 'identity' },
    });
    const reader = response.body?.getReader();
    const { value } = (await reader?.read()) ?? {};
    expect(new TextDecoder().decode(value)).to.match(/^\{"Report_Header":\{/);
    expect(site.usage.read).to.be.below(20_000);
    leaving.abort();
    while (site.usage.closed === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(site.usage.read).to.be.below(20_000);
  });
});

/** Sums over the months by Data_Type: total and unique investigations, total and unique requests. */
function performances({ Report_Items: [item] }: Report): Record<string, number[]> {
  const list = item?.['Attribute_Performance'] as {
    Data_Type: string;
    Performance: Record<string, Record<string, number>>;
  }[];
  const names = [
    'Total_Item_Investigations',
    'Unique_Item_Investigations',
    'Total_Item_Requests',
    'Unique_Item_Requests',
  ];
  return Object.fromEntries(
    list.map(({ Data_Type, Performance }) => [
      Data_Type,
      names.map((name) => Object.values(Performance[name] ?? {}).reduce((sum, count) => sum + count, 0)),
    ]),
  );
}

import { expect } from 'chai';
import { CounterSite, WORLD } from './counter-site.ts';

const ARTICLE = 'http://purl.org/coar/resource_type/c_6501';
const QUARTER = 'begin_date=2026-01&end_date=2026-03';

/** The rows of tab-separated values. */
const rowsOf = (text: string): string[][] =>
  text
    .replace(/^\ufeff/, '')
    .split('\r\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));

describe('COUNTER reports as tables', () => {
  let site: CounterSite;
  beforeEach(async () => {
    site = await CounterSite.open();
    await site.used(
      1,
      { '2026-01': [5, 4, 3, 2], '2026-03': [10, 9, 8, 7] },
      {
        type: ARTICLE,
        titles: [{ value: '=Open,\ta "repository"' }],
        published: '2016-05-04',
        access: { right: 'open' },
        creators: [
          { name: 'Knoth, Petr', orcid: '0000-0002-1825-0097', kind: 'person' },
          { name: 'Two, B', kind: 'person' },
        ],
        identifiers: [{ scheme: 'doi', value: '10.1000/xyz' }],
        source: { title: 'Journal' },
      },
    );
  });
  afterEach(() => site.close());

  const table = async (path: string): Promise<string[][]> =>
    rowsOf(await (await site.get(`${path}${path.includes('?') ? '&' : '?'}${WORLD}&format=tsv`)).text());

  it('have the thirteen rows of a header, a blank one, and the columns in their order', async () => {
    const shown = 'Authors|Publication_Date|Article_Version|YOP|Access_Type|Access_Method';
    const rows = await table(
      `r51/reports/ir?${QUARTER}&data_type=Article&attributes_to_show=${shown}&include_parent_details=True`,
    );
    expect(rows.slice(0, 14)).to.deep.equal([
      ['Report_Name', 'Item Report'],
      ['Report_ID', 'IR'],
      ['Release', '5.1'],
      ['Institution_Name', 'The World'],
      ['Institution_ID', 'wyreford.example:0000000000000000'],
      [
        'Metric_Types',
        'Total_Item_Investigations; Total_Item_Requests; Unique_Item_Investigations; Unique_Item_Requests',
      ],
      ['Report_Filters', 'Data_Type=Article'],
      ['Report_Attributes', `Attributes_To_Show=${shown}; Include_Parent_Details=True`],
      ['Exceptions', ''],
      ['Reporting_Period', 'Begin_Date=2026-01-01; End_Date=2026-03-31'],
      ['Created', '2026-04-15T00:00:00Z'],
      ['Created_By', 'NGR Node 0.1.0'],
      ['Registry_Record', ''],
      [''],
    ]);
    expect(rows[14]?.join(' ')).to.equal(
      'Item Publisher Publisher_ID Platform Authors Publication_Date Article_Version DOI Proprietary_ID ISBN Print_ISSN Online_ISSN URI ' +
        'Parent_Title Parent_Authors Parent_Publication_Date Parent_Article_Version Parent_Data_Type Parent_DOI Parent_Proprietary_ID Parent_ISBN Parent_Print_ISSN Parent_Online_ISSN Parent_URI ' +
        'Data_Type YOP Access_Type Access_Method Metric_Type Reporting_Period_Total Jan-2026 Feb-2026 Mar-2026',
    );
    expect(rows).to.have.length(15 + 4);
    const cell = (row: number, name: string): string | undefined =>
      rows[row]?.[rows[14]?.indexOf(name) ?? -1];
    expect(cell(15, 'Item')).to.equal('\'=Open, a "repository"');
    expect(cell(15, 'Authors')).to.equal('Knoth, Petr (ORCID:0000-0002-1825-0097); Two, B');
    expect(cell(15, 'Parent_Title')).to.equal('Journal');
    expect(rows[16]?.slice(-5)).to.deep.equal(['Total_Item_Requests', '11', '3', '0', '8']);
  });

  it('of articles have the columns of the standard view', async () => {
    const rows = await table(`r51/reports/ir_a1?${QUARTER}`);
    expect(rows[5]).to.deep.equal(['Metric_Types', 'Total_Item_Requests; Unique_Item_Requests']);
    expect(rows[6]).to.deep.equal(['Report_Filters', 'Data_Type=Article; Access_Method=Regular']);
    expect(rows[7]).to.deep.equal(['Report_Attributes', '']);
    expect(rows[14]?.join(' ')).to.equal(
      'Item Publisher Publisher_ID Platform Authors Publication_Date Article_Version DOI Proprietary_ID Print_ISSN Online_ISSN URI ' +
        'Parent_Title Parent_Authors Parent_Article_Version Parent_DOI Parent_Proprietary_ID Parent_Print_ISSN Parent_Online_ISSN Parent_URI ' +
        'Access_Type Metric_Type Reporting_Period_Total Jan-2026 Feb-2026 Mar-2026',
    );
  });

  it('of the platform tell the type in release 5.1, and in release 5 where it is asked for', async () => {
    const heading = async (path: string): Promise<string | undefined> =>
      (await table(path)).find(([first]) => first === 'Platform')?.join(' ');
    const end = 'Metric_Type Reporting_Period_Total Jan-2026 Feb-2026 Mar-2026';
    expect(await heading(`r51/reports/pr?${QUARTER}`)).to.equal(`Platform Data_Type ${end}`);
    expect(await heading(`r51/reports/pr_p1?${QUARTER}`)).to.equal(`Platform Data_Type ${end}`);
    expect(await heading(`r5/reports/pr_p1?${QUARTER}`)).to.equal(`Platform ${end}`);
    expect(await heading(`r5/reports/pr?${QUARTER}&attributes_to_show=Access_Method|Data_Type`)).to.equal(
      `Platform Data_Type Access_Method ${end}`,
    );
    const five = await table(`r5/reports/pr?${QUARTER}`);
    expect(five[11]?.[0]).to.equal('Created_By');
    expect(five[12]).to.deep.equal(['']);
    expect(five[13]?.[0]).to.equal('Platform');
  });

  it('leave the months out where that is asked for', async () => {
    for (const asked of ['exclude_monthly_details=True', 'granularity=Total']) {
      const rows = await table(`r51/reports/pr?${QUARTER}&${asked}`);
      expect(rows[7]?.[1]).to.equal('Exclude_Monthly_Details=True');
      expect(rows[14]?.at(-1)).to.equal('Reporting_Period_Total');
      expect(rows[15]?.at(-1)).to.equal('15');
    }
  });

  it('say why they are empty', async () => {
    const rows = await table('r51/reports/ir?begin_date=2026-02&end_date=2026-02');
    expect(rows[8]).to.deep.equal(['Exceptions', '3030: No Usage Available for Requested Dates']);
    expect(rows).to.have.length(15);
  });

  it('come by Accept as by the address, with a byte order mark and a name', async () => {
    const cases: [string, string, string | null][] = [
      ['text/csv', 'text/csv; charset=utf-8', 'attachment; filename="PR_2026-01_2026-03.csv"'],
      [
        'text/tab-separated-values',
        'text/tab-separated-values; charset=utf-8',
        'attachment; filename="PR_2026-01_2026-03.tsv"',
      ],
      ['text/html,*/*;q=0.8', 'application/json', null],
      ['image/png', 'application/json', null],
    ];
    for (const [accept, type, disposition] of cases) {
      const response = await site.get(`r51/reports/pr?${WORLD}&${QUARTER}`, { accept });
      expect(response.headers.get('content-type')).to.equal(type);
      expect(response.headers.get('content-disposition')).to.equal(disposition);
      const [first] = new Uint8Array(await response.arrayBuffer());
      expect(first).to.equal(type === 'application/json' ? 0x7b : 0xef);
    }
  });

  it('as CSV keep what stands in cells together', async () => {
    const text = await (await site.get(`r51/reports/ir?${WORLD}&${QUARTER}&format=csv`)).text();
    expect(text).to.include('"\'=Open,\ta ""repository""",').and.include('\r\n\r\nItem,Publisher,');
  });
});

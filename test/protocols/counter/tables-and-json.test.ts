import { expect } from 'chai';
import fc from 'fast-check';
import {
  itemReportJson,
  itemReportTable,
  performanceOf,
  platformReportJson,
  platformReportTable,
  readReportRequest,
  reportNamed,
  valuesOf,
  type CountedItem,
  type CountedItems,
  type Release,
  type ReportHeader,
} from '../../../protocols/counter/index.ts';

const count = fc.integer({ min: 0, max: 5 });
const metrics = fc.record({
  totalInvestigations: count,
  uniqueInvestigations: count,
  totalRequests: count,
  uniqueRequests: count,
});
const months = ['2025-11', '2025-12', '2026-01'];
/** Titles that would break a table or a formula, or a line. */
const title = fc.oneof(fc.string(), fc.constantFrom('=1+1', 'a\tb', 'a\r\nb', '"', '\ufeff', 'é'));
const item = fc.record({
  title,
  parent: fc.option(fc.constantFrom('Journal', 'Book'), { nil: undefined }),
  use: fc.uniqueArray(fc.record({ month: fc.constantFrom(...months), metrics }), {
    selector: ({ month }) => month,
    maxLength: 3,
  }),
});

function headerOf(release: Release, id: string, query: string): ReportHeader {
  const definition = reportNamed(release, id);
  if (definition === undefined) throw new Error(id);
  const parameters = new URLSearchParams(`begin_date=2025-11&end_date=2026-01&${query}`);
  const surroundings = { now: Date.UTC(2026, 5, 1), platform: 'P1', namespace: 'p1', isTable: false };
  const request = readReportRequest(definition, parameters, surroundings);
  if ('refused' in request) throw new Error(JSON.stringify(request));
  return {
    request,
    begin: '2025-11',
    end: '2026-01',
    exceptions: [],
    created: 0,
    createdBy: 'test',
    platform: 'P1',
    namespace: 'p1',
  };
}

async function textOf(parts: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of parts) text += part;
  return text;
}

/** What a table adds up to, by metric and month, and in total. */
function sumsOfTable(text: string, blankAt: number): Map<string, number> {
  const rows = text
    .split('\r\n')
    .slice(0, -1)
    .map((line) => line.split('\t'));
  const [heading = [], ...body] = rows.slice(blankAt);
  const at = heading.indexOf('Metric_Type');
  const sums = new Map<string, number>();
  for (const row of body) {
    expect(row).to.have.length(heading.length);
    for (let i = at + 1; i < row.length; i += 1) {
      const name = `${row[at]} ${heading[i]}`;
      if (row[i] !== '0') sums.set(name, (sums.get(name) ?? 0) + Number(row[i]));
    }
  }
  return sums;
}

const headings: Readonly<Record<string, string>> = {
  '2025-11': 'Nov-2025',
  '2025-12': 'Dec-2025',
  '2026-01': 'Jan-2026',
};

/** The same of JSON of either release: counts lie where a metric is named. */
function sumsOfJson(value: unknown): Map<string, number> {
  const sums = new Map<string, number>();
  const add = (metric: string, month: string, n: number): void => {
    for (const name of [`${metric} ${headings[month]}`, `${metric} Reporting_Period_Total`]) {
      sums.set(name, (sums.get(name) ?? 0) + n);
    }
  };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (typeof node !== 'object' || node === null) return;
    const { Performance: performance, ...others } = node as { Performance?: unknown };
    if (Array.isArray(performance)) {
      for (const { Period, Instance } of performance as {
        Period: { Begin_Date: string };
        Instance: { Metric_Type: string; Count: number }[];
      }[]) {
        for (const { Metric_Type, Count } of Instance) add(Metric_Type, Period.Begin_Date.slice(0, 7), Count);
      }
    } else if (performance !== undefined) {
      for (const [metric, counts] of Object.entries(performance as Record<string, Record<string, number>>)) {
        for (const [month, n] of Object.entries(counts)) add(metric, month, n);
      }
    }
    Object.values(others).forEach(walk);
  };
  walk((value as { Report_Items: unknown }).Report_Items);
  return sums;
}

const queries = [
  '',
  'include_parent_details=True',
  'metric_type=Total_Item_Requests',
  'attributes_to_show=Authors',
];

describe('a COUNTER report as JSON and as a table', () => {
  it('puts the items of large and of many small parents together, each parent once', async () => {
    const parentOf = (n: number): string => (n % 3 === 0 ? 'large' : `small ${n % 500}`);
    const counted = Array.from({ length: 33_000 }, (_, n): CountedItem => ({
      key: String(n),
      item: {
        title: `Item ${n}`,
        publisher: '',
        identifiers: { Proprietary: `p1:${n}` },
        authors: [],
        orcids: [],
        dataType: 'Article',
        yop: '2016',
        accessType: 'Open',
        parent: {
          title: parentOf(n),
          dataType: 'Journal',
          identifiers: { Proprietary: `p1:${parentOf(n)}` },
        },
      },
      performance: [{ metric: 'Total_Item_Requests', counts: [['2026-01', 1]] }],
    }));
    let readings = 0;
    const batched = async function* (list: readonly CountedItem[]): AsyncGenerator<CountedItem[]> {
      readings += 1;
      for (let at = 0; at < list.length; at += 100) yield list.slice(at, at + 100);
    };
    const items: CountedItems = {
      all: () => batched(counted),
      withKeys: (keys) => batched(counted.filter(({ key }) => keys.has(key))),
    };
    const header = headerOf('5.1', 'ir', 'include_parent_details=True');
    const { Report_Items: groups } = JSON.parse(await textOf(itemReportJson(header, items))) as {
      Report_Items: { Title: string; Items: { Item: string }[] }[];
    };
    expect(new Set(groups.map(({ Title }) => Title)).size).to.equal(groups.length);
    const numbers = groups.flatMap(({ Title, Items }) =>
      Items.map(({ Item }) => {
        const n = Number(Item.slice(5));
        expect(parentOf(n)).to.equal(Title);
        return n;
      }),
    );
    expect(numbers.toSorted((a, b) => a - b)).to.deep.equal(counted.map((_, n) => n));
    expect(readings).to.be.within(3, 6);
  });

  for (const [release, blankAt] of [
    ['5.1', 14],
    ['5', 13],
  ] as const) {
    it(`has the same counts in release ${release}, whatever the items are called`, async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(item, { maxLength: 12 }),
          fc.constantFrom(...queries),
          fc.integer({ min: 1, max: 5 }),
          async (used, query, size) => {
            const header = headerOf(release, 'ir', query);
            const wanted = valuesOf(header.request, 'Metric_Type') ?? [];
            const counted = used.flatMap(({ title: name, parent, use }, n): CountedItem[] => {
              const performance = performanceOf(
                use.toSorted((a, b) => (a.month < b.month ? -1 : 1)),
                wanted,
              );
              const facts = {
                title: name,
                publisher: '',
                identifiers: { Proprietary: `p1:${n}` },
                authors: [],
                orcids: [],
                dataType: 'Article',
                yop: '2016',
                accessType: 'Open',
                ...(parent !== undefined && {
                  parent: { title: name, dataType: parent, identifiers: { URI: `urn:${parent}` } },
                }),
              };
              return performance.length === 0 ? [] : [{ key: String(n), item: facts, performance }];
            });
            const batched = async function* (list: readonly CountedItem[]): AsyncGenerator<CountedItem[]> {
              for (let at = 0; at < list.length; at += size) yield list.slice(at, at + size);
            };
            const items: CountedItems = {
              all: () => batched(counted),
              withKeys: (keys) => batched(counted.filter(({ key }) => keys.has(key))),
            };
            const json = JSON.parse(await textOf(itemReportJson(header, items))) as {
              Report_Items: object[];
            };
            const unknown = new Set<string>();
            const table = await textOf(itemReportTable(header, items.all(), { format: 'tsv', unknown }));
            expect(sumsOfTable(table, blankAt)).to.deep.equal(sumsOfJson(json));
            if (release === '5.1') {
              const groups = json.Report_Items as { Items: object[] }[];
              expect(groups.flatMap(({ Items }) => Items)).to.have.length(counted.length);
              expect(groups.every(({ Items }) => Items.length > 0)).to.equal(true);
            }
          },
        ),
        { numRuns: 100, seed: 51 },
      );
    });

    it(`has the same counts of the platform in release ${release}`, () => {
      fc.assert(
        fc.property(fc.array(item, { maxLength: 6 }), (used) => {
          const header = headerOf(release, 'pr', 'attributes_to_show=Data_Type|Access_Method');
          const uses = used.flatMap(({ use }, n) => {
            const performance = performanceOf(use, valuesOf(header.request, 'Metric_Type') ?? []);
            return performance.length === 0 ? [] : [{ dataType: `T${n}`, performance }];
          });
          const json: unknown = JSON.parse(platformReportJson(header, uses));
          const table = platformReportTable(header, uses, { format: 'tsv', unknown: new Set() });
          expect(sumsOfTable(table, blankAt)).to.deep.equal(sumsOfJson(json));
        }),
        { numRuns: 100, seed: 51 },
      );
    });
  }
});

import { csvHead, csvLine, type CsvCell } from '../../../vocab/csv.ts';
import type { Metrics } from '../../../protocols/counter/index.ts';
import type { UsageTable } from '../../usage-tables.ts';
import type { HeldItems } from '../records/held-items.ts';
import { counterNames, metricNames, sumOf } from './metrics.ts';
import type { UseOf, UseReport } from './report.ts';
import type { OwnUse } from './sources.ts';

interface TableParts {
  usage: Pick<OwnUse, 'items'>;
  items: Pick<HeldItems, 'of'>;
}

const AT_A_TIME = 200;
const metricHeads = metricNames.map((name) => counterNames[name]);
const metricCells = (metrics: Metrics): CsvCell[] => metricNames.map((name) => metrics[name]);

/** A table of the use in a period, line by line: that of the items may be as long as the collection. */
export async function* usageTable(
  { usage, items }: TableParts,
  report: UseReport,
  table: UsageTable,
): AsyncGenerator<string> {
  if (table === 'items') yield* itemTable({ usage, items }, report);
  else yield wholeTable(report, table);
}

function wholeTable({ own, network }: UseReport, table: Exclude<UsageTable, 'items'>): string {
  const tables: Readonly<Record<typeof table, () => string>> = {
    months: () =>
      csv(
        ['month', ...metricHeads, 'robotInvestigations', 'robotRequests', 'internal', 'openDays'],
        own.months.map(({ month, metrics, machine, internal, openDays }) => [
          month,
          ...metricCells(metrics),
          machine.totalInvestigations,
          machine.totalRequests,
          internal,
          openDays,
        ]),
      ),
    types: () => valueTable('type', own.types),
    languages: () => valueTable('language', own.languages),
    'user-countries': () => valueTable('userCountry', own.userCountries),
    'network-months': () =>
      csv(
        ['month', ...metricHeads, 'nodes', 'final'],
        network.months.map(({ month, metrics, nodes, isOpen }) => [
          month,
          ...metricCells(metrics),
          nodes,
          isOpen ? 'no' : 'yes',
        ]),
      ),
    'network-institutions': () =>
      csv(
        ['node', 'institution', ...metricHeads],
        network.institutions.map(({ value, metrics }) => [
          value,
          network.coverage.nodes.find(({ node }) => node === value)?.name,
          ...metricCells(metrics),
        ]),
      ),
    'network-countries': () => valueTable('country', network.countries),
    'network-types': () => valueTable('type', network.types),
    'network-languages': () => valueTable('language', network.languages),
    'network-user-countries': () => valueTable('userCountry', network.userCountries),
    coverage: () =>
      csv(
        ['node', 'institution', 'month', 'revision', 'final', 'apart', ...metricHeads],
        network.coverage.nodes.flatMap(({ node, name, months }) =>
          months.map(({ month, revision, isFinal, apart, metrics }) => [
            node,
            name,
            month,
            revision,
            isFinal ? 'yes' : 'no',
            apart?.why,
            ...metricCells(metrics),
          ]),
        ),
      ),
  };
  return tables[table]();
}

function valueTable(name: string, rows: readonly UseOf[]): string {
  return csv(
    [name, ...metricHeads],
    rows.map(({ value, metrics }) => [value, ...metricCells(metrics)]),
  );
}

function csv(head: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return csvHead(head) + rows.map(csvLine).join('');
}

/** Every own record that was used, in the order of the keys. */
async function* itemTable(
  { usage, items }: Pick<TableParts, 'usage' | 'items'>,
  { period }: UseReport,
): AsyncGenerator<string> {
  yield csvHead(['record', 'oaiIdentifier', 'title', ...metricHeads]);
  let waiting = new Map<string, Metrics>();
  const lines = async (): Promise<string> => {
    const held = new Map((await items.of([...waiting.keys()])).map((item) => [item.key, item.holding]));
    return [...waiting]
      .map(([key, metrics]) => {
        const holding = held.get(key);
        const told = [holding?.id ?? key, holding?.oaiIdentifier, holding?.titles[0]?.value];
        return csvLine([...told, ...metricCells(metrics)]);
      })
      .join('');
  };
  for await (const { key, months } of usage.items(period)) {
    waiting.set(key, sumOf(months.map(({ metrics }) => metrics)));
    if (waiting.size < AT_A_TIME) continue;
    yield await lines();
    waiting = new Map();
  }
  yield await lines();
}

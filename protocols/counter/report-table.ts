import { csvHead, csvLine, tsvHead, tsvLine, type CsvCell } from '../../vocab/csv.ts';
import type { CountedItem, PlatformUse } from './counted-items.ts';
import { headerRows, type ReportHeader } from './header.ts';
import type { ItemIdentifiers, ReportItem } from './item.ts';
import { monthHeading, monthsBetween, type Month } from './months.ts';
import { totalOf, type Performance } from './performance.ts';
import { shows, valuesOf, type ReportRequest } from './request.ts';
import type { Attribute } from './reports.ts';

export type TableFormat = 'csv' | 'tsv';

/** What a row is of: an item, or the platform. */
interface Subject {
  item?: ReportItem;
  dataType?: string | undefined;
}

interface Column {
  name: string;
  value: (subject: Subject, platform: string) => CsvCell;
  /** Whether it is in a report; else it always is. */
  isIn?: (request: ReportRequest) => boolean;
}

const ifShown =
  (attribute: Attribute) =>
  (request: ReportRequest): boolean =>
    shows(request, attribute);
/** Columns of a table of all items alone, as tables 4.p have them; the standard view is of articles. */
const notOfArticles = ({ definition }: ReportRequest): boolean => definition.id === 'IR';
const ofParents = ({ withParents }: ReportRequest): boolean => withParents;
const ofAllParents = (request: ReportRequest): boolean => ofParents(request) && notOfArticles(request);

const identifier =
  (name: keyof ItemIdentifiers) =>
  ({ item }: Subject): CsvCell =>
    item?.identifiers[name];
const parentIdentifier =
  (name: keyof ItemIdentifiers) =>
  ({ item }: Subject): CsvCell =>
    item?.parent?.identifiers[name];
const blank = (): CsvCell => undefined;

/** CoP 5.1, table 4.p. Columns that this node has nothing for are there all the same, and empty. */
const itemColumns: readonly Column[] = [
  { name: 'Item', value: ({ item }) => item?.title },
  { name: 'Publisher', value: ({ item }) => item?.publisher },
  { name: 'Publisher_ID', value: blank },
  { name: 'Platform', value: (_, platform) => platform },
  { name: 'Authors', value: ({ item }) => authorsText(item), isIn: ifShown('Authors') },
  {
    name: 'Publication_Date',
    value: ({ item }) => item?.publicationDate,
    isIn: ifShown('Publication_Date'),
  },
  { name: 'Article_Version', value: ({ item }) => item?.articleVersion, isIn: ifShown('Article_Version') },
  { name: 'DOI', value: identifier('DOI') },
  { name: 'Proprietary_ID', value: identifier('Proprietary') },
  { name: 'ISBN', value: blank, isIn: notOfArticles },
  { name: 'Print_ISSN', value: blank },
  { name: 'Online_ISSN', value: blank },
  { name: 'URI', value: identifier('URI') },
  { name: 'Parent_Title', value: ({ item }) => item?.parent?.title, isIn: ofParents },
  { name: 'Parent_Authors', value: blank, isIn: ofParents },
  { name: 'Parent_Publication_Date', value: blank, isIn: ofAllParents },
  { name: 'Parent_Article_Version', value: blank, isIn: ofParents },
  { name: 'Parent_Data_Type', value: ({ item }) => item?.parent?.dataType, isIn: ofAllParents },
  { name: 'Parent_DOI', value: parentIdentifier('DOI'), isIn: ofParents },
  { name: 'Parent_Proprietary_ID', value: parentIdentifier('Proprietary'), isIn: ofParents },
  { name: 'Parent_ISBN', value: blank, isIn: ofAllParents },
  { name: 'Parent_Print_ISSN', value: blank, isIn: ofParents },
  { name: 'Parent_Online_ISSN', value: blank, isIn: ofParents },
  { name: 'Parent_URI', value: parentIdentifier('URI'), isIn: ofParents },
  { name: 'Data_Type', value: ({ item }) => item?.dataType, isIn: ifShown('Data_Type') },
  { name: 'YOP', value: ({ item }) => item?.yop, isIn: ifShown('YOP') },
  { name: 'Access_Type', value: ({ item }) => item?.accessType, isIn: ifShown('Access_Type') },
  { name: 'Access_Method', value: () => 'Regular', isIn: ifShown('Access_Method') },
];

/** CoP 5.1, table 4.b. */
const platformColumns: readonly Column[] = [
  { name: 'Platform', value: (_, platform) => platform },
  { name: 'Data_Type', value: ({ dataType }) => dataType, isIn: ifShown('Data_Type') },
  { name: 'Access_Method', value: () => 'Regular', isIn: ifShown('Access_Method') },
];

/** An item report as a table, written as its items are read (CoP 5.1, section 3.2 and table 4.p). */
export async function* itemReportTable(
  header: ReportHeader,
  batches: AsyncIterable<readonly CountedItem[]>,
  options: TableOptions,
): AsyncGenerator<string> {
  const table = new Table(header, itemColumns, options);
  yield table.head();
  for await (const batch of batches) {
    yield batch.map(({ item, performance }) => table.rows({ item }, performance)).join('');
  }
}

/** A platform report as a table (CoP 5.1, table 4.b). */
export function platformReportTable(
  header: ReportHeader,
  uses: readonly PlatformUse[],
  options: TableOptions,
): string {
  const table = new Table(header, platformColumns, options);
  return (
    table.head() + uses.map(({ dataType, performance }) => table.rows({ dataType }, performance)).join('')
  );
}

interface TableOptions {
  format: TableFormat;
  /** Months of the period of which nothing can be said yet: their cells are empty, not 0. */
  unknown: ReadonlySet<Month>;
}

class Table {
  readonly #header: ReportHeader;
  readonly #columns: readonly Column[];
  readonly #months: readonly Month[];
  readonly #unknown: ReadonlySet<Month>;
  readonly #format: TableFormat;

  constructor(header: ReportHeader, columns: readonly Column[], { format, unknown }: TableOptions) {
    const { request, begin, end } = header;
    this.#header = header;
    this.#columns = columns.filter(({ isIn }) => isIn?.(request) ?? true);
    this.#months = request.inTotal ? [] : [...monthsBetween(begin, end)];
    this.#unknown = unknown;
    this.#format = format;
  }

  head(): string {
    const [first = [], ...others] = headerRows(this.#header, metricsTold(this.#header.request));
    const head = this.#format === 'csv' ? csvHead : tsvHead;
    const names = [
      ...this.#columns.map(({ name }) => name),
      'Metric_Type',
      'Reporting_Period_Total',
      ...this.#months.map(monthHeading),
    ];
    return head(first) + [...others, names].map((cells) => this.#line(cells)).join('');
  }

  /** One a Metric_Type. */
  rows(subject: Subject, performance: readonly Performance[]): string {
    const { platform } = this.#header;
    const cells = this.#columns.map(({ value }) => value(subject, platform));
    return performance
      .map((one) => {
        const counts = new Map(one.counts);
        const months = this.#months.map(
          (month) => counts.get(month) ?? (this.#unknown.has(month) ? undefined : 0),
        );
        return this.#line([...cells, one.metric, totalOf(one), ...months]);
      })
      .join('');
  }

  #line(cells: readonly CsvCell[]): string {
    return this.#format === 'csv' ? csvLine(cells) : tsvLine(cells);
  }
}

/** Those that were asked for, or all that are counted here. */
function metricsTold(request: ReportRequest): readonly string[] {
  const { definition, filters } = request;
  const asked = definition.preset?.Metric_Type ?? filters.values.Metric_Type;
  return asked ?? (valuesOf(request, 'Metric_Type') ?? []).filter((metric) => metric.includes('_Item_'));
}

function authorsText(item: ReportItem | undefined): string {
  const texts = item?.authors.map(({ name, orcid }) =>
    orcid === undefined ? name : `${name} (ORCID:${orcid})`,
  );
  return texts?.join('; ') ?? '';
}

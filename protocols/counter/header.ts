import { exceptionJson, exceptionsText, type CounterException } from './exceptions.ts';
import { firstDay, lastDay, type Month } from './months.ts';
import type { FilterName } from './reports.ts';
import { valuesOf, type ReportRequest } from './request.ts';
import { THE_WORLD, worldId } from './service.ts';

/** What stands above the items of a report. */
export interface ReportHeader {
  request: ReportRequest;
  /** The months that the report covers. */
  begin: Month;
  end: Month;
  exceptions: readonly CounterException[];
  /** Milliseconds since 1970. */
  created: number;
  /** Name of the system that makes the report. */
  createdBy: string;
  platform: string;
  /** The platform's, before identifiers that it gives. */
  namespace: string;
}

type Named = readonly [name: string, values: readonly string[]];

/** The header as JSON: CoP 5.1, the API's Base_Report_Header; CoP 5, its SUSHI_report_header. */
export function headerJson(header: ReportHeader): object {
  return header.request.definition.release === '5.1' ? header51(header) : header5(header);
}

function header51(header: ReportHeader): object {
  const { request, begin, end, exceptions, namespace } = header;
  const one = new Set(['Platform', 'Item_ID', 'Author']);
  const filters = filtersOf(request).map(([name, values]) => [
    name,
    one.has(name) ? values.join('|') : values,
  ]);
  const attributes = attributesOf(request, 'Granularity').map(([name, values]) => [
    name,
    name === 'Attributes_To_Show' ? values : values.join('|'),
  ]);
  return {
    Release: '5.1',
    ...namesOf(header),
    Institution_ID: { Proprietary: [worldId(namespace)] },
    Institution_Name: THE_WORLD.name,
    // Nobody is in the registry without an audit; it is to be left blank then.
    Registry_Record: '',
    Report_Filters: { Begin_Date: firstDay(begin), End_Date: lastDay(end), ...Object.fromEntries(filters) },
    ...(attributes.length > 0 && { Report_Attributes: Object.fromEntries(attributes) }),
    ...(exceptions.length > 0 && { Exceptions: exceptions.map((one) => exceptionJson(one, '5.1')) }),
  };
}

function header5(header: ReportHeader): object {
  const { request, begin, end, exceptions, namespace } = header;
  const listed = ([name, values]: Named): object => ({ Name: name, Value: values.join('|') });
  const period: Named[] = [
    ['Begin_Date', [firstDay(begin)]],
    ['End_Date', [lastDay(end)]],
  ];
  const attributes = attributesOf(request, 'Granularity');
  return {
    ...namesOf(header),
    Release: '5',
    Customer_ID: THE_WORLD.customerId,
    Institution_Name: THE_WORLD.name,
    Institution_ID: [{ Type: 'Proprietary', Value: worldId(namespace) }],
    Report_Filters: [...filtersOf(request), ...period].map(listed),
    ...(attributes.length > 0 && { Report_Attributes: attributes.map(listed) }),
    ...(exceptions.length > 0 && { Exceptions: exceptions.map((one) => exceptionJson(one, '5')) }),
  };
}

function namesOf({ request: { definition }, created, createdBy }: ReportHeader): object {
  return {
    Report_ID: definition.id,
    Report_Name: definition.name,
    Created: seconds(created),
    Created_By: createdBy,
  };
}

/**
 * The header of a table: twelve rows in release 5, and Registry_Record in 5.1; then a blank one (CoP 5.1, section 3.2.1).
 *
 * @param metrics the Metric_Types that the report may have
 */
export function headerRows(header: ReportHeader, metrics: readonly string[]): (readonly string[])[] {
  const { request, begin, end, exceptions, created, createdBy, namespace } = header;
  const { id, name, release } = request.definition;
  const text = (parts: readonly Named[]): string =>
    parts.map(([one, values]) => `${one}=${values.join('|')}`).join('; ');
  const filters = filtersOf(request).filter(([one]) => one !== 'Metric_Type');
  return [
    ['Report_Name', name],
    ['Report_ID', id],
    ['Release', release],
    ['Institution_Name', THE_WORLD.name],
    ['Institution_ID', worldId(namespace)],
    ['Metric_Types', metrics.join('; ')],
    ['Report_Filters', text(filters)],
    ['Report_Attributes', text(attributesOf(request, 'Exclude_Monthly_Details'))],
    ['Exceptions', exceptionsText(exceptions)],
    ['Reporting_Period', `Begin_Date=${firstDay(begin)}; End_Date=${lastDay(end)}`],
    ['Created', seconds(created)],
    ['Created_By', createdBy],
    ...(release === '5.1' ? [['Registry_Record', '']] : []),
    [],
  ];
}

const filterNames: readonly FilterName[] = ['Metric_Type', 'Data_Type', 'Access_Type', 'Access_Method'];

/** Those that are preset and those that were asked for; what is the default is not told (section 3.3.8). */
function filtersOf(request: ReportRequest): Named[] {
  const { definition, filters } = request;
  const given = filterNames.flatMap((name): Named[] => {
    const isGiven = definition.preset?.[name] !== undefined || filters.values[name] !== undefined;
    return isGiven ? [[name, valuesOf(request, name) ?? []]] : [];
  });
  return [
    ...(filters.platform === undefined ? [] : [['Platform', [filters.platform]] as const]),
    ...given,
    ...(filters.yop === undefined ? [] : [['YOP', filters.yop] as const]),
    ...(filters.items === undefined ? [] : [['Item_ID', filters.items.map(({ text }) => text)] as const]),
    ...(filters.author === undefined
      ? []
      : [[definition.release === '5.1' ? 'Author' : 'Item_Contributor', [filters.author.text]] as const]),
  ];
}

function attributesOf(request: ReportRequest, totals: 'Granularity' | 'Exclude_Monthly_Details'): Named[] {
  const { definition, attributesToShow, withParents, inTotal } = request;
  const whole = definition.release === '5.1' ? 'Total' : 'Totals';
  return [
    ...(attributesToShow.length > 0 ? [['Attributes_To_Show', attributesToShow] as const] : []),
    ...(inTotal ? [[totals, [totals === 'Granularity' ? whole : 'True']] as const] : []),
    ...(withParents && definition.parents === 'optional'
      ? [['Include_Parent_Details', ['True']] as const]
      : []),
  ];
}

function seconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

import type { CounterException } from './exceptions.ts';
import { readFilters, type Filters } from './filters.ts';
import { readPeriod, valueOf, type Period } from './period.ts';
import { Remarks } from './remarks.ts';
import type { Attribute, FilterName, ReportDefinition } from './reports.ts';

/** What report is asked for, by parameters that were checked. */
export interface ReportRequest {
  definition: ReportDefinition;
  period: Period;
  /** As they were asked for; those that are preset are in the definition. */
  filters: Filters;
  /** As they were asked for. */
  attributesToShow: readonly Attribute[];
  /** Whether the items' parents are told. */
  withParents: boolean;
  /** Whether the months are added up. */
  inTotal: boolean;
  /** What of the request is left aside: exceptions for the report's header. */
  exceptions: readonly CounterException[];
}

interface RequestSurroundings {
  /** Milliseconds since 1970. */
  now: number;
  platform: string;
  /** The platform's, before identifiers that it gives. */
  namespace: string;
  /** Whether a table is to be made, which has exclude_monthly_details in place of granularity. */
  isTable: boolean;
}

/** The parameters of all reports; `format` is this server's own. */
const common = ['customer_id', 'requestor_id', 'api_key', 'platform', 'begin_date', 'end_date', 'format'];
/** Extensions by which this server cannot filter: exception 3060 (CoP 5.1, section 8.1). */
const extensions = ['attributed', 'country_code', 'subdivision_code'];

/**
 * Reads the parameters of a report (CoP 5.1, section 3.3.8 and the API's description; appendix D). What is not known or not
 * valid is left aside and told in the report's header; only without the dates there is no report.
 */
export function readReportRequest(
  definition: ReportDefinition,
  parameters: URLSearchParams,
  surroundings: RequestSurroundings,
): ReportRequest | { refused: CounterException } {
  const period = readPeriod(parameters, surroundings.now);
  if ('refused' in period) return period;
  const remarks = new Remarks();
  const known = parametersOf(definition, surroundings.isTable);
  const names = [...new Set(parameters.keys())];
  remarksOnNames(names, known, definition, remarks);
  const format = valueOf(parameters, 'format');
  if (!['', 'json', 'csv', 'tsv'].includes(format)) remarks.add(3050, `format=${format}`);
  const asked = (name: string): string => (known.has(name) ? valueOf(parameters, name) : '');
  return {
    definition,
    period,
    filters: readFilters(asked, { definition, ...surroundings, remarks }),
    attributesToShow: attributesToShow(asked('attributes_to_show'), definition, remarks),
    withParents:
      definition.parents === 'always' || isTrue('include_parent_details', asked, remarks, definition),
    inTotal: surroundings.isTable
      ? isTrue('exclude_monthly_details', asked, remarks, definition) || isInTotal(asked, remarks)
      : isInTotal(asked, remarks),
    exceptions: exceptionsOf(asked, remarks, definition),
  };
}

/** Whether the report tells an attribute. */
export function shows({ definition, attributesToShow }: ReportRequest, attribute: Attribute): boolean {
  return definition.always.includes(attribute) || attributesToShow.includes(attribute);
}

/** The values of a filter that hold for the report: what is preset or asked for, or all that there are. */
export function valuesOf(
  { definition, filters }: ReportRequest,
  filter: FilterName,
): readonly string[] | undefined {
  return definition.preset?.[filter] ?? filters.values[filter] ?? definition.values[filter];
}

function parametersOf(definition: ReportDefinition, isTable: boolean): ReadonlySet<string> {
  if (definition.preset !== undefined) return new Set(common);
  return new Set([
    ...common,
    'metric_type',
    'data_type',
    'access_method',
    'attributes_to_show',
    'granularity',
    ...(isTable ? ['exclude_monthly_details'] : []),
    ...(definition.isByItem
      ? ['access_type', 'yop', 'include_parent_details', 'include_component_details', 'item_id']
      : []),
    ...(definition.isByItem ? [definition.release === '5.1' ? 'author' : 'item_contributor'] : []),
  ]);
}

function remarksOnNames(
  names: readonly string[],
  known: ReadonlySet<string>,
  { preset, release }: ReportDefinition,
  remarks: Remarks,
): void {
  for (const name of names) {
    if (known.has(name)) continue;
    const isExtension = preset === undefined && release === '5.1' && extensions.includes(name);
    remarks.add(isExtension ? 3060 : 3050, name);
  }
}

function attributesToShow(text: string, definition: ReportDefinition, remarks: Remarks): Attribute[] {
  const wanted = new Set(text.split('|').filter((value) => value !== ''));
  const shown = definition.optional.filter((attribute) => wanted.delete(attribute));
  for (const value of wanted) remarks.add(3062, `attributes_to_show=${value}`);
  return shown;
}

function isTrue(
  name: string,
  asked: (name: string) => string,
  remarks: Remarks,
  { preset }: ReportDefinition,
): boolean {
  if (preset !== undefined) return false;
  const value = asked(name);
  if (!['', 'True', 'False', 'true', 'false'].includes(value)) remarks.add(3062, `${name}=${value}`);
  return value === 'True' || value === 'true';
}

/** The code says Totals, its description of the API Total. */
function isInTotal(asked: (name: string) => string, remarks: Remarks): boolean {
  const value = asked('granularity');
  if (!['', 'Month', 'Total', 'Totals'].includes(value)) remarks.add(3062, `granularity=${value}`);
  return value === 'Total' || value === 'Totals';
}

function exceptionsOf(
  asked: (name: string) => string,
  remarks: Remarks,
  definition: ReportDefinition,
): CounterException[] {
  if (isTrue('include_component_details', asked, remarks, definition)) {
    // Release 5 has no code of its own for it.
    if (definition.release === '5.1') remarks.add(3063);
    else remarks.add(3062, 'include_component_details=True');
  }
  return remarks.exceptions;
}

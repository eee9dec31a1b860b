import type { Release } from './release.ts';

export const reportIds = ['PR', 'PR_P1', 'IR', 'IR_A1'] as const;
type ReportId = (typeof reportIds)[number];

/** What a report tells of an item beside what it always does. */
export type Attribute =
  | 'Authors'
  | 'Publication_Date'
  | 'Article_Version'
  | 'Data_Type'
  | 'YOP'
  | 'Access_Type'
  | 'Access_Method';

export type FilterName = 'Metric_Type' | 'Data_Type' | 'Access_Type' | 'Access_Method';

/** A report of a release: what it is called, tells, and may be asked for. */
export interface ReportDefinition {
  id: ReportId;
  release: Release;
  name: string;
  description: string;
  /** Whether it has a row an item; else one for the platform. */
  isByItem: boolean;
  /** What it always tells. */
  always: readonly Attribute[];
  /** What attributes_to_show may name. */
  optional: readonly Attribute[];
  parents: 'always' | 'optional' | 'never';
  /** Preset for the standard views, which take no others (CoP 5.1, tables 4.c and 4.q). */
  preset?: Partial<Record<FilterName, readonly string[]>>;
  /** Values that a filter may have, in the order in which they are told. */
  values: Partial<Record<FilterName, readonly string[]>>;
}

const ITEM_METRICS = [
  'Total_Item_Investigations',
  'Total_Item_Requests',
  'Unique_Item_Investigations',
  'Unique_Item_Requests',
];
const REQUESTS = ['Total_Item_Requests', 'Unique_Item_Requests'];
const METHODS = ['Regular', 'TDM'];
const platformMetrics = [
  'Searches_Platform',
  ...ITEM_METRICS,
  'Unique_Title_Investigations',
  'Unique_Title_Requests',
];
const itemMetrics = [...ITEM_METRICS, 'Limit_Exceeded', 'No_License'];

/** Table 3.p, those of items. */
const itemTypes51 =
  'Article Audiovisual Book_Segment Conference_Item Database_Full_Item Dataset Image Interactive_Resource Multimedia News_Item Other Patent Reference_Item Report Software Sound Standard Thesis_or_Dissertation Unspecified'.split(
    ' ',
  );
const platformTypes51 = [
  ...itemTypes51,
  ...'Book Conference Journal Newspaper_or_Newsletter Platform Reference_Work'.split(' '),
].sort();
const itemTypes5 =
  'Article Book Book_Segment Dataset Journal Multimedia Newspaper_or_Newsletter Other Report Repository_Item Thesis_or_Dissertation Unspecified'.split(
    ' ',
  );
const platformTypes5 = [...itemTypes5, 'Database', 'Platform'].sort();

const ofItem: readonly Attribute[] = ['Authors', 'Publication_Date', 'Article_Version'];
const descriptions: Readonly<Record<ReportId, string>> = {
  PR: 'Use of the whole platform, by type of content.',
  PR_P1: 'Requests for content of the whole platform.',
  IR: 'Use of each item.',
  IR_A1: 'Requests for each journal article.',
};

function definition(
  release: Release,
  id: ReportId,
  rest: Omit<ReportDefinition, 'release' | 'id' | 'description' | 'isByItem'>,
): ReportDefinition {
  return { id, release, description: descriptions[id], isByItem: id.startsWith('IR'), ...rest };
}

const platformUsage = (release: Release, always: readonly Attribute[]): ReportDefinition =>
  definition(release, 'PR_P1', {
    name: 'Platform Usage',
    always,
    optional: [],
    parents: 'never',
    preset: {
      Metric_Type: ['Searches_Platform', ...REQUESTS, 'Unique_Title_Requests'],
      Access_Method: ['Regular'],
    },
    values: {},
  });

const articleRequests = (release: Release): ReportDefinition =>
  definition(release, 'IR_A1', {
    name: 'Journal Article Requests',
    always: [...ofItem, 'Access_Type'],
    optional: [],
    parents: 'always',
    preset: { Metric_Type: REQUESTS, Data_Type: ['Article'], Access_Method: ['Regular'] },
    values: {},
  });

/** CoP 5.1, chapter 4; CoP 5, chapter 4. */
const definitions: readonly ReportDefinition[] = [
  definition('5.1', 'PR', {
    name: 'Platform Report',
    always: ['Data_Type'],
    optional: ['Access_Method'],
    parents: 'never',
    values: { Metric_Type: platformMetrics, Data_Type: platformTypes51, Access_Method: METHODS },
  }),
  platformUsage('5.1', ['Data_Type']),
  definition('5.1', 'IR', {
    name: 'Item Report',
    always: ['Data_Type'],
    optional: [...ofItem, 'YOP', 'Access_Type', 'Access_Method'],
    parents: 'optional',
    values: {
      Metric_Type: itemMetrics,
      Data_Type: itemTypes51,
      Access_Type: ['Controlled', 'Free_To_Read', 'Open'],
      Access_Method: METHODS,
    },
  }),
  articleRequests('5.1'),
  definition('5', 'PR', {
    name: 'Platform Master Report',
    always: [],
    optional: ['Data_Type', 'Access_Method'],
    parents: 'never',
    values: { Metric_Type: platformMetrics, Data_Type: platformTypes5, Access_Method: METHODS },
  }),
  platformUsage('5', []),
  definition('5', 'IR', {
    name: 'Item Master Report',
    always: [],
    optional: [...ofItem, 'Data_Type', 'YOP', 'Access_Type', 'Access_Method'],
    parents: 'optional',
    values: {
      Metric_Type: itemMetrics,
      Data_Type: itemTypes5,
      Access_Type: ['Controlled', 'OA_Gold', 'Other_Free_To_Read'],
      Access_Method: METHODS,
    },
  }),
  articleRequests('5'),
];

/** The reports of a release, in the order of the code. */
export function reportsOf(release: Release): ReportDefinition[] {
  return definitions.filter((report) => report.release === release);
}

/** By its id, in lower case as in paths. */
export function reportNamed(release: Release, id: string): ReportDefinition | undefined {
  return definitions.find((report) => report.release === release && report.id.toLowerCase() === id);
}

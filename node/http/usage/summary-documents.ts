import type { Metrics } from '../../../protocols/counter/index.ts';
import {
  hashText,
  type Share,
  type SignedSummary,
  type WorksRow,
} from '../../../protocols/usage-summary/index.ts';
import { contextUrl } from '../../../vocab/context.ts';
import { csvHead, csvLine } from '../../../vocab/csv.ts';
import type { JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { Apart, Coverage, MonthCoverage } from '../../analysis/regional-usage/index.ts';
import type { Site } from '../site.ts';
import { counts, typeUri } from './document.ts';

/** A summary, and what this node thinks of it. */
export interface ShownSummary {
  summary: SignedSummary;
  name: string;
  works: MonthCoverage['works']['held'];
  apart: Apart | undefined;
}

/** Looks up what is shown with summaries. */
export function shownBy(coverage: Coverage): (summary: SignedSummary) => ShownSummary {
  const nodes = new Map(
    coverage.nodes.map((node) => [
      node.node,
      { name: node.name, months: new Map(node.months.map((one) => [one.month, one])) },
    ]),
  );
  return (summary) => {
    const node = nodes.get(summary.node);
    const month = node?.months.get(summary.month);
    return {
      summary,
      name: node?.name ?? '',
      works: month?.works.held ?? 'none',
      apart: month?.apart,
    };
  };
}

/**
 * What a node told of a month, as it signed it. `signed` is the DAG-CBOR array that `docs/usage.md` describes, in base64, whose
 * last item is the signature: with it, anyone can check what the other properties say.
 */
export function summaryItem(site: Site, shown: ShownSummary, signed: Uint8Array): JsonLdObject {
  const { summary, name, works, apart } = shown;
  const { node, month, revision, total, machine, days, isFinal, time } = summary;
  const id = `${site.base}/usage/summaries/${node}/${month}`;
  return {
    id,
    type: 'UsageSummary',
    node,
    name,
    month,
    revision,
    isFinal,
    statedAt: new Date(time).toISOString(),
    ...counts(total),
    robots: machine,
    daysCovered: { first: days.first, last: days.last, count: days.count },
    byType: shares(
      'resourceType',
      summary.byType.map(({ value, metrics }) => ({ value: typeUri(value), metrics })),
    ),
    byLanguage: shares('language', summary.byLanguage),
    byUserCountry: shares('country', summary.byCountry),
    top: summary.top.map(({ key, title, investigations, requests }) => ({
      record: `${site.base}/records/${key}`,
      name: title,
      investigations,
      requests,
    })),
    worksTold: {
      count: summary.works.count,
      sha256: Buffer.from(summary.works.digest).toString('hex'),
      held: works,
    },
    ...(summary.works.count > 0 && works !== 'none' && { works: `${id}/works` }),
    ...(apart !== undefined && { isApart: true, why: apart.why }),
    signed: Buffer.from(signed).toString('base64'),
  };
}

/** One summary as a document. */
export function summaryDocument(site: Site, shown: ShownSummary, signed: Uint8Array): JsonLdObject {
  return { '@context': contextUrl(site.base), ...summaryItem(site, shown, signed) };
}

/** All as one JSON-LD document, as they come. */
export async function* summariesDocument(
  site: Site,
  query: string,
  items: AsyncIterable<JsonLdObject>,
): AsyncGenerator<string> {
  const id = JSON.stringify(`${site.base}/usage/summaries${query}`);
  yield `{"@context":${JSON.stringify(contextUrl(site.base))},"id":${id},"type":"UsageSummaries","summaries":[`;
  let isFirst = true;
  for await (const item of items) {
    yield `${isFirst ? '' : ','}\n${JSON.stringify(item)}`;
    isFirst = false;
  }
  yield '\n]}\n';
}

/** Each a JSON-LD document on a line of its own. */
export async function* summaryLines(site: Site, items: AsyncIterable<JsonLdObject>): AsyncGenerator<string> {
  const context = { '@context': contextUrl(site.base) };
  for await (const item of items) yield `${JSON.stringify({ ...context, ...item })}\n`;
}

const METRICS = [
  'Total_Item_Investigations',
  'Unique_Item_Investigations',
  'Total_Item_Requests',
  'Unique_Item_Requests',
] as const;

const cellsOf = (metrics: Metrics): number[] => [
  metrics.totalInvestigations,
  metrics.uniqueInvestigations,
  metrics.totalRequests,
  metrics.uniqueRequests,
];

/** A table with one line a node and month, and one for each share of it: for spreadsheets and aggregators. */
export async function* summariesTable(summaries: AsyncIterable<ShownSummary>): AsyncGenerator<string> {
  yield csvHead(['node', 'name', 'month', 'revision', 'final', 'apart', 'by', 'value', ...METRICS]);
  for await (const { summary, name, apart } of summaries) {
    const { node, month, revision, isFinal } = summary;
    const head = [node, name, month, revision, String(isFinal), apart?.why];
    const line = (by: string, value: string, metrics: Metrics): string =>
      csvLine([...head, by, value, ...cellsOf(metrics)]);
    const lines = [line('total', '', summary.total)];
    for (const { value, metrics } of summary.byType) lines.push(line('type', typeUri(value), metrics));
    for (const { value, metrics } of summary.byLanguage) lines.push(line('language', value, metrics));
    for (const { value, metrics } of summary.byCountry) lines.push(line('userCountry', value, metrics));
    yield lines.join('');
  }
}

/** The works of a month, a row an identifier, by its hash. */
export async function* worksTable(works: AsyncIterable<readonly WorksRow[]>): AsyncGenerator<string> {
  yield csvHead(['identifier', 'item', ...METRICS]);
  for await (const rows of works)
    yield rows
      .map(({ hash, item, metrics }) => csvLine([hashText(hash), item, ...cellsOf(metrics)]))
      .join('');
}

/** The same as one JSON-LD document, as it comes. */
export async function* worksDocument(
  site: Site,
  { node, month, revision }: { node: string; month: string; revision: number },
  works: AsyncIterable<readonly WorksRow[]>,
): AsyncGenerator<string> {
  const summary = `${site.base}/usage/summaries/${node}/${month}`;
  const head = {
    '@context': contextUrl(site.base),
    id: `${summary}/works`,
    type: 'UsageOfWorks',
    summary,
    month,
    revision,
  };
  yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
  let isFirst = true;
  for await (const rows of works) {
    const texts = rows.map(({ hash, item, metrics }) =>
      JSON.stringify({ identifierHash: hashText(hash), item, ...counts(metrics) }),
    );
    yield `${isFirst ? '' : ','}\n${texts.join(',\n')}`;
    isFirst = false;
  }
  yield '\n]}\n';
}

function shares(name: string, rows: readonly Share[]): JsonLdObject[] {
  return rows.map(({ value, metrics }) => ({ [name]: value, ...counts(metrics) }));
}

import type { z } from 'zod';
import { METADATA_PROFILES, PLAN_S_RECORDS } from '../assessments/metadata-profiles.ts';
import { CSV, DATA_OR_PAGE, HTML, JSON_LD, type Format } from '../negotiation/formats.ts';
import { operation, type Operation } from '../openapi/index.ts';
import { PLAN_S } from '../plan-s/document.ts';
import { RECORD_FORMATS } from '../records/formats.ts';
import { LIST_FORMATS } from '../records/list-formats.ts';
import { searchSchema } from '../search/request.ts';
import { query as assessmentQuery } from './assessments.ts';
import { citationsQuery } from './citations.ts';
import { query as collectionQuery } from './collection.ts';
import { metadataAssessmentQuery } from './metadata-assessments.ts';
import { query as nodeQuery } from './node.ts';
import { query as peersQuery } from './peers.ts';
import { query as planSQuery } from './plan-s.ts';
import { query as policyQuery } from './policy.ts';
import { copiesQuery, relatedQuery } from './record-relations.ts';
import { recordQuery } from './records.ts';
import { query as statementsQuery } from './statements.ts';
import { listQuery as summariesQuery } from './usage-summaries.ts';
import { recordQuery as recordUsageQuery, usageQuery } from './usage.ts';
import { query as worksQuery } from './works.ts';

interface Read {
  path: string;
  summary: string;
  formats: readonly Format[];
  query?: z.ZodObject;
  description?: string;
  parameters?: Readonly<Record<string, string>>;
  problems?: Readonly<Record<number, readonly string[]>>;
  /** A query, where the answer is a refusal without any. */
  example?: Readonly<Record<string, string>>;
}

const ofRecord = {
  parameters: { key: 'The record: its key, or its address or OAI identifier, which lead there.' },
  problems: { 404: ['RECORD_UNKNOWN'] },
};
const ofWork = { parameters: { id: 'The id of the work.' }, problems: { 404: ['WORK_UNKNOWN'] } };
const withTable = [...DATA_OR_PAGE, CSV];
const LINKSET: Format = { name: 'linkset', label: 'Link set', types: ['application/linkset+json'] };

/** What anybody can read, by the schemas of the routers that answer it; what the answers mean is in the JSON-LD context. */
export const publicOperations: readonly Operation[] = (
  [
    {
      path: '/',
      summary: 'The node and its institution',
      formats: DATA_OR_PAGE,
      query: nodeQuery,
    },
    {
      path: '/.well-known/ngr-node',
      summary: 'The node’s identity, signed',
      formats: [{ ...JSON_LD, types: ['application/json'] }],
    },
    {
      path: '/records',
      summary: 'Everything that is held, the newest change first',
      formats: LIST_FORMATS,
      query: collectionQuery,
    },
    {
      path: '/records/:key',
      summary: 'One record, in any of its formats',
      formats: RECORD_FORMATS,
      query: recordQuery,
      ...ofRecord,
    },
    {
      path: '/records/:key/linkset',
      summary: 'What belongs to a record (Signposting, RFC 9264)',
      formats: [LINKSET],
      parameters: ofRecord.parameters,
      problems: { ...ofRecord.problems, 410: ['RECORD_GONE'] },
    },
    {
      path: '/records/:key/related',
      summary: 'What else is worth reading, and why',
      formats: DATA_OR_PAGE,
      query: relatedQuery,
      ...ofRecord,
    },
    {
      path: '/records/:key/duplicates',
      summary: 'Other records of the same work',
      formats: DATA_OR_PAGE,
      query: copiesQuery,
      ...ofRecord,
    },
    {
      path: '/records/:key/duplicates/:other',
      summary: 'Two records held against one another',
      formats: DATA_OR_PAGE,
      query: copiesQuery,
      parameters: { ...ofRecord.parameters, other: 'The other record, likewise.' },
      problems: { 404: ['RECORD_UNKNOWN', 'COMPARISON_UNKNOWN'] },
    },
    {
      path: '/records/:key/citations',
      summary: 'What a record cites, and what cites its work',
      formats: withTable,
      query: citationsQuery,
      ...ofRecord,
    },
    {
      path: '/records/:key/usage',
      summary: 'The use of a record and of the copies of its work',
      formats: DATA_OR_PAGE,
      query: recordUsageQuery,
      ...ofRecord,
    },
    {
      path: '/works/:id',
      summary: 'The records of one work, with what shows that they are',
      formats: DATA_OR_PAGE,
      query: worksQuery,
      ...ofWork,
    },
    {
      path: '/works/:id/citations',
      summary: 'What the records of a work cite, and what cites the work',
      formats: withTable,
      query: citationsQuery,
      ...ofWork,
    },
    {
      path: '/search',
      summary: 'Own and followed records, one row a work, with facets',
      description: 'docs/search.md tells the language of queries.',
      formats: DATA_OR_PAGE,
      query: searchSchema,
      example: { q: 'repositories' },
    },
    {
      path: '/peers',
      summary: 'The nodes that this one knows',
      formats: DATA_OR_PAGE,
      query: peersQuery,
    },
    {
      path: '/statements',
      summary: 'What the institution says of records that are of one work, or are not',
      formats: DATA_OR_PAGE,
      query: statementsQuery,
    },
    {
      path: '/usage',
      summary: 'The use of the own records and of the network’s',
      formats: withTable,
      query: usageQuery,
    },
    {
      path: '/usage/summaries',
      summary: 'The monthly summaries of use that nodes have signed',
      formats: [JSON_LD, { name: 'jsonl', label: 'JSON lines', types: ['application/x-ndjson'] }, CSV],
      query: summariesQuery,
    },
    {
      path: '/policy',
      summary: 'The institution’s open access policy',
      formats: DATA_OR_PAGE,
      query: policyQuery,
      problems: { 404: ['POLICY_NOT_STATED'] },
    },
    {
      path: '/assessments',
      summary: 'What the node is held against',
      formats: DATA_OR_PAGE,
      query: assessmentQuery,
    },
    {
      path: '/assessments/ngr-behaviours',
      summary: 'How the node answers the behaviours of next generation repositories',
      formats: DATA_OR_PAGE,
      query: assessmentQuery,
    },
    {
      path: PLAN_S,
      summary: 'How the repository stands by the requirements of Plan S',
      formats: withTable,
      query: planSQuery,
    },
    ...[...METADATA_PROFILES, PLAN_S_RECORDS].map((profiles): Read => ({
      path: profiles.path,
      summary: `How the own records stand by a profile of metadata: ${profiles.name}`,
      formats: withTable,
      query: metadataAssessmentQuery(profiles),
      problems: { 404: ['RECORD_UNKNOWN'] },
    })),
  ] satisfies Read[]
).map(read);

function read({
  path,
  summary,
  formats,
  query,
  description,
  parameters,
  problems,
  example,
}: Read): Operation {
  const types = [...new Set(formats.flatMap((format) => format.types.slice(0, 1)))];
  return operation({
    method: 'GET',
    path,
    group: 'public',
    summary,
    ...(description !== undefined && { description }),
    ...(parameters && { parameters }),
    ...(query && { query }),
    ...(example && { example }),
    answers: { 200: { what: what(formats), types } },
    problems: { ...problems, ...(formats.length > 1 && { 406: ['NOT_ACCEPTABLE'] }) },
  });
}

function what(formats: readonly Format[]): string {
  if (formats.length === 1) return formats[0]?.label ?? '';
  const isPage = formats.some(({ name }) => name === HTML.name);
  return `By \`Accept\` or \`?format=\`: ${formats.map(({ name }) => name).join(', ')}.${isPage ? ' Browsers get the page.' : ''}`;
}

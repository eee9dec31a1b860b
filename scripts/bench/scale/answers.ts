import { percentile } from '../figures.ts';
import { requestsPerSecond, timesOf } from '../requests.ts';
import { searchPath, type BenchQuery } from '../search/index.ts';
import type { Measured } from './growth.ts';

const HOT = 1_000;
const SEEDS = 500;
const WARMING = 30;
const OAI_PAGES = 60;

/**
 * What those who ask wait for, one question after another.
 * @param paths of records from all over the node, in the order in which they came
 */
export async function answers(
  url: string,
  paths: readonly string[],
  queries: readonly BenchQuery[],
): Promise<Measured[]> {
  const some = (count: number): string[] => {
    const every = Math.max(1, Math.floor(paths.length / count));
    return paths.filter((_, i) => i % every === 0).slice(0, count);
  };
  const once = await timesOf(url, paths);
  const rate = await requestsPerSecond(
    url,
    some(HOT).map((path) => ({ path })),
  );
  const searches = await warmTimes(url, queries.map(searchPath));
  const related = await warmTimes(
    url,
    some(SEEDS).map((path) => `${path}/related`),
  );
  const pages = await oaiTimes(url);
  const ms = (name: string, times: readonly number[], p: 'p50' | 'p99'): Measured => ({
    name: `${name}, ${p}`,
    value: percentile(times, p === 'p50' ? 0.5 : 0.99),
    unit: 'ms',
  });
  return [
    { name: 'GET /records/{id}', value: rate, unit: 'requests/s' },
    ms('GET /records/{id}, each once', once, 'p99'),
    ms('/oai, a page of 100', pages, 'p50'),
    ms('/oai, a page of 100', pages, 'p99'),
    ms('search with facets', searches, 'p50'),
    ms('search with facets', searches, 'p99'),
    ms('related items', related, 'p50'),
    ms('related items', related, 'p99'),
  ];
}

async function warmTimes(url: string, paths: readonly string[]): Promise<number[]> {
  await timesOf(url, paths.slice(0, WARMING));
  return await timesOf(url, paths);
}

/** Page behind page of ListRecords, as a harvester asks for them. */
async function oaiTimes(url: string): Promise<number[]> {
  const times: number[] = [];
  for (
    let query: string | undefined = 'metadataPrefix=oai_dc';
    query !== undefined && times.length < OAI_PAGES;
  ) {
    const before = performance.now();
    const response: Response = await fetch(`${url}/oai?verb=ListRecords&${query}`);
    const text = await response.text();
    times.push(performance.now() - before);
    if (!text.includes('<ListRecords>')) throw new Error(`/oai answered ${text.slice(0, 500)}`);
    const token = /<resumptionToken[^>]*>([^<]+)</.exec(text)?.[1];
    query = token === undefined ? undefined : `resumptionToken=${encodeURIComponent(token)}`;
  }
  return times;
}

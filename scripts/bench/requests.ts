import autocannon from 'autocannon';

const SECONDS = 4;
const CONNECTIONS = 20;
const PAGE = 200;

export const JSON_LD = 'application/ld+json';

/** One GET of a benchmark. */
export interface BenchRequest {
  path: string;
  headers?: Record<string, string>;
}

interface Page {
  orderedItems: { id: string }[];
  next?: string;
}

/**
 * Asks for all of these over and over for some seconds, over many connections.
 * @param status that each answer has to have
 */
export async function requestsPerSecond(
  url: string,
  requests: readonly BenchRequest[],
  status = 200,
): Promise<number> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: SECONDS,
    headers: { accept: JSON_LD },
    requests: requests.map(({ path, headers }) => ({
      path,
      ...(headers && { headers: { accept: JSON_LD, ...headers } }),
    })),
  });
  const right = result.statusCodeStats?.[`${status}`]?.count ?? 0;
  if (result.errors > 0 || right < result.requests.total)
    throw new Error(`${result.errors + result.requests.total - right} requests failed`);
  return result.requests.average;
}

/** The same for requests each of which is made once: every connection has its own share of them. */
export async function requestsPerSecondOnce(url: string, requests: readonly BenchRequest[]): Promise<number> {
  const share = Math.ceil(requests.length / CONNECTIONS);
  let from = 0;
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    amount: share * CONNECTIONS,
    headers: { accept: JSON_LD },
    setupClient: (client) => {
      client.setRequests(
        requests.slice(from, from + share).map(({ path }) => ({ path, headers: { accept: JSON_LD } })),
      );
      from += share;
    },
  });
  const right = result.statusCodeStats?.['200']?.count ?? 0;
  if (result.errors > 0 || right < result.requests.total)
    throw new Error(`${result.errors + result.requests.total - right} requests failed`);
  return result.requests.total / result.duration;
}

/** Milliseconds that each of these takes, one asked after another. @throws where one is not answered by 200 */
export async function timesOf(url: string, paths: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const path of paths) {
    const before = performance.now();
    const response = await fetch(url + path, { headers: { accept: JSON_LD } });
    await response.arrayBuffer();
    times.push(performance.now() - before);
    if (response.status !== 200) throw new Error(`${path} was answered with ${response.status}`);
  }
  return times;
}

/** The paths of so many records of a node, without its host. */
export async function recordPaths(url: string, wanted: number): Promise<string[]> {
  const paths: string[] = [];
  for (
    let next: string | undefined = `/records?limit=${PAGE}`;
    next !== undefined && paths.length < wanted;
  ) {
    const response = await fetch(url + next, { headers: { accept: JSON_LD } });
    const page = (await response.json()) as Page;
    paths.push(...page.orderedItems.map(({ id }) => new URL(id).pathname));
    next = page.next === undefined ? undefined : new URL(page.next).pathname + new URL(page.next).search;
  }
  return paths;
}

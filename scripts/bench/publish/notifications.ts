import { announcedReview } from '../../announced-review.ts';
import { figure, percentile, type Printer } from '../figures.ts';
import { startWholeNode } from '../filled-node.ts';
import { withDirectory } from '../processes.ts';

const NOTIFICATIONS = 1_000;
const PER_SECOND = 200;

interface Post {
  status: number;
  /** Where it lies, without the host. */
  path: string;
  ms: number;
}

/** Notifications posted at a steady rate, a SIGKILL as soon as the last one is acknowledged, and what is there afterwards. */
export async function notifications(printer: Printer): Promise<void> {
  await withDirectory(async (directory) => {
    const node = await startWholeNode(directory);
    const posts = await postAll(node.url);
    node.worker.child.kill('SIGKILL');
    await node.worker.stop();
    const created = posts.filter(({ status }) => status === 201);
    const rate = `${NOTIFICATIONS.toLocaleString('en')} notifications at ${PER_SECOND}/s`;
    const within = percentile(
      posts.map(({ ms }) => ms),
      0.99,
    );
    printer.print(
      figure('publish', `${rate}, answered 201`, created.length, 'of 1,000', { atLeast: NOTIFICATIONS }),
    );
    printer.print(figure('publish', `${rate}, 99 of 100 answered in`, within, 'ms', { atMost: 100 }));

    const again = await startWholeNode(directory);
    try {
      const kept = await listed(again.url);
      const lost = created.filter(({ path }) => !kept.has(path)).length;
      printer.print(
        figure('publish', 'notifications lost after SIGKILL and restart', lost, 'of 1,000', { atMost: 0 }),
      );
    } finally {
      await again.worker.stop();
    }
  });
}

/** One after another at the rate, whether the ones before are answered or not. */
async function postAll(url: string): Promise<Post[]> {
  const begun = performance.now();
  const posts: Promise<Post>[] = [];
  for (let n = 0; n < NOTIFICATIONS; n++) {
    const due = begun + (n * 1_000) / PER_SECOND;
    const early = due - performance.now();
    if (early > 0) await new Promise((resolve) => setTimeout(resolve, early));
    posts.push(post(url, n));
  }
  return await Promise.all(posts);
}

async function post(url: string, n: number): Promise<Post> {
  const begun = performance.now();
  const response = await fetch(`${url}/inbox`, {
    method: 'POST',
    headers: { 'content-type': 'application/ld+json' },
    body: JSON.stringify(announcedReview(String(n))),
  });
  await response.arrayBuffer();
  const location = response.headers.get('location') ?? url;
  return { status: response.status, path: new URL(location).pathname, ms: performance.now() - begun };
}

/** The paths of all notifications in the inbox, page by page. */
async function listed(url: string): Promise<Set<string>> {
  const paths = new Set<string>();
  for (let path: string | undefined = '/inbox'; path !== undefined;) {
    const response: Response = await fetch(url + path);
    const page = (await response.json()) as {
      'ldp:contains': { '@id': string }[];
      'as:next'?: { '@id': string };
    };
    for (const { '@id': iri } of page['ldp:contains']) paths.add(new URL(iri).pathname);
    const next = page['as:next']?.['@id'];
    path = next === undefined ? undefined : new URL(next).pathname + new URL(next).search;
  }
  return paths;
}

import type { Collection } from './collection.ts';
import type { SoakNode } from './soak-node.ts';

const TRIED_FOR_MS = 120_000;
const EVERY_MS = 1_000;
const AT_ONCE = 20;

/**
 * Waits until every node shows of every record what its institution has, and gives what is wrong where that does not come.
 * @param origins the node ids of the institutions, in the order of the collections
 */
export async function differences(
  nodes: readonly SoakNode[],
  collections: readonly Collection[],
  origins: readonly string[],
): Promise<string[]> {
  const end = performance.now() + TRIED_FOR_MS;
  for (;;) {
    const wrong: string[] = [];
    for (const node of nodes)
      for (const [i, collection] of collections.entries())
        wrong.push(...(await wrongAt(node, collection, origins[i] ?? '')));
    if (wrong.length === 0 || performance.now() > end) return wrong;
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

async function wrongAt(node: SoakNode, collection: Collection, origin: string): Promise<string[]> {
  const expected = [...collection.expected(origin)];
  const wrong: string[] = [];
  for (let from = 0; from < expected.length; from += AT_ONCE) {
    const some = expected.slice(from, from + AT_ONCE).map(async ({ key, statuses, title }) => {
      const response = await node.get(`/records/${key}`).catch(() => undefined);
      const text = (await response?.text()) ?? '';
      const where = `${key} of ${collection.node.name} at ${node.name}`;
      if (response === undefined) return [`${where}: no answer`];
      if (!statuses.includes(response.status))
        return [`${where}: ${response.status} in place of ${statuses.join(' or ')}`];
      return title === undefined || text.includes(title) ? [] : [`${where}: another title`];
    });
    wrong.push(...(await Promise.all(some)).flat());
  }
  return wrong;
}

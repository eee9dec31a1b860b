import type { Collection, Expected } from './collection.ts';
import type { SoakNode } from './soak-node.ts';

const TRIED_FOR_MS = 120_000;
const EVERY_MS = 1_000;
const AT_ONCE = 20;

/** What one node is to show of one record. */
interface Claim extends Expected {
  node: SoakNode;
  institution: string;
}

/**
 * Waits until every node shows of every record what its institution has, and gives what is wrong where that does not come.
 * @param origins the node ids of the institutions, in the order of the collections
 */
export async function differences(
  nodes: readonly SoakNode[],
  collections: readonly Collection[],
  origins: readonly string[],
): Promise<string[]> {
  let claims = nodes.flatMap((node) =>
    collections.flatMap((collection, i) =>
      [...collection.expected(origins[i] ?? '')].map((expected): Claim => ({
        ...expected,
        node,
        institution: collection.node.name,
      })),
    ),
  );
  let end: number | undefined;
  for (;;) {
    const wrong = await wrongOf(claims);
    // After an hour there are some ten thousands: the time is for what is missing, not for asking all of it.
    end ??= performance.now() + TRIED_FOR_MS;
    if (wrong.length === 0 || performance.now() > end) return wrong.map(({ why }) => why);
    claims = wrong.map(({ claim }) => claim);
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
}

async function wrongOf(claims: readonly Claim[]): Promise<{ claim: Claim; why: string }[]> {
  const wrong: { claim: Claim; why: string }[] = [];
  for (let from = 0; from < claims.length; from += AT_ONCE) {
    const some = claims.slice(from, from + AT_ONCE).map(async (claim) => {
      const why = await whyWrong(claim);
      return why === undefined ? [] : [{ claim, why }];
    });
    wrong.push(...(await Promise.all(some)).flat());
  }
  return wrong;
}

async function whyWrong({ node, institution, key, statuses, title }: Claim): Promise<string | undefined> {
  const response = await node.get(`/records/${key}`).catch(() => undefined);
  const text = (await response?.text().catch(() => undefined)) ?? '';
  const where = `${key} of ${institution} at ${node.name}`;
  if (response === undefined) return `${where}: no answer`;
  if (!statuses.includes(response.status))
    return `${where}: ${response.status} in place of ${statuses.join(' or ')}`;
  return title === undefined || text.includes(title) ? undefined : `${where}: another title`;
}

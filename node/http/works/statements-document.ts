import { collectionToJsonLd, type JsonLdObject } from '../../../vocab/json-ld/index.ts';
import type { Statement } from '../../statements/index.ts';
import { listLinks, type ListPage } from '../documents/list-page.ts';
import type { HeldItem } from '../records/held-items.ts';
import type { Site } from '../site.ts';

/** The manager's statements, as triples that the node speaks of and that nobody has to believe (docs/decisions/0014). */
export function statementsDocument(
  site: Site,
  list: ListPage,
  statements: readonly Statement[],
  items: ReadonlyMap<string, HeldItem>,
): JsonLdObject {
  const iriOf = (key: string): string => items.get(key)?.holding.id ?? `${site.base}/records/${key}`;
  return collectionToJsonLd({
    ...listLinks(site, list),
    summary: 'What this node says of records that are of the same work, or are not',
    items: statements.map(({ records: [a, b], says, by, at }) => ({
      id: `${site.base}/statements#${a}-${b}`,
      type: 'Statement',
      subject: iriOf(a),
      predicate: says === 'same' ? 'sameWorkAs' : 'notSameWorkAs',
      object: iriOf(b),
      statedBy: site.base,
      role: by,
      statedAt: new Date(at).toISOString(),
    })),
  });
}

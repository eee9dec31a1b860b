import type { Identifier, IdentifierScheme } from '../../../vocab/record.ts';
import type { Member } from './member.ts';
import { stageOf } from './stages.ts';

/** An ISBN names a book, and not what stands in one. */
const BOOK = 'http://purl.org/coar/resource_type/c_2f33';
/** After DOIs, in the order in which they are likely to lead to the work for long. ISSNs name what it appeared in. */
const others: readonly IdentifierScheme[] = ['arxiv', 'pmid', 'isbn', 'handle', 'urn', 'url'];

/**
 * The identifier by which the work is best named: the DOI of the publication, as any of the records tells it; else the DOI of
 * a version of record, another DOI, an arXiv number, and so on. Of several of one kind the one that most records have;
 * of those the first in the alphabet.
 */
export function canonicalIdentifier(members: readonly Member[]): Identifier | undefined {
  return (
    commonest(members, ({ record: { publishedDoi } }) =>
      publishedDoi === undefined ? [] : [aDoi(publishedDoi)],
    ) ??
    commonest(members, (member) =>
      stageOf(member.record) === 'published' ? withScheme(member, 'doi') : [],
    ) ??
    commonest(members, (member) => withScheme(member, 'doi')) ??
    others
      .map((scheme) => commonest(members, (member) => withScheme(member, scheme)))
      .find((found) => found !== undefined)
  );
}

const aDoi = (value: string): Identifier => ({ scheme: 'doi', value });

function withScheme({ record: { identifiers, type } }: Member, scheme: IdentifierScheme): Identifier[] {
  if (scheme === 'isbn' && type !== BOOK) return [];
  return identifiers.filter((identifier) => identifier.scheme === scheme);
}

function commonest(
  members: readonly Member[],
  identifiersOf: (member: Member) => Identifier[],
): Identifier | undefined {
  const counts = new Map<string, { identifier: Identifier; count: number }>();
  for (const member of members)
    for (const [value, identifier] of new Map(identifiersOf(member).map((one) => [one.value, one]))) {
      counts.set(value, { identifier, count: (counts.get(value)?.count ?? 0) + 1 });
    }
  return [...counts.values()].sort(
    (a, b) => b.count - a.count || (a.identifier.value < b.identifier.value ? -1 : 1),
  )[0]?.identifier;
}

import { AS, patterns, type CoarNotification } from '../../protocols/coar-notify/index.ts';
import type { Announcement } from '../../vocab/announcement.ts';

const SCHEMA_ITEM_REVIEWED = 'https://schema.org/itemReviewed';

const kinds: Readonly<Record<string, Announcement['kind']>> = {
  ReviewAction: 'review',
  EndorsementAction: 'endorsement',
  RelationshipAction: 'relationship',
};

/**
 * A notification of the Announce patterns, as it is shown with a record.
 *
 * @param id IRI of the notification
 * @param isContext whether the record is what was reviewed or endorsed. Else it is the review itself, and what is shown is
 *   its relation to what it reviews.
 */
export function announcementOf(
  { pattern, object, context, actor, origin }: CoarNotification,
  { id, at, isContext }: { id: string; at: number; isContext: boolean },
): Announcement {
  const { name, citeAs, triple } = object;
  const kind = kinds[patterns[pattern].action ?? ''] ?? 'result';
  const by = actor ?? origin;
  const relation =
    isContext || context === undefined
      ? triple
      : {
          subject: object.id,
          relationship: kind === 'review' ? SCHEMA_ITEM_REVIEWED : `${AS}context`,
          object: context.id,
        };
  return {
    id,
    kind: relation === undefined ? kind : 'relationship',
    resource: {
      id: object.id,
      types: object.types,
      ...(name !== undefined && { name }),
      ...(citeAs !== undefined && { citeAs }),
    },
    ...(relation !== undefined && { triple: relation }),
    by: { id: by.id, ...(by.name !== undefined && { name: by.name }) },
    at,
  };
}

import type { Announcement } from '../announcement.ts';
import { iriOf } from './iri.ts';
import { timeLiteral } from './literals.ts';
import type { JsonLdObject } from './record.ts';

const members: Readonly<Record<Announcement['kind'], string>> = {
  review: 'reviews',
  endorsement: 'endorsements',
  relationship: 'relationships',
  result: 'serviceResults',
};

/** What something is by its kind, under the name that our context gives it. */
const ownTypes: Readonly<Partial<Record<Announcement['kind'], { term: string; iri: string }>>> = {
  review: { term: 'Review', iri: 'https://schema.org/Review' },
  relationship: { term: 'Relationship', iri: 'https://www.w3.org/ns/activitystreams#Relationship' },
};

/** What others announced of a record, as members of its JSON-LD document. */
export function announcementsToJsonLd(announcements: readonly Announcement[]): JsonLdObject {
  const document: { [member: string]: JsonLdObject[] } = {};
  for (const announcement of announcements) {
    (document[members[announcement.kind]] ??= []).push(announcementNode(announcement));
  }
  return document;
}

function announcementNode({ id, kind, resource, triple, by, at }: Announcement): JsonLdObject {
  const { name, citeAs } = resource;
  const own = ownTypes[kind];
  const types = resource.types.flatMap((type) => iriOf(type) ?? []).filter((type) => type !== own?.iri);
  return {
    id: iriOf(resource.id) ?? resource.id,
    type: [...(own === undefined ? [] : [own.term]), ...types],
    ...(name !== undefined && { name }),
    ...(citeAs !== undefined && { citeAs: iriOf(citeAs) }),
    ...(triple !== undefined && {
      subject: iriOf(triple.subject),
      relationship: iriOf(triple.relationship),
      object: iriOf(triple.object),
    }),
    announcedBy: { id: iriOf(by.id), ...(by.name !== undefined && { name: by.name }) },
    announcedIn: iriOf(id),
    announcedAt: timeLiteral(at),
  };
}

/** The reviews among them, for a record's document in terms of schema.org. */
export function reviewsToSchemaOrg(announcements: readonly Announcement[]): JsonLdObject {
  const reviews = announcements.filter(({ kind }) => kind === 'review');
  if (reviews.length === 0) return {};
  return {
    review: reviews.map(({ resource, by }) => ({
      '@type': 'Review',
      '@id': resource.id,
      url: resource.id,
      ...(resource.name !== undefined && { name: resource.name }),
      ...(resource.citeAs !== undefined && { sameAs: resource.citeAs }),
      publisher: { '@type': 'Organization', '@id': by.id, ...(by.name !== undefined && { name: by.name }) },
    })),
  };
}

/** Activity Streams 2.0. */
export const AS = 'https://www.w3.org/ns/activitystreams#';
export const COAR = 'http://coar-notify.net/specification/vocabulary/';
/** Of the drafts before 1.0; still sent. */
const COAR_DRAFT = 'http://purl.org/coar/notify_vocabulary/';
const IANA_RELATION = 'http://www.iana.org/assignments/relation/';

export const vocabularies: readonly string[] = [COAR, COAR_DRAFT, IANA_RELATION];

/** The contexts that a notification names (COAR Notify 1.0.1, `@context`), the deprecated one last. */
export const COAR_CONTEXT = 'https://coar-notify.net';
export const AS_CONTEXT = 'https://www.w3.org/ns/activitystreams';
const contextNames = /^https?:\/\/(?:coar-notify\.net|purl\.org\/coar\/notify)(?:[/#]|\.jsonld|$)/;

export function isAsContext(iri: string): boolean {
  return /^https?:\/\/www\.w3\.org\/ns\/activitystreams(?:\.jsonld)?#?$/.test(iri);
}

export function isCoarContext(iri: string): boolean {
  return contextNames.test(iri);
}

/** The name of a COAR Notify class, `ReviewAction`, of whichever version. */
export function coarClass(iri: string): string | undefined {
  const vocabulary = [COAR, COAR_DRAFT].find((start) => iri.startsWith(start));
  return vocabulary === undefined ? undefined : iri.slice(vocabulary.length);
}

/** The name of a class of Activity Streams, `Offer`. */
export function asClass(iri: string): string | undefined {
  return iri.startsWith(AS) ? iri.slice(AS.length) : undefined;
}

export const property = {
  actor: `${AS}actor`,
  origin: `${AS}origin`,
  target: `${AS}target`,
  object: `${AS}object`,
  context: `${AS}context`,
  inReplyTo: `${AS}inReplyTo`,
  summary: `${AS}summary`,
  name: `${AS}name`,
  mediaType: `${AS}mediaType`,
  subject: `${AS}subject`,
  relationship: `${AS}relationship`,
  inbox: 'http://www.w3.org/ns/ldp#inbox',
  citeAs: `${IANA_RELATION}cite-as`,
  item: `${IANA_RELATION}item`,
} as const;

/** Who an actor can be (COAR Notify 1.0.1, `actor`). */
export const ACTORS: readonly string[] = ['Application', 'Group', 'Organization', 'Person', 'Service'];

/** Activity Vocabulary, section 3.3, with the classes above them. */
export const OBJECT_TYPES: readonly string[] = [
  'Object',
  'Article',
  'Audio',
  'Collection',
  'Document',
  'Event',
  'Image',
  'Note',
  'OrderedCollection',
  'Page',
  'Place',
  'Profile',
  'Relationship',
  'Tombstone',
  'Video',
];

import type { JsonLdObject } from '../../vocab/json-ld/index.ts';
import { TURTLE_TYPE } from './turtle.ts';

const LDP = 'http://www.w3.org/ns/ldp#';

/** The link relation and the property by which a resource tells its inbox (LDN, section 3.1). */
export const LDP_INBOX = `${LDP}inbox`;
/** The same for the rules that a notification has to keep (LDN, section 4.1). */
export const LDP_CONSTRAINED_BY = `${LDP}constrainedBy`;
export const LDP_CONTAINS = `${LDP}contains`;
export const LDP_CONTAINER = `${LDP}Container`;

export const JSON_LD_TYPE = 'application/ld+json';

/** What an inbox accepts, for `Accept-Post` (LDN, section 3.3.1), the one that every inbox accepts first. */
export const NOTIFICATION_TYPES: readonly string[] = [JSON_LD_TYPE, TURTLE_TYPE];

/** Its terms stand in the document, so that a consumer needs no context from elsewhere. */
const context = {
  ldp: LDP,
  as: 'https://www.w3.org/ns/activitystreams#',
  dcterms: 'http://purl.org/dc/terms/',
  'ldp:constrainedBy': { '@type': '@id' },
  'dcterms:created': { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
};

/**
 * A page of an inbox's listing: each notification is related to the inbox by `ldp:contains` (LDN, section 3.3.2).
 * `dcterms:created` is when it was received; `as:next` is the next page.
 */
export function inboxToJsonLd(listing: {
  inbox: string;
  constraints: string;
  notifications: readonly { iri: string; receivedAt: number }[];
  next?: string;
}): JsonLdObject {
  const { inbox, constraints, notifications, next } = listing;
  return {
    '@context': context,
    '@id': inbox,
    '@type': 'ldp:Container',
    'ldp:constrainedBy': constraints,
    'ldp:contains': notifications.map(({ iri, receivedAt }) => ({
      '@id': iri,
      'dcterms:created': new Date(receivedAt).toISOString(),
    })),
    ...(next === undefined ? {} : { 'as:next': { '@id': next } }),
  };
}

import type { JsonLdObject } from '../../vocab/json-ld/index.ts';

const LDP = 'http://www.w3.org/ns/ldp#';

/** The link relation and the property by which a resource tells its inbox (LDN, section 3.1). */
export const LDP_INBOX = `${LDP}inbox`;

/** What an inbox accepts, for `Accept-Post` (LDN, section 3.3.1). */
export const NOTIFICATION_TYPE = 'application/ld+json';

/** The value of the `Link` header by which a resource tells its inbox. */
export function inboxLink(inbox: string): string {
  return `<${inbox}>; rel="${LDP_INBOX}"`;
}

/** Its terms stand in the document, so that a consumer needs no context from elsewhere. */
const context = {
  ldp: LDP,
  as: 'https://www.w3.org/ns/activitystreams#',
  dcterms: 'http://purl.org/dc/terms/',
  'dcterms:created': { '@type': 'http://www.w3.org/2001/XMLSchema#dateTime' },
};

/**
 * A page of an inbox's listing: each notification is related to the inbox by `ldp:contains` (LDN, section 3.3.2).
 * `dcterms:created` is when it was received; `as:next` is the next page.
 */
export function inboxToJsonLd(listing: {
  inbox: string;
  notifications: readonly { iri: string; receivedAt: number }[];
  next?: string;
}): JsonLdObject {
  const { inbox, notifications, next } = listing;
  return {
    '@context': context,
    '@id': inbox,
    '@type': 'ldp:Container',
    'ldp:contains': notifications.map(({ iri, receivedAt }) => ({
      '@id': iri,
      'dcterms:created': new Date(receivedAt).toISOString(),
    })),
    ...(next === undefined ? {} : { 'as:next': { '@id': next } }),
  };
}

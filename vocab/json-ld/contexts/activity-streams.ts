import type { Context } from '../../context.ts';

/** The context of Activity Streams 2.0 (https://www.w3.org/ns/activitystreams), by kind of term. */
export const activityStreamsContext: Context = {
  '@vocab': '_:',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  as: 'https://www.w3.org/ns/activitystreams#',
  ldp: 'http://www.w3.org/ns/ldp#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  id: '@id',
  type: '@type',
  inbox: { '@id': 'ldp:inbox', '@type': '@id' },
  orderedItems: { '@id': 'as:items', '@type': '@id', '@container': '@list' },
  ...terms(
    `Accept Activity Add Announce Application Arrive Article Audio Block Collection CollectionPage Create Delete Dislike
     Document Event Flag Follow Group Ignore Image IntransitiveActivity Invite IsContact IsFollowedBy IsFollowing
     IsMember Join Leave Like Link Listen Mention Move Note Object Offer OrderedCollection OrderedCollectionPage
     Organization Page Person Place Profile Question Read Reject Relationship Remove Service TentativeAccept
     TentativeReject Tombstone Travel Undo Update Video View
     content hreflang mediaType name preferredUsername rel source summary units`,
    (id) => id,
  ),
  ...terms(
    `actor alsoKnownAs anyOf attachment attributedTo audience bcc bto cc context current describes endpoints first
     followers following formerType generator href icon image inReplyTo instrument items last liked likes location next
     oauthAuthorizationEndpoint oauthTokenEndpoint object oneOf origin outbox partOf prev preview provideClientKey
     proxyUrl Public relationship replies result sharedInbox shares signClientKey streams subject tag target to
     uploadMedia url`,
    (id) => ({ '@id': id, '@type': '@id' }),
  ),
  ...terms('closed deleted endTime published startTime updated', (id) => typed(id, 'dateTime')),
  ...terms('accuracy altitude latitude longitude radius', (id) => typed(id, 'float')),
  ...terms('height startIndex totalItems width', (id) => typed(id, 'nonNegativeInteger')),
  ...terms('duration', (id) => typed(id, 'duration')),
  contentMap: byLanguage('as:content'),
  nameMap: byLanguage('as:name'),
  summaryMap: byLanguage('as:summary'),
};

function terms(names: string, define: (id: string) => string | Context): Context {
  return Object.fromEntries(names.split(/\s+/).map((name) => [name, define(`as:${name}`)]));
}

function typed(id: string, datatype: string): Context {
  return { '@id': id, '@type': `xsd:${datatype}` };
}

function byLanguage(id: string): Context {
  return { '@id': id, '@container': '@language' };
}

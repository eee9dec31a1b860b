import type { PatternName } from '../../protocols/coar-notify/index.ts';

type Json = Record<string, unknown>;

const context = ['https://www.w3.org/ns/activitystreams', 'https://coar-notify.net'];

export const REVIEW_SERVICE: Json = {
  id: 'https://review.example/system',
  inbox: 'https://review.example/inbox',
  type: 'Service',
};
export const THIS_NODE: Json = {
  id: 'https://node.example',
  inbox: 'https://node.example/inbox',
  type: 'Service',
};
export const OFFER_ID = 'urn:uuid:0f0b5c5a-4a7e-4f55-9d2c-0d1a9a6b1c01';

const work: Json = {
  id: 'https://node.example/records/abcdefghijklmnopqrst',
  type: ['Page', 'sorg:AboutPage'],
  'ietf:cite-as': 'https://doi.org/10.5555/12345680',
  'ietf:item': {
    id: 'https://repository.example/421/content.pdf',
    type: ['Article', 'sorg:ScholarlyArticle'],
    mediaType: 'application/pdf',
  },
};
const actor: Json = { id: 'https://review.example', name: 'Reviews', type: 'Service' };

function fromService(type: string | string[], parts: Json): Json {
  return { type, actor, origin: REVIEW_SERVICE, target: THIS_NODE, ...parts };
}
const offer = (action: string): Json => fromService(['Offer', `coar-notify:${action}`], { object: work });
const announcement = (type: string[], parts: Json = {}): Json =>
  fromService(type, {
    object: {
      id: 'https://review.example/review/21',
      type: ['Page', 'sorg:Review'],
      'ietf:cite-as': 'https://doi.org/10.5555/987654',
    },
    context: { id: work['id'] },
    ...parts,
  });
const answer = (type: string): Json =>
  fromService(type, {
    object: { id: OFFER_ID, ...offer('EndorsementAction'), origin: THIS_NODE, target: REVIEW_SERVICE },
    inReplyTo: OFFER_ID,
  });

const payloads: Readonly<Record<PatternName, Json>> = {
  'request-review': offer('ReviewAction'),
  'request-endorsement': offer('EndorsementAction'),
  'request-ingest': offer('IngestAction'),
  'announce-review': announcement(['Announce', 'coar-notify:ReviewAction']),
  'announce-endorsement': announcement(['Announce', 'coar-notify:EndorsementAction']),
  'announce-relationship': announcement(['Announce', 'coar-notify:RelationshipAction'], {
    object: {
      id: 'urn:uuid:74ffb356-0632-44d9-b176-888da85758dc',
      type: 'Relationship',
      'as:subject': 'https://review.example/datasets/7',
      'as:relationship': 'http://purl.org/vocab/frbr/core#supplement',
      'as:object': work['id'],
    },
  }),
  'announce-resource': announcement(['Announce']),
  'announce-ingest': announcement(['Announce', 'coar-notify:IngestAction']),
  accept: answer('Accept'),
  reject: answer('Reject'),
  'tentative-accept': answer('TentativeAccept'),
  'tentative-reject': answer('TentativeReject'),
  'undo-offer': answer('Undo'),
  unprocessable: fromService(['Flag', 'coar-notify:UnprocessableNotification'], {
    object: { id: OFFER_ID },
    inReplyTo: OFFER_ID,
    summary: 'The file cannot be read.',
  }),
};

/**
 * A notification of a pattern with everything that COAR Notify 1.0.1 demands, from a review service to this node, of which
 * a test names only the parts it is about.
 */
export function aPayload(pattern: PatternName, parts: Json = {}): Json {
  const id = 'urn:uuid:94ecae35-dcfd-4182-8550-22c7164fe23f';
  return { '@context': context, id, ...structuredClone(payloads[pattern]), ...parts };
}

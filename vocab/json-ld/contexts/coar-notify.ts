import type { Context } from '../../context.ts';

const link: Context = { '@type': '@id' };

/** The context of COAR Notify 1.0.1 (https://coar-notify.net); it builds on that of Activity Streams. */
export const coarNotifyContext: Context = {
  '@vocab': 'http://coar-notify.net/specification/vocabulary/',
  ietf: 'http://www.iana.org/assignments/relation/',
  'coar-notify': 'http://coar-notify.net/specification/vocabulary/',
  sorg: 'http://schema.org/',
  ReviewAction: 'coar-notify:ReviewAction',
  EndorsementAction: 'coar-notify:EndorsementAction',
  IngestAction: 'coar-notify:IngestAction',
  RelationshipAction: 'coar-notify:RelationshipAction',
  UnprocessableNotification: 'coar-notify:UnprocessableNotification',
  'as:subject': link,
  'as:object': link,
  'as:relationship': link,
  'ietf:cite-as': link,
};

import type { Context } from '../../context.ts';

const link = (id: string): Context => ({ '@id': id, '@type': '@id' });

/** The context of the Linked Data Platform (http://www.w3.org/ns/ldp), without its terms for paging. */
export const ldpContext: Context = {
  ldp: 'http://www.w3.org/ns/ldp#',
  id: '@id',
  type: '@type',
  Resource: 'ldp:Resource',
  RDFSource: 'ldp:RDFSource',
  NonRDFSource: 'ldp:NonRDFSource',
  Container: 'ldp:Container',
  BasicContainer: 'ldp:BasicContainer',
  DirectContainer: 'ldp:DirectContainer',
  IndirectContainer: 'ldp:IndirectContainer',
  hasMemberRelation: link('ldp:hasMemberRelation'),
  isMemberOfRelation: link('ldp:isMemberOfRelation'),
  membershipResource: link('ldp:membershipResource'),
  insertedContentRelation: link('ldp:insertedContentRelation'),
  contains: link('ldp:contains'),
  member: link('ldp:member'),
  inbox: link('ldp:inbox'),
  constrainedBy: link('ldp:constrainedBy'),
};

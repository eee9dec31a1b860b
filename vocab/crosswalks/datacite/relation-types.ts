import type { Identifier, RelationKind } from '../../record.ts';
import type { DescriptionBuilder } from '../description-builder.ts';
import { isRepositoryDoi } from '../published-work.ts';

/**
 * Our kind of relation for each of DataCite's relation types (Metadata Schema 4.6, Appendix 1), in lower case. What is
 * said to review, describe or document a work refers to it. Of the others nothing is said but that there is one.
 */
const kinds: ReadonlyMap<string, RelationKind> = new Map(
  Object.entries<RelationKind>({
    isversionof: 'isVersionOf',
    isvariantformof: 'isVersionOf',
    isidenticalto: 'isVersionOf',
    hasversion: 'hasVersion',
    isoriginalformof: 'hasVersion',
    hastranslation: 'hasVersion',
    isnewversionof: 'replaces',
    obsoletes: 'replaces',
    ispreviousversionof: 'isReplacedBy',
    isobsoletedby: 'isReplacedBy',
    istranslationof: 'isTranslationOf',
    ispartof: 'isPartOf',
    ispublishedin: 'isPartOf',
    iscollectedby: 'isPartOf',
    haspart: 'hasPart',
    collects: 'hasPart',
    references: 'references',
    cites: 'references',
    describes: 'references',
    documents: 'references',
    isreferencedby: 'isReferencedBy',
    iscitedby: 'isReferencedBy',
    isdescribedby: 'isReferencedBy',
    isdocumentedby: 'isReferencedBy',
    isreviewedby: 'isReferencedBy',
    reviews: 'isReviewOf',
    issupplementto: 'isSupplementTo',
    issupplementedby: 'isSupplementedBy',
    isderivedfrom: 'isDerivedFrom',
  }),
);

/** The relation type that we write for each kind; DataCite has none that says no more than `relation`. */
export const relationTypes: Readonly<{ [kind in RelationKind]: string | undefined }> = {
  isVersionOf: 'IsVersionOf',
  hasVersion: 'HasVersion',
  isPartOf: 'IsPartOf',
  hasPart: 'HasPart',
  references: 'References',
  isReferencedBy: 'IsReferencedBy',
  isSupplementTo: 'IsSupplementTo',
  isSupplementedBy: 'IsSupplementedBy',
  replaces: 'IsNewVersionOf',
  isReplacedBy: 'IsPreviousVersionOf',
  isTranslationOf: 'IsTranslationOf',
  isReviewOf: 'Reviews',
  isDerivedFrom: 'IsDerivedFrom',
  relation: undefined,
};

/** Says the same of the published work as `publishedDoi`, where nothing else is said of how the two are related. */
export const publishedRelationType = 'IsVariantFormOf';

/** Relates the item to another by DataCite's relation type, in whatever case and spelling it is written. */
export function relate(relationType: string, target: Identifier, description: DescriptionBuilder): void {
  const type = relationType.toLowerCase().replace(/[^a-z]/g, '');
  const kind = kinds.get(type);
  // A journal is never a version.
  if (target.scheme === 'issn' && (kind === undefined || kind === 'isVersionOf'))
    return description.related('isPartOf', target);
  if (kind !== 'isVersionOf') {
    // Metadata about the item are no work.
    if (type !== 'hasmetadata') description.related(kind ?? 'relation', target);
    return;
  }
  const isPublishers = target.scheme === 'doi' && !isRepositoryDoi(target.value);
  if (isPublishers) description.publishedAs(target);
  if (type === 'isversionof' || !isPublishers) description.related('isVersionOf', target);
}

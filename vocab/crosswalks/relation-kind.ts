import type { RelationKind } from '../record.ts';

/** All kinds of relations that say something. */
export const relationKinds: readonly Exclude<RelationKind, 'relation'>[] = [
  'isVersionOf',
  'hasVersion',
  'isPartOf',
  'hasPart',
  'references',
  'isReferencedBy',
  'isSupplementTo',
  'isSupplementedBy',
  'replaces',
  'isReplacedBy',
  'isTranslationOf',
  'isReviewOf',
  'isDerivedFrom',
];

const named = new Map<string, RelationKind>([
  ...relationKinds.map((kind) => [kind.toLowerCase(), kind] as const),
  ['cites', 'references'],
  ['iscitedby', 'isReferencedBy'],
  ['isbasedon', 'isDerivedFrom'],
]);

/** The kind of relation that a word names, in whatever case and with or without spaces: `Is Part Of`. */
export function relationKind(name: string): RelationKind | undefined {
  return named.get(name.toLowerCase().replaceAll(' ', ''));
}

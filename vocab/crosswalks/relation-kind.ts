import { type RelationKind, relationKinds } from '../record.ts';

/** `relation` names no kind: it says no more than that there is one. */
const named = new Map<string, RelationKind>([
  ...relationKinds.filter((kind) => kind !== 'relation').map((kind) => [kind.toLowerCase(), kind] as const),
  ['cites', 'references'],
  ['iscitedby', 'isReferencedBy'],
  ['isbasedon', 'isDerivedFrom'],
]);

/** The kind of relation that a word names, in whatever case and with or without spaces: `Is Part Of`. */
export function relationKind(name: string): RelationKind | undefined {
  return named.get(name.toLowerCase().replaceAll(' ', ''));
}

import type { Identifier } from '../../../vocab/record.ts';
import type { Member } from './member.ts';
import { stageOf } from './stages.ts';

/**
 * What the records of a work are to one another: there is only one; copies of one version, as far as they say; versions
 * (preprint, accepted, published); or editions that were published more than once, with identifiers of their own.
 */
export const workKinds = ['single', 'copies', 'versions', 'editions'] as const;
export type WorkKind = (typeof workKinds)[number];

export function workKindOf(members: readonly Member[]): WorkKind {
  if (members.length < 2) return 'single';
  if (publications(members, publishedDois) > 1 || publications(members, isbns) > 1) return 'editions';
  const stages = new Set(members.map(({ record }) => stageOf(record)).filter((stage) => stage !== 'unknown'));
  return stages.size > 1 ? 'versions' : 'copies';
}

/** How many things were published, where records that have an identifier in common are of one. */
function publications(members: readonly Member[], identifiers: (member: Member) => string[]): number {
  let groups: Set<string>[] = [];
  for (const member of members) {
    const said = identifiers(member);
    if (said.length === 0) continue;
    const touching = groups.filter((group) => said.some((value) => group.has(value)));
    const joined = new Set([...touching.flatMap((group) => [...group]), ...said]);
    groups = [...groups.filter((group) => !touching.includes(group)), joined];
  }
  return groups.length;
}

/** The DOI of the publication, where a record tells it from that of the deposit. */
function publishedDois({ record }: Member): string[] {
  if (record.publishedDoi !== undefined) return [record.publishedDoi];
  return stageOf(record) === 'published' ? valuesOf(record.identifiers, 'doi') : [];
}

function isbns({ record }: Member): string[] {
  return valuesOf(record.identifiers, 'isbn');
}

function valuesOf(identifiers: readonly Identifier[], scheme: Identifier['scheme']): string[] {
  return identifiers.filter((identifier) => identifier.scheme === scheme).map(({ value }) => value);
}

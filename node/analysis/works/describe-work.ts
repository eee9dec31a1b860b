import type { Identifier } from '../../../vocab/record.ts';
import { canonicalIdentifier } from './canonical-identifier.ts';
import type { Member } from './member.ts';
import { bestOpenCopy, type OpenCopy, type Reading } from './open-copy.ts';
import { versionsOf, type VersionGroup } from './stages.ts';
import { workKindOf, type WorkKind } from './work-kind.ts';

/** What can be said of a work from its records. */
export interface WorkDescription {
  kind: WorkKind;
  versions: readonly VersionGroup[];
  best?: OpenCopy;
  identifier?: Identifier;
}

/** A function of the set of records, the node and the time: the same in whatever order the records come. */
export function describeWork(members: readonly Member[], reading: Reading): WorkDescription {
  const best = bestOpenCopy(members, reading);
  const identifier = canonicalIdentifier(members);
  return {
    kind: workKindOf(members),
    versions: versionsOf(members),
    ...(best !== undefined && { best }),
    ...(identifier !== undefined && { identifier }),
  };
}

/** What a work is, from its records: copies, versions or editions; its best open copy; the identifier that names it. */
export { describeWork, type WorkDescription } from './describe-work.ts';
export type { Member } from './member.ts';
export { bestOpenCopy, type OpenCopy, type Reading } from './open-copy.ts';
export { stageOf, stages, type Stage, type VersionGroup } from './stages.ts';
export { workKinds, type WorkKind } from './work-kind.ts';

import type { Record as NgrRecord } from '../../../vocab/record.ts';
import { byKey, type Member } from './member.ts';

/**
 * How far a version is on its way to publication, the furthest first: what COAR's Version Types tell, in the order in which
 * a reader wants them. A version that nobody named stands between the accepted and the submitted one.
 */
export const stages = ['published', 'proof', 'accepted', 'unknown', 'submitted', 'draft'] as const;
export type Stage = (typeof stages)[number];

const version = 'http://purl.org/coar/version/';
const stageOfVersion: ReadonlyMap<string, Stage> = new Map([
  [`${version}c_e19f295774971610`, 'published'],
  [`${version}c_dc82b40f9837b551`, 'published'],
  [`${version}c_970fb48d4fbd8a85`, 'published'],
  [`${version}c_fa2ee174bc00049f`, 'proof'],
  [`${version}c_ab4af688f83e57aa`, 'accepted'],
  [`${version}c_71e4c1898caa6e32`, 'submitted'],
  [`${version}c_b1a7d7d4d402bcce`, 'draft'],
]);
const PREPRINT = 'http://purl.org/coar/resource_type/c_816b';

/** The stage that a record says it is of; a preprint whose version is not said is a submitted one. */
export function stageOf({ version, type }: Pick<NgrRecord, 'version' | 'type'>): Stage {
  const said = version === undefined ? undefined : stageOfVersion.get(version);
  return said ?? (type === PREPRINT ? 'submitted' : 'unknown');
}

/** The records of one version. */
export interface VersionGroup {
  stage: Stage;
  /** Keys, sorted. */
  records: readonly string[];
}

/** The records of a work by version, the furthest first. */
export function versionsOf(members: readonly Member[]): VersionGroup[] {
  const sorted = members.toSorted(byKey);
  return stages
    .map((stage) => ({
      stage,
      records: sorted.filter(({ record }) => stageOf(record) === stage).map(({ key }) => key),
    }))
    .filter(({ records }) => records.length > 0);
}

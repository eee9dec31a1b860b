import { fileKinds } from './files.ts';
import { fullTextKinds } from './full-text.ts';
import type { IssueKind } from './issue-kind.ts';
import { metadataKinds } from './metadata.ts';
import { oaiPmhKinds } from './oai-pmh.ts';
import { repositoryKinds } from './repository.ts';
import { resourceSyncKinds } from './resourcesync.ts';
import { usageKinds } from './usage.ts';

export { fullTextKinds, type IssueKind };

/** What an issue is about: the repository as a whole and its lists, the description of an item, an item's files, its use. */
export const issueSubjects = ['repository', 'metadata', 'full text', 'usage'] as const;
export type IssueSubject = (typeof issueSubjects)[number];

/** Every code that a source, a stage or the full text can report. A new one is added by a row in the table of its subject. */
export const issueKinds: Readonly<Record<IssueSubject, Readonly<Record<string, IssueKind>>>> = {
  repository: { ...repositoryKinds, ...oaiPmhKinds, ...resourceSyncKinds, ...fileKinds },
  metadata: metadataKinds,
  'full text': fullTextKinds,
  usage: usageKinds,
};

const byCode: ReadonlyMap<string, IssueKind & { subject: IssueSubject }> = new Map(
  issueSubjects.flatMap((subject) =>
    Object.entries(issueKinds[subject]).map(([code, kind]) => [code, { ...kind, subject }] as const),
  ),
);

/** The row of a code; undefined for one that an older or later version of the node reported. */
export function issueKind(code: string): (IssueKind & { subject: IssueSubject }) | undefined {
  return byCode.get(code);
}

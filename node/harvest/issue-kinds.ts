import type { Severity } from './issue.ts';
import { fileKinds } from './issue-kinds/files.ts';
import { fullTextKinds } from './issue-kinds/full-text.ts';
import { metadataKinds } from './issue-kinds/metadata.ts';
import { oaiPmhKinds } from './issue-kinds/oai-pmh.ts';
import { repositoryKinds } from './issue-kinds/repository.ts';
import { resourceSyncKinds } from './issue-kinds/resourcesync.ts';
import { usageKinds } from './issue-kinds/usage.ts';

/** What a code of `Problem` means. docs/issues.md is made of these, one row a code. */
export interface IssueKind {
  /** The usual one; a source may say that in its case it is less, or more. */
  readonly severity: Severity;
  /** A few words, for a librarian. */
  readonly title: string;
  /** What has happened and what follows from it, for a librarian. */
  readonly explains: string;
  /** What to do. */
  readonly remedy: string;
  /** How it is found out, for an engineer. */
  readonly detail?: string;
}

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

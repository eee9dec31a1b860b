import type { Severity } from '../issue.ts';

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

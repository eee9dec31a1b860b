/**
 * How bad a problem is, as in CORE's dashboard (Pontika et al. 2016, section 4.4).
 *
 * - `error`: something could not be harvested because of it.
 * - `warning`: it was harvested nevertheless, and something about it is doubtful or was left out.
 * - `info`: no problem, but worth knowing: something was put right, or may be a wrong setting.
 */
export const severities = ['error', 'warning', 'info'] as const;
export type Severity = (typeof severities)[number];

export const rankOf = (severity: Severity): number => severities.indexOf(severity);

/** Where in a harvest, as far as it can be told. */
export interface IssuePlace {
  /** Page of the list, from 1. */
  page?: number;
  /** Record in the page, from 1. */
  record?: number;
  /** Bytes since the start of the page. */
  offset?: number;
  /** Of a source of files: which, and the line where the entry begins, from 1. */
  file?: string;
  line?: number;
}

/** A value that was put right, as it stands in the repository and as it stands here; empty where it was left out. */
export interface BeforeAndAfter {
  before: string;
  after: string;
}

/** What a source or a stage finds wrong. */
export interface Problem {
  /** Stable, `OAI_RECORD_UNREADABLE`: a row of `issueKinds`. */
  code: string;
  severity: Severity;
  /** Plain words, for a librarian. */
  message: string;
  /** For an engineer. */
  detail?: string;
  /** What was put right, at most 20 values. */
  repairs?: BeforeAndAfter[];
  /** What to do about it. */
  remedy: string;
  /** The record it is about. */
  oaiIdentifier?: string;
  place?: IssuePlace;
  /** Tells problems of one code in one record apart: the element, the value. */
  about?: string;
}

/** A problem, as long as it lasts. It closes by itself when what it is about reads well. */
export interface HarvestIssue extends Omit<Problem, 'about'> {
  id: string;
  /** Name of the source. */
  source: string;
  /** The file it is about. */
  url?: string;
  /** Milliseconds since 1970. */
  firstSeen: number;
  lastSeen: number;
  /** How often it was met. */
  count: number;
}

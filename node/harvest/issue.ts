export const severities = ['error', 'warning', 'info'] as const;

/** `error`: something is missing here because of it. `warning`: something is doubtful. `info`: something was put right. */
export type Severity = (typeof severities)[number];

/** Where in a harvest, as far as it can be told. */
export interface IssuePlace {
  /** Page of the list, from 1. */
  page?: number;
  /** Record in the page, from 1. */
  record?: number;
  /** Bytes since the start of the page. */
  offset?: number;
}

/** What a source or a stage finds wrong. */
export interface Problem {
  /** Stable, `OAI_RECORD_UNREADABLE`. */
  code: string;
  severity: Severity;
  /** Plain words, for a librarian. */
  message: string;
  /** For an engineer. */
  detail?: string;
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
  /** Milliseconds since 1970. */
  firstSeen: number;
  lastSeen: number;
  /** How often it was met. */
  count: number;
}

import { hash } from 'node:crypto';
import type { HarvestIssue } from './issue.ts';

/** An issue's row in the store. */
export type IssueRow = Omit<HarvestIssue, 'id'>;

/** What is wrong with one thing, as it is stored. */
export interface OpenProblems {
  /** Keys of the rows. */
  rows: string[];
  /** How many have no row, by rank and code (`OpenCounts`). */
  more: { [kind: string]: number };
  /** Number of the harvest that met it last; 0 where it was none. */
  harvest: number;
}

/** 96 bits of sha-256, for keys. */
export function hashOf(...parts: string[]): string {
  return hash('sha256', parts.join('\n'), 'base64url').slice(0, 16);
}

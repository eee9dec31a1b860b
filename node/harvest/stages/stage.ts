import { emptyDescription } from '../../../vocab/record.ts';
import type { HarvestedRecord } from '../../catalogue/index.ts';
import type { Problem } from '../issues/issue.ts';
import type { SourceItem, SourceMetadata } from '../sources/index.ts';

/** Of a draft each part may be put in the place of what was there; the parts themselves are values. */
export type DraftRecord = { -readonly [Part in keyof HarvestedRecord]: HarvestedRecord[Part] };

/** A record on its way through the stages: what the source gave, and what has become of it so far. */
export class Draft {
  readonly item: SourceItem & { metadata: SourceMetadata };
  /** Stages fill it and put it right. */
  readonly record: DraftRecord;
  readonly problems: Problem[] = [];
  #refused = false;

  constructor(
    item: SourceItem & { metadata: SourceMetadata },
    origin: { source: string; harvestedAt: number },
  ) {
    const { oaiIdentifier, sets, datestamp, metadata } = item;
    const { format, text } = metadata;
    this.item = item;
    this.record = {
      oaiIdentifier,
      sets,
      datestamp,
      ...emptyDescription(),
      provenance: { ...origin, format },
      raw: [{ format, text }],
    };
  }

  /** Whether the record cannot be used. */
  get refused(): boolean {
    return this.#refused;
  }

  report(problem: Omit<Problem, 'oaiIdentifier'>): void {
    const { oaiIdentifier, place } = this.item;
    this.problems.push({ ...problem, oaiIdentifier, ...(place !== undefined && { place }) });
  }

  /** Keeps the record from the catalogue. What is there of it from before stays. */
  refuse(problem: Omit<Problem, 'oaiIdentifier' | 'severity'>): void {
    this.report({ ...problem, severity: 'error' });
    this.#refused = true;
  }
}

/** One step from what a source gave to a clean record, done for a page of records at a time. */
export interface Stage {
  readonly name: string;
  apply(drafts: readonly Draft[], signal: AbortSignal): void | Promise<void>;
}

/** A stage that looks at one record at a time. A record that it stumbles over is refused; the others go on. */
export function eachRecord(name: string, apply: (draft: Draft) => void): Stage {
  return {
    name,
    apply: (drafts) => {
      for (const draft of drafts) {
        if (draft.refused) continue;
        try {
          apply(draft);
        } catch (error) {
          draft.refuse({
            code: 'HARVEST_STAGE_FAILED',
            message: 'This record cannot be processed.',
            detail: `${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
            remedy: 'Report it to the makers of NGR Node, with the record and the detail of this message.',
          });
        }
      }
    },
  };
}

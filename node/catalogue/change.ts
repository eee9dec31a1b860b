import type { Holding } from '../../vocab/record.ts';

/** The latest change of one record, in this node's own order. Readers share it. */
export interface Change {
  readonly position: number;
  readonly key: string;
  /** Not there where the record was dropped with its feed. */
  readonly holding: Holding | undefined;
  /** When its origin made it, milliseconds since 1970; not there where the record was dropped. */
  readonly time?: number;
}

/** What the manager says of two records, whatever the evidence. */
export type Says = 'same' | 'different';

/** The manager's statements, as this reader needs them. */
export interface Statements {
  /** Every statement in which the record is one of the two. */
  of(record: string): Promise<readonly { other: string; says: Says }[]>;
  /** Every record of which something is said. */
  records(): Iterable<string>;
  /** Tells of records of which a statement was made, changed or taken back. @returns stops it */
  onChange(listener: (records: readonly string[]) => void): () => void;
}

/** A node without a manager's word. */
export const noStatements: Statements = {
  of: async () => [],
  records: () => [],
  onChange: () => () => undefined,
};

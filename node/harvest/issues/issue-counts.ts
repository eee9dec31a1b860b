import * as dagCbor from '@ipld/dag-cbor';
import { severities, type Severity } from './issue.ts';
import { kindOfIssueKey } from '../layout.ts';

interface StoredCounts {
  /** Rows, by rank. */
  rows: number[];
  /** Open issues, with a row or without, by rank and code: `2!NAME_INVERTED`. */
  kinds: { [kind: string]: number };
}

/** How many issues of a code are open. */
export interface KindCount {
  code: string;
  severity: Severity;
  count: number;
}

/** How many issues of a book are open: exactly, also of those for whose rows there is no room. */
export class OpenCounts {
  readonly #rows: number[];
  readonly #kinds: Map<string, number>;

  private constructor(rows: readonly number[], kinds: Iterable<readonly [string, number]>) {
    this.#rows = [...rows];
    this.#kinds = new Map(kinds);
  }

  static from(stored: Uint8Array | undefined): OpenCounts {
    if (stored === undefined)
      return new OpenCounts(
        severities.map(() => 0),
        [],
      );
    const { rows, kinds } = dagCbor.decode<StoredCounts>(stored);
    return new OpenCounts(rows, Object.entries(kinds));
  }

  copy(): OpenCounts {
    return new OpenCounts(this.#rows, this.#kinds);
  }

  rows(rank: number): number {
    return this.#rows[rank] ?? 0;
  }

  /** @returns the kind under which it is counted only, where it has no row */
  addRow(key: string, { orCount }: { orCount: boolean }): string | undefined {
    const kind = kindOfIssueKey(key);
    this.add(kind, 1);
    if (orCount) return kind;
    this.#changeRows(kind, 1);
    return undefined;
  }

  removeRow(key: string): void {
    const kind = kindOfIssueKey(key);
    this.add(kind, -1);
    this.#changeRows(kind, -1);
  }

  add(kind: string, many: number): void {
    const count = (this.#kinds.get(kind) ?? 0) + many;
    if (count === 0) this.#kinds.delete(kind);
    else this.#kinds.set(kind, count);
  }

  /** Errors first, then by code. */
  kinds(): KindCount[] {
    return [...this.#kinds]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, count]) => ({ code: kind.slice(2), severity: severities[Number(kind[0])]!, count }));
  }

  stored(): StoredCounts {
    return { rows: this.#rows, kinds: Object.fromEntries(this.#kinds) };
  }

  #changeRows(kind: string, by: number): void {
    const rank = Number(kind[0]);
    this.#rows[rank] = this.rows(rank) + by;
  }
}

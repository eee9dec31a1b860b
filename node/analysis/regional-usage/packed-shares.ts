import type { Share, UsageSummary } from '../../../protocols/usage-summary/index.ts';
import { resourceTypes } from '../../../vocab/coar/index.ts';

export type ShareKind = 'type' | 'language' | 'userCountry';
const KINDS: readonly ShareKind[] = ['type', 'language', 'userCountry'];
const METRICS = 4;
const TYPE_BASE = 'http://purl.org/coar/resource_type/';
/** COAR's "other". */
const OTHER_TYPE = 'c_1843';

/** The values of shares by number. There are no more of them than languages, countries and types of COAR: nobody can add to them at will. */
export class ShareValues {
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.#texts.length;
  }

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  /** Without adding it. */
  find(text: string): number | undefined {
    return this.#numbers.get(text);
  }

  textOf(number: number): string {
    return this.#texts[number] ?? '';
  }
}

/** The shares of a summary as numbers side by side: those of hundreds of nodes and years stay in memory. */
export class PackedShares {
  readonly #numbers: Uint16Array;
  readonly #counts: Float64Array;
  /** Where each kind ends. */
  readonly #ends: readonly number[];

  constructor(summary: Pick<UsageSummary, 'byType' | 'byLanguage' | 'byCountry'>, values: ShareValues) {
    const lists: readonly (readonly Share[])[] = [
      summary.byType.map(({ value, metrics }) => ({ value: knownType(value), metrics })),
      summary.byLanguage,
      summary.byCountry,
    ];
    const shares = lists.flat();
    this.#numbers = Uint16Array.from(shares, ({ value }) => values.numberOf(value));
    this.#counts = new Float64Array(shares.length * METRICS);
    for (const [i, { metrics }] of shares.entries()) {
      this.#counts[i * METRICS] = metrics.totalInvestigations;
      this.#counts[i * METRICS + 1] = metrics.uniqueInvestigations;
      this.#counts[i * METRICS + 2] = metrics.totalRequests;
      this.#counts[i * METRICS + 3] = metrics.uniqueRequests;
    }
    let end = 0;
    this.#ends = lists.map(({ length }) => (end += length));
  }

  /** How many numbers it takes. */
  get length(): number {
    return this.#counts.length;
  }

  /** Calls `visit` with the number of each value of a kind, and where its four metrics begin in `counts`. */
  each(kind: ShareKind, visit: (value: number, counts: Float64Array, at: number) => void): void {
    const place = KINDS.indexOf(kind);
    const end = this.#ends[place] ?? 0;
    for (let i = this.#ends[place - 1] ?? 0; i < end; i++)
      visit(this.#numbers[i] ?? 0, this.#counts, i * METRICS);
  }
}

/** A type of a later version of COAR's vocabulary is of another kind, here. */
function knownType(type: string): string {
  return resourceTypes.byUri(TYPE_BASE + type) === undefined ? OTHER_TYPE : type;
}

import { limits, type LookupRequest, type LookupResponse } from '../../../protocols/lookup/index.ts';
import type { Catalogue, ReceivedEntry } from '../../catalogue/index.ts';
import type { Clock } from '../../clock.ts';
import type { NodeId } from '../../../vocab/record.ts';
import { RateLimit } from '../rate-limit.ts';
import type { OwnFilter } from './own-filter.ts';
import type { WorkKeyIndex } from './work-key-index.ts';

/** Of one node. A visit is some ten questions, and comes once a day. */
const RATE = { perSecond: 0.2, burst: 60 };
/** Of all nodes: so many questions are answered side by side. */
const AT_ONCE = 8;

/** Answers what other nodes ask of this one's own records, and of those only. */
export class LookupAnswers {
  readonly #catalogue: Pick<Catalogue, 'node' | 'head' | 'holdings'>;
  readonly #index: WorkKeyIndex;
  readonly #filter: OwnFilter;
  readonly #rate: RateLimit;
  #answering = 0;

  constructor(options: {
    catalogue: Pick<Catalogue, 'node' | 'head' | 'holdings'>;
    index: WorkKeyIndex;
    filter: OwnFilter;
    clock: Clock;
  }) {
    this.#catalogue = options.catalogue;
    this.#index = options.index;
    this.#filter = options.filter;
    this.#rate = new RateLimit({ clock: options.clock, ...RATE });
  }

  async answer(from: NodeId, request: LookupRequest): Promise<LookupResponse> {
    if (this.#answering >= AT_ONCE || !this.#rate.take(from)) return { type: 'busy' };
    this.#answering += 1;
    try {
      return await this.#answer(request);
    } finally {
      this.#answering -= 1;
    }
  }

  async #answer(request: LookupRequest): Promise<LookupResponse> {
    switch (request.type) {
      case 'filter': {
        const { manifest } = this.#filter;
        return manifest === undefined ? { type: 'absent' } : { type: 'filter', manifest };
      }
      case 'segments': {
        const segments = await this.#filter.segments(request.version, request.segments);
        return segments === undefined ? { type: 'absent' } : { type: 'segments', segments };
      }
      case 'records': {
        const records = new Map<string, number>();
        for (const key of request.keys) {
          for (const record of await this.#index.recordsWith(key, limits.recordsAKey)) records.set(record, 0);
          if (records.size >= limits.records) break;
        }
        return await this.#records([...records].slice(0, limits.records));
      }
      case 'current':
        return await this.#records(request.records.map(({ key, seq }) => [key, seq]));
    }
  }

  /** The latest word on each, where it is newer than the place that is known already. */
  async #records(wanted: readonly (readonly [record: string, seq: number])[]): Promise<LookupResponse> {
    const records: ReceivedEntry[] = [];
    let size = 0;
    for (const [record, seq] of wanted) {
      const received = await this.#catalogue.holdings.received(record, seq);
      if (received?.entry.node !== this.#catalogue.node) continue;
      size += received.block.length;
      if (records.length > 0 && size > limits.answerBytes) break;
      records.push(received);
    }
    return { type: 'records', head: this.#catalogue.head, records };
  }
}

/** Whether more may lie behind an answer than was in it. */
export function isFull(records: readonly { block: Uint8Array }[]): boolean {
  const bytes = records.reduce((sum, { block }) => sum + block.length, 0);
  return records.length >= limits.records || bytes > limits.answerBytes / 2;
}

import type { Record as NgrRecord } from '../../../vocab/record.ts';
import type { Why } from '../../analysis/duplicates/index.ts';
import type { Beside, RecordBeside } from '../beside.ts';
import { sumOf } from '../usage/index.ts';
import type { HeldWork } from '../works/held-works.ts';
import type { WriterCalls } from './calls.ts';

/** As JSON: what has no place in it is written as pairs. */
type WrittenEvidence = readonly (readonly [key: string, why: Why])[];
type WrittenBeside = Omit<RecordBeside, 'evidence'> & { evidence: WrittenEvidence };

export function writeEvidence(evidence: ReadonlyMap<string, Why>): WrittenEvidence {
  return [...evidence];
}

export function writeBeside({ evidence, ...others }: RecordBeside): WrittenBeside {
  return { ...others, evidence: writeEvidence(evidence) };
}

/** Has it worked out by the writer; while that is away, nothing stands beside a record. */
export class WritersBeside implements Beside {
  readonly #calls: Pick<WriterCalls, 'get'>;
  #addresses: readonly string[] = [];

  constructor({ calls }: { calls: Pick<WriterCalls, 'get'> }) {
    this.#calls = calls;
  }

  async ofRecord(key: string, _record: NgrRecord, _work: HeldWork | undefined): Promise<RecordBeside> {
    const told = (await this.#calls.get(`/cluster/records/${key}`)) as WrittenBeside | undefined;
    return told === undefined ? nothing : { ...told, evidence: new Map(told.evidence) };
  }

  async ofWork({ id }: HeldWork): Promise<ReadonlyMap<string, Why>> {
    const told = (await this.#calls.get(`/cluster/works/${id}`)) as WrittenEvidence | undefined;
    return new Map(told);
  }

  /** While the writer is away, those that it had last. */
  async addresses(): Promise<readonly string[]> {
    const told = (await this.#calls.get('/cluster/addresses')) as readonly string[] | undefined;
    return (this.#addresses = told ?? this.#addresses);
  }
}

const nothing: RecordBeside = {
  evidence: new Map(),
  elsewhere: [],
  related: [],
  usage: {
    months: undefined,
    work: { nodes: [], metrics: sumOf([]), coverage: { searched: 0, missing: 0 } },
  },
};

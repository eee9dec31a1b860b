import type { Catalogue, HarvestedRecord } from '../../../node/catalogue/index.ts';
import { isComplete } from '../../../node/catalogue/index.ts';
import type { PeerView } from '../../../node/federation/index.ts';
import {
  HarvestError,
  type HarvestIssue,
  type HarvestSummary,
  type Severity,
  type SourceKindCount,
  type SourceState,
} from '../../../node/harvest/index.ts';

/** The peers of a node that has no network: those whose feeds it holds. */
export class HeldPeers {
  readonly multiaddrs = ['/ip4/127.0.0.1/tcp/4001/p2p/12D3KooWTest'];
  readonly #catalogue: Catalogue;
  refused: PeerView['refused'] = [];
  /** What the others' views say otherwise, for the first of them and those after it. */
  others: Partial<PeerView>[] = [];
  /** And this node's own. */
  self: Partial<PeerView> = {};
  readonly forgiven: string[] = [];

  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  peers(): PeerView[] {
    const { node, feeds } = this.#catalogue;
    const states = feeds.states().toSorted((a, b) => Number(b.node === node) - Number(a.node === node));
    return states.map((state, at): PeerView => {
      const self = state.node === node;
      return {
        node: state.node,
        ...(state.head !== undefined && { name: state.head.name, base: state.head.base }),
        networks: state.head?.networks ?? [],
        self,
        connected: self,
        ...(!self && { proof: 'proved' }),
        followed: true,
        why: self ? 'self' : 'network',
        seq: state.seq,
        headSeq: state.head?.seq ?? state.seq,
        lag: 0,
        ...(state.head !== undefined && { headTime: state.head.time }),
        records: state.records,
        bytes: state.bytes,
        received: 0,
        sent: 0,
        complete: isComplete(state),
        ...(!self && { lastContact: Date.UTC(2026, 0, 1, 12) }),
        refused: self ? [] : this.refused,
        cutOff: false,
        addresses: [],
        ...(self ? this.self : this.others[at - 1]),
      };
    });
  }

  forgive(node: string): Promise<boolean> {
    const isForked = this.peers().some((peer) => peer.node === node && peer.fork !== undefined);
    if (isForked) this.forgiven.push(node);
    return Promise.resolve(isForked);
  }
}

/** Sources that hold what a test puts in them. */
export class HeldSources {
  readonly records = new Map<string, HarvestedRecord>();
  readonly runs: { source?: string; full?: boolean; set?: string }[] = [];
  readonly found: HarvestIssue[] = [];

  past: HarvestSummary[] = [];

  pastRuns({ limit }: { limit: number }): Promise<HarvestSummary[]> {
    return Promise.resolve(this.past.slice(0, limit));
  }

  run(options: { source?: string; full?: boolean; set?: string } = {}): Promise<HarvestSummary[]> {
    if (options.source !== undefined && options.source !== 'repository') {
      const remedy = 'Choose one of: repository.';
      throw new HarvestError('HARVEST_UNKNOWN_SOURCE', `No source is named "${options.source}".`, { remedy });
    }
    this.runs.push(options);
    return Promise.resolve([]);
  }

  refuseUnknownSet({ set }: { set: string }): Promise<void> {
    if (set !== 'nope') return Promise.resolve();
    return Promise.reject(
      new HarvestError('HARVEST_UNKNOWN_SET', `No set "${set}".`, { remedy: 'Choose a.' }),
    );
  }

  refetch(oaiIdentifier: string): Promise<HarvestedRecord> {
    const record = this.records.get(oaiIdentifier);
    if (record !== undefined) return Promise.resolve(record);
    const message = `No source has the record ${oaiIdentifier} (any longer).`;
    return Promise.reject(new HarvestError('HARVEST_UNKNOWN_RECORD', message, { remedy: 'Look there.' }));
  }

  async reharvest(oaiIdentifier: string): Promise<{ key: string; outcome: 'unchanged' }> {
    await this.refetch(oaiIdentifier);
    return { key: `key of ${oaiIdentifier}`, outcome: 'unchanged' };
  }

  state(): SourceState[] {
    return [{ name: 'repository', type: 'oai-pmh', url: 'https://repository.example/oai', running: false }];
  }

  issues({
    severity,
    after,
    limit,
  }: {
    severity?: Severity;
    after?: string;
    limit: number;
  }): Promise<HarvestIssue[]> {
    const start = after === undefined ? 0 : this.found.findIndex(({ id }) => id === after) + 1;
    const wanted = this.found
      .slice(start)
      .filter((issue) => severity === undefined || issue.severity === severity);
    return Promise.resolve(wanted.slice(0, limit));
  }

  issueKinds(): Promise<SourceKindCount[]> {
    const counts = new Map<string, SourceKindCount>();
    for (const { source, code, severity } of this.found) {
      const known = counts.get(`${source} ${code}`);
      counts.set(`${source} ${code}`, { source, code, severity, count: (known?.count ?? 0) + 1 });
    }
    return Promise.resolve([...counts.values()]);
  }

  issueCounts(): Promise<{ error: number; warning: number; info: number }> {
    const count = (severity: Severity): number =>
      this.found.filter((issue) => issue.severity === severity).length;
    return Promise.resolve({ error: count('error'), warning: count('warning'), info: count('info') });
  }
}

import * as dagCbor from '@ipld/dag-cbor';
import { RelatedItems } from '../../../node/analysis/related/index.ts';
import { TextIndex } from '../../../node/analysis/search/index.ts';
import type { Change } from '../../../node/catalogue/index.ts';
import { openStore, writeBatch, type Operation, type Store } from '../../../node/store/index.ts';
import { recordKey } from '../../../vocab/record-key.ts';
import type { Holding } from '../../../vocab/record.ts';
import { harvestedRecord } from '../filling.ts';
import type { Text } from './fts5.ts';

const BATCH = 200;
const NODE = '12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN';

const keyOf = (id: string): string => recordKey(NODE, `oai:repository.example:${id}`);

/** The node's index of words and its related items over some texts, each a work of its own, without citations and uses. */
export class OwnIndex {
  readonly index: TextIndex;
  readonly related: RelatedItems;
  /** Seconds of processor time that the index of words took. */
  readonly cpuSeconds: number;
  readonly #store: Store;
  readonly #ids: ReadonlyMap<string, string>;

  private constructor(store: Store, index: TextIndex, ids: ReadonlyMap<string, string>, cpuSeconds: number) {
    const holdings = store.section('holdings');
    this.#store = store;
    this.#ids = ids;
    this.index = index;
    this.cpuSeconds = cpuSeconds;
    this.related = new RelatedItems({
      text: index,
      works: { workOf: async () => undefined, copiesOf: async () => [] },
      held: {
        getMany: async (keys) =>
          (await holdings.getMany([...keys])).map((bytes) =>
            bytes === undefined ? undefined : dagCbor.decode<Holding>(bytes),
          ),
      },
    });
  }

  /** @param texts gives them from the beginning each time: the records are put beside the index when that is built */
  static async of(directory: string, texts: () => AsyncIterable<Text> | Iterable<Text>): Promise<OwnIndex> {
    const store = await openStore(directory);
    const [section, holdings] = [store.section('search'), store.section('holdings')];
    const index = new TextIndex();
    await index.open(section);
    const ids = new Map<string, string>();
    let cpu = 0;
    for await (const batch of batches(texts())) {
      for (const { key, id } of batch) ids.set(key, id);
      const begun = process.cpuUsage();
      await writeBatch(section, await index.apply(batch, section), { durable: false });
      index.applied();
      const { user, system } = process.cpuUsage(begun);
      cpu += (user + system) / 1e6;
    }
    for await (const batch of batches(texts())) {
      const held = batch.map(({ key, holding }): Operation => ({
        type: 'put',
        key,
        value: dagCbor.encode(holding),
      }));
      await writeBatch(holdings, held, { durable: false });
    }
    return new OwnIndex(store, index, ids, cpu);
  }

  get size(): number {
    return this.#ids.size;
  }

  /** What a way of asking finds, as ids. */
  async found(seed: string, ask: (key: string) => Promise<readonly { key: string }[]>): Promise<string[]> {
    return (await ask(keyOf(seed))).map(({ key }) => this.#ids.get(key) ?? '');
  }

  async close(): Promise<void> {
    await this.#store.close();
  }
}

interface Held extends Change {
  holding: Holding;
  id: string;
}

async function* batches(texts: AsyncIterable<Text> | Iterable<Text>): AsyncGenerator<Held[]> {
  let batch: Held[] = [];
  let position = 0;
  for await (const text of texts) {
    const key = keyOf(text.id);
    const described = harvestedRecord({ ...text, authors: [], year: '' });
    const holding = { ...described, id: `https://node.example/records/${key}`, node: NODE };
    batch.push({ position: ++position, key, holding, id: text.id });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

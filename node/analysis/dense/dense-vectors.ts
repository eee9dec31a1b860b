import type { Logger } from 'pino';
import type { Change, Reader } from '../../catalogue/index.ts';
import type { Operation, Section } from '../../store/index.ts';
import { isOfAText } from './errors.ts';
import { encodeRow, hashOf, hasHash, rowKey } from './layout.ts';
import type { ModelDescription } from './sentence-model.ts';
import { textOf } from './text-of.ts';
import { quantised, type Vector } from './vectors.ts';

/** What makes vectors of texts. */
export interface Model {
  readonly description: ModelDescription;
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  stop(): Promise<void>;
}

/** Of the fingerprint, as many as a whole number holds. */
const VERSION_HEX_DIGITS = 12;

/**
 * The vector of each record's title and abstract, by a model. A text that has not changed is not read again; another
 * model has all of them read anew. It goes on where it was, in small batches, and holds nobody up but itself.
 */
export class DenseVectors implements Reader {
  readonly name = 'dense';
  readonly version: number;
  readonly batchSize = 16;
  readonly #model: Model;
  readonly #log: Logger;

  constructor({ model, log }: { model: Model; log: Logger }) {
    this.version = Number.parseInt(model.description.fingerprint.slice(0, VERSION_HEX_DIGITS), 16);
    this.#model = model;
    this.#log = log;
  }

  async apply(changes: readonly Change[], section: Section): Promise<Operation[]> {
    const rows = await section.getMany(changes.map(({ key }) => rowKey(key)));
    const operations: Operation[] = [];
    const unread: { key: string; text: string; hash: Buffer }[] = [];
    for (const [i, { key, holding }] of changes.entries()) {
      const text = textOf(holding);
      const row = rows[i];
      const hash = text === undefined ? undefined : hashOf(text);
      if (hash !== undefined && row !== undefined && hasHash(row, hash)) continue;
      if (row !== undefined) operations.push({ type: 'del', key: rowKey(key) });
      if (text !== undefined && hash !== undefined) unread.push({ key, text, hash });
    }
    const vectors = await this.#vectorsOf(unread);
    for (const [i, { key, hash }] of unread.entries()) {
      const vector = vectors[i];
      if (vector !== undefined)
        operations.push({ type: 'put', key: rowKey(key), value: encodeRow(hash, vector) });
    }
    return operations;
  }

  async interrupt(): Promise<void> {
    await this.#model.stop();
  }

  async #vectorsOf(records: readonly { key: string; text: string }[]): Promise<(Vector | undefined)[]> {
    const [first] = records;
    if (first === undefined) return [];
    try {
      return (await this.#model.embed(records.map(({ text }) => text))).map(quantised);
    } catch (error) {
      if (!isOfAText(error)) throw error;
      if (records.length > 1) {
        const vectors: (Vector | undefined)[] = [];
        for (const record of records) vectors.push(...(await this.#vectorsOf([record])));
        return vectors;
      }
      this.#log.warn({ err: error, record: first.key }, 'a record has no vector: the model cannot read it');
      return [undefined];
    }
  }
}

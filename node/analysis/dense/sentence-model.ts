import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { DenseError } from './errors.ts';
import { LAYOUT } from './layout.ts';
import { loadRuntime, type Runtime } from './runtime.ts';
import type { ModelSettings } from './settings.ts';
import { readVocabulary, type Vocabulary } from './vocabulary.ts';
import { WordPieces } from './word-pieces.ts';

/** WebAssembly has 4 GB for the model and all that is computed. */
const MOST_MODEL_BYTES = 1_500_000_000;
/** Texts that are run at once: with 512 tokens each, some hundred MB in a model of the usual size. */
const AT_ONCE = 8;
const POOLED = 'sentence_embedding';
const BY_TOKEN = 'last_hidden_state';
const REQUIRED = 'input_ids';
const INPUTS: ReadonlySet<string> = new Set([REQUIRED, 'attention_mask', 'token_type_ids']);
const UNFIT_REMEDY =
  'Take a sentence-embedding model of the BERT family, exported with its usual inputs and outputs (docs/search.md).';

/** What the node has to know of the model. */
export interface ModelDescription {
  /** Of its vectors. */
  dimensions: number;
  /** Changes with all that vectors depend on: model, vocabulary, settings, form of the rows. Hex. */
  fingerprint: string;
}

/** A model that makes vectors of texts. It computes where it is: for a thread of its own see `model-thread.ts`. */
export class SentenceModel {
  readonly description: ModelDescription;
  readonly #runtime: Runtime;
  readonly #session: InferenceSession;
  readonly #pieces: WordPieces;
  readonly #settings: ModelSettings;

  private constructor(parts: {
    runtime: Runtime;
    session: InferenceSession;
    pieces: WordPieces;
    settings: ModelSettings;
    description: ModelDescription;
  }) {
    this.#runtime = parts.runtime;
    this.#session = parts.session;
    this.#pieces = parts.pieces;
    this.#settings = parts.settings;
    this.description = parts.description;
  }

  /**
   * Loads a model and tries it: with the last piece of its vocabulary too, which a model of another vocabulary has no place for.
   *
   * @throws DenseError `DENSE_NO_MODEL` · `DENSE_BAD_MODEL` · `DENSE_NO_RUNTIME` · those of `readVocabulary`
   */
  static async open(settings: ModelSettings): Promise<SentenceModel> {
    await checkFile(settings.path);
    const vocabulary = await readVocabulary(settings.vocabulary, settings.path);
    const runtime = await loadRuntime();
    const session = await sessionOf(runtime, settings.path);
    checkInterface(session, settings.path);
    const pieces = new WordPieces(vocabulary);
    const fingerprint = await fingerprintOf(settings, vocabulary);
    const parts = { runtime, session, pieces, settings };
    const model = new SentenceModel({ ...parts, description: { dimensions: 0, fingerprint } });
    const dimensions = await model.#tried();
    return new SentenceModel({ ...parts, description: { dimensions, fingerprint } });
  }

  /** Of each text a vector, in any length. @throws whatever the runtime does */
  async embed(texts: readonly string[]): Promise<Float32Array[]> {
    const { prefix, maxTokens } = this.#settings;
    const encoded = texts.map((text, i) => ({
      i,
      ids: this.#pieces.encode(prefix === undefined ? text : `${prefix} ${text}`, maxTokens),
    }));
    // Those of about one length together: the shorter ones are filled up to the longest.
    encoded.sort((a, b) => a.ids.length - b.ids.length);
    const vectors: Float32Array[] = [];
    for (let at = 0; at < encoded.length; at += AT_ONCE) {
      const some = encoded.slice(at, at + AT_ONCE);
      const found = await this.#run(some.map(({ ids }) => ids));
      for (const [k, { i }] of some.entries()) vectors[i] = found[k] ?? new Float32Array();
    }
    return vectors;
  }

  async #tried(): Promise<number> {
    const { path, dimensions } = this.#settings;
    const { ids, marks } = this.#pieces.vocabulary;
    const last = [...ids.values()].reduce((most, id) => Math.max(most, id), 0);
    let vector: Float32Array | undefined;
    try {
      [vector] = await this.#run([[marks.start, last, marks.end]]);
    } catch (cause) {
      if (cause instanceof DenseError) throw cause;
      throw badModel(
        `${path} cannot be run with its vocabulary of ${ids.size} pieces.`,
        'Check that "vocabulary" came with this model, and that the model is whole.',
        cause,
      );
    }
    const found = vector?.length ?? 0;
    if (dimensions !== undefined && dimensions > found) {
      throw badModel(
        `${path} makes vectors of ${found} numbers, and "related.model.dimensions" asks for ${dimensions}.`,
        'Leave the setting out, or make it smaller.',
      );
    }
    return found;
  }

  async #run(rows: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const { Tensor } = this.#runtime;
    const width = rows.reduce((most, { length }) => Math.max(most, length), 0);
    const filled = (value: (row: readonly number[], at: number) => number): number[] =>
      rows.flatMap((row) => Array.from({ length: width }, (_, at) => value(row, at)));
    const { padding } = this.#pieces.vocabulary.marks;
    const values: Record<string, () => number[]> = {
      input_ids: () => filled((row, at) => row[at] ?? padding),
      attention_mask: () => filled((row, at) => (at < row.length ? 1 : 0)),
      token_type_ids: () => filled(() => 0),
    };
    const feeds: Record<string, Tensor> = {};
    for (const input of this.#session.inputMetadata) {
      const numbers = values[input.name]?.() ?? [];
      const dims = [rows.length, width];
      feeds[input.name] =
        input.isTensor && input.type === 'int32'
          ? new Tensor('int32', Int32Array.from(numbers), dims)
          : new Tensor('int64', BigInt64Array.from(numbers, BigInt), dims);
    }
    const name = outputOf(this.#session);
    const output = (await this.#session.run(feeds, name === undefined ? [] : [name]))[name ?? ''];
    return this.#pooled(output, rows, width);
  }

  #pooled(output: Tensor | undefined, rows: readonly (readonly number[])[], width: number): Float32Array[] {
    const { path, pooling, dimensions } = this.#settings;
    const dims = output?.dims ?? [];
    const numbers = output?.data;
    const isByText = dims.length === 2 && dims[0] === rows.length;
    const isByToken = dims.length === 3 && dims[0] === rows.length && dims[1] === width;
    if (!(numbers instanceof Float32Array) || !(isByText || isByToken)) {
      const what = `${output?.type ?? 'nothing'} of the form [${dims.join(', ')}]`;
      throw badModel(`${path} gives ${what}, and no vector for each text or token (float32).`, UNFIT_REMEDY);
    }
    const size = dims.at(-1) ?? 0;
    const kept = Math.min(size, dimensions ?? size);
    return rows.map((row, i) => {
      if (isByText) return numbers.slice(i * size, i * size + kept);
      const vector = new Float32Array(kept);
      const heard = pooling === 'cls' ? 1 : row.length;
      for (let token = 0; token < heard; token++) {
        const at = (i * width + token) * size;
        for (let d = 0; d < kept; d++) vector[d] = (vector[d] ?? 0) + (numbers[at + d] ?? 0) / heard;
      }
      return vector;
    });
  }
}

async function checkFile(path: string): Promise<void> {
  const remedy = 'Check "related.model.path": it has to lead to the ONNX file of the model.';
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    const what =
      cause.code === 'ENOENT' ? `There is no ${path}.` : `${path} cannot be read: ${cause.message}.`;
    throw new DenseError('DENSE_NO_MODEL', what, remedy, cause);
  });
  if (!found.isFile()) throw new DenseError('DENSE_NO_MODEL', `${path} is no file.`, remedy);
  if (found.size > MOST_MODEL_BYTES) {
    throw badModel(
      `${path} has ${found.size} bytes, and ${MOST_MODEL_BYTES} at most are loaded.`,
      'Take a smaller model, or one with weights of 8 bits.',
    );
  }
}

async function sessionOf(runtime: Runtime, path: string): Promise<InferenceSession> {
  try {
    return await runtime.InferenceSession.create(path, {
      executionProviders: ['cpu'],
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      // What goes wrong is thrown, too.
      logSeverityLevel: 4,
    });
  } catch (cause) {
    throw badModel(
      `${path} cannot be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      'Check that it is an ONNX file, whole, and with its weights in it (not in a second file).',
      cause,
    );
  }
}

function checkInterface({ inputNames, outputNames }: InferenceSession, path: string): void {
  const others = inputNames.filter((name) => !INPUTS.has(name));
  if (!inputNames.includes(REQUIRED) || others.length > 0) {
    throw badModel(
      `${path} wants ${inputNames.join(', ')}; given are ${[...INPUTS].join(', ')}.`,
      UNFIT_REMEDY,
    );
  }
  if (!outputNames.includes(POOLED) && !outputNames.includes(BY_TOKEN)) {
    throw badModel(
      `${path} gives ${outputNames.join(', ')}, and neither ${BY_TOKEN} nor ${POOLED}.`,
      UNFIT_REMEDY,
    );
  }
}

const outputOf = ({ outputNames }: InferenceSession): string | undefined =>
  [POOLED, BY_TOKEN].find((name) => outputNames.includes(name));

async function fingerprintOf(settings: ModelSettings, vocabulary: Vocabulary): Promise<string> {
  const { path, pooling, dimensions, maxTokens, prefix } = settings;
  const { ids, ...reading } = vocabulary;
  const hash = createHash('sha256');
  hash.update(
    JSON.stringify([LAYOUT, pooling, dimensions ?? null, maxTokens, prefix ?? null, reading, [...ids]]),
  );
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function badModel(message: string, remedy: string, cause?: unknown): DenseError {
  return new DenseError('DENSE_BAD_MODEL', message, remedy, cause);
}

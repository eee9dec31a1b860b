import { open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { DenseError } from './errors.ts';

/** What a WordPiece tokenizer knows. */
export interface Vocabulary {
  /** The number of each piece; those within a word begin with `prefix`. */
  ids: ReadonlyMap<string, number>;
  prefix: string;
  /** What stands before a text, behind it, for words that cannot be put together, and after shorter texts. */
  marks: { start: number; end: number; unknown: number; padding: number };
  /** A longer word, in characters, is unknown. */
  longestWord: number;
  isCleaned: boolean;
  isLowerCase: boolean;
  isWithoutAccents: boolean;
  /** Each ideograph is a word. */
  areIdeographsApart: boolean;
}

const MOST_BYTES = 50_000_000;
const BERT_PREFIX = '##';
/** As google-research/bert has it; Hugging Face's is 100. */
const BERT_LONGEST_WORD = 200;
/** Marks of MPNet, whose vocabularies have BERT's too. */
const MARKS = [
  ['<s>', '</s>', '<pad>'],
  ['[CLS]', '[SEP]', '[PAD]'],
] as const;
const REMEDY = 'Take the vocab.txt or tokenizer.json that came with the model.';

const tokenizerFile = z.object({
  normalizer: z
    .object({
      type: z.literal('BertNormalizer'),
      clean_text: z.boolean().default(true),
      handle_chinese_chars: z.boolean().default(true),
      strip_accents: z.boolean().nullable().default(null),
      lowercase: z.boolean().default(true),
    })
    .nullable(),
  model: z.object({
    unk_token: z.string(),
    continuing_subword_prefix: z.string(),
    max_input_chars_per_word: z.int().min(1),
    vocab: z.record(z.string(), z.int().min(0)),
  }),
});

/**
 * Reads a BERT vocabulary: `vocab.txt`, one piece a line, or the `tokenizer.json` of Hugging Face's tokenizers where that is
 * WordPiece with BERT's normalisation. `vocab.txt` does not tell whether texts are put in lower case: they are, where no
 * piece has a capital letter.
 *
 * @param path without it, both names are looked for beside the model and in the folder above it
 * @throws DenseError `DENSE_NO_VOCABULARY` · `DENSE_BAD_VOCABULARY` where it is of another kind, or damaged
 */
export async function readVocabulary(path: string | undefined, model: string): Promise<Vocabulary> {
  if (path !== undefined) {
    const text = await read(path);
    if (text === undefined) throw missing(`There is no ${path}`);
    return vocabularyOf(text, path);
  }
  const folders = [dirname(model), dirname(dirname(model))];
  for (const place of folders.flatMap((folder) => [
    join(folder, 'tokenizer.json'),
    join(folder, 'vocab.txt'),
  ])) {
    const text = await read(place);
    if (text !== undefined) return vocabularyOf(text, place);
  }
  throw missing(`There is no tokenizer.json or vocab.txt beside ${model}`);
}

/** @param path tells by its end what kind of file it is, and stands in messages */
export function vocabularyOf(text: string, path: string): Vocabulary {
  return path.endsWith('.json') ? ofTokenizer(text, path) : ofLines(text, path);
}

function ofLines(text: string, path: string): Vocabulary {
  const ids = new Map<string, number>();
  for (const [i, line] of text.split('\n').entries()) if (line !== '') ids.set(line.replace(/\r$/, ''), i);
  const isLowerCase = ![...ids.keys()].some((piece) => /[A-Z]/.test(piece) && !/^[[<]/.test(piece));
  return {
    ids,
    prefix: BERT_PREFIX,
    marks: marksIn(ids, '[UNK]', path),
    longestWord: BERT_LONGEST_WORD,
    isCleaned: true,
    isLowerCase,
    isWithoutAccents: isLowerCase,
    areIdeographsApart: true,
  };
}

function ofTokenizer(text: string, path: string): Vocabulary {
  const value = parsed(text, path);
  const kind = z.object({ model: z.object({ type: z.string() }) }).safeParse(value).data?.model.type;
  if (kind !== undefined && kind !== 'WordPiece')
    throw unfit(`${path} is a tokenizer of the kind "${kind}", and only WordPiece is read.`, MODEL_REMEDY);
  const { data } = tokenizerFile.safeParse(value);
  if (data === undefined)
    throw unfit(`${path} is no tokenizer of the kind WordPiece with BERT's normalisation.`, MODEL_REMEDY);
  const { model, normalizer } = data;
  const ids = new Map(Object.entries(model.vocab));
  return {
    ids,
    prefix: model.continuing_subword_prefix,
    marks: marksIn(ids, model.unk_token, path),
    longestWord: model.max_input_chars_per_word,
    isCleaned: normalizer?.clean_text ?? false,
    isLowerCase: normalizer?.lowercase ?? false,
    isWithoutAccents: normalizer?.strip_accents ?? normalizer?.lowercase ?? false,
    areIdeographsApart: normalizer?.handle_chinese_chars ?? false,
  };
}

const MODEL_REMEDY = 'Take a model with a BERT vocabulary (docs/search.md tells which fit).';

function marksIn(ids: ReadonlyMap<string, number>, unknownMark: string, path: string): Vocabulary['marks'] {
  const unknown = ids.get(unknownMark);
  for (const [first, last, filler] of MARKS) {
    const [start, end] = [ids.get(first), ids.get(last)];
    if (start === undefined || end === undefined || unknown === undefined) continue;
    return { start, end, unknown, padding: ids.get(filler) ?? 0 };
  }
  throw unfit(`${path} is no BERT vocabulary: [CLS], [SEP] or ${unknownMark} is not in it.`, REMEDY);
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unfit(`${path} is not JSON.`, REMEDY, cause);
  }
}

/** Undefined where there is none. */
async function read(path: string): Promise<string | undefined> {
  try {
    const handle = await open(path);
    try {
      const { size } = await handle.stat();
      if (size > MOST_BYTES)
        throw unfit(`${basename(path)} has ${size} bytes, and ${MOST_BYTES} at most are read.`, REMEDY);
      return await handle.readFile('utf8');
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (cause instanceof DenseError) throw cause;
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw missing(`${path} cannot be read: ${message}`, cause);
  }
}

function missing(what: string, cause?: unknown): DenseError {
  const remedy =
    'Put the vocabulary that came with the model there, or name it in "related.model.vocabulary".';
  return new DenseError('DENSE_NO_VOCABULARY', `${what}.`, remedy, cause);
}

function unfit(message: string, remedy: string, cause?: unknown): DenseError {
  return new DenseError('DENSE_BAD_VOCABULARY', message, remedy, cause);
}

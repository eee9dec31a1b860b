import { writeFile } from 'node:fs/promises';

/*
 * Writes small ONNX models (https://onnx.ai/onnx/repo-docs/IR.html; numbers of fields from onnx.proto3), so that tests run a real one
 * without a download: a table of vectors, of which each token takes its row.
 */

/** Types of tensors, and of attributes. */
const [FLOAT, INT64] = [1, 7] as const;
const [INT, INTS] = [2, 7] as const;
/** Of the operators below, and of the file's form that belongs to it. */
const OPSET = 13;
const IR_VERSION = 8;

interface ModelParts {
  /** Of each token, by its number. */
  rows: readonly (readonly number[])[];
  /** What the model gives: a vector a token, or the mean of a text's. */
  output?: 'last_hidden_state' | 'sentence_embedding' | (string & {});
  inputs?: readonly string[];
}

/** A model that gives each token its row of the table. */
export function anOnnxModel({
  rows,
  output = 'last_hidden_state',
  inputs = ['input_ids', 'attention_mask'],
}: ModelParts): Buffer {
  const [first = ''] = inputs;
  const isPooled = output === 'sentence_embedding';
  // AttributeProto: which axis, and that it is gone afterwards.
  const overTokens = [
    bytes(5, message(text(1, 'axes'), number(8, 1), number(20, INTS))),
    bytes(5, message(text(1, 'keepdims'), number(3, 0), number(20, INT))),
  ];
  const nodes = [
    message(text(1, 'table'), text(1, first), text(2, isPooled ? 'tokens' : output), text(4, 'Gather')),
    ...(isPooled ? [message(text(1, 'tokens'), text(2, output), text(4, 'ReduceMean'), ...overTokens)] : []),
  ];
  const graph = message(
    ...nodes.map((node) => bytes(1, node)),
    text(2, 'sentences'),
    bytes(5, table(rows)),
    ...inputs.map((name) => bytes(11, valueInfo(name, INT64, ['texts', 'tokens']))),
    bytes(12, valueInfo(output, FLOAT, isPooled ? ['texts', 'size'] : ['texts', 'tokens', 'size'])),
  );
  const operators = message(text(1, ''), number(2, OPSET));
  return message(number(1, IR_VERSION), bytes(7, graph), bytes(8, operators));
}

/** Writes a model with its vocabulary into a folder; each piece has its vector. @returns the path of the model */
export async function aModelIn(
  directory: string,
  vocabulary: Readonly<Record<string, readonly number[]>>,
  parts: Omit<ModelParts, 'rows'> = {},
): Promise<string> {
  const path = `${directory}/model.onnx`;
  await writeFile(path, anOnnxModel({ ...parts, rows: Object.values(vocabulary) }));
  await writeFile(`${directory}/vocab.txt`, `${Object.keys(vocabulary).join('\n')}\n`);
  return path;
}

function table(rows: readonly (readonly number[])[]): Buffer {
  const numbers = Float32Array.from(rows.flat());
  return message(
    number(1, rows.length),
    number(1, rows[0]?.length ?? 0),
    number(2, FLOAT),
    text(8, 'table'),
    bytes(9, Buffer.from(numbers.buffer)),
  );
}

function valueInfo(name: string, type: number, dims: readonly string[]): Buffer {
  const shape = message(...dims.map((dim) => bytes(1, message(text(2, dim)))));
  const tensor = message(number(1, type), bytes(2, shape));
  return message(text(1, name), bytes(2, message(bytes(1, tensor))));
}

/* The wire format of protocol buffers: a field's number and kind, then its value. */

const message = (...fields: readonly Buffer[]): Buffer => Buffer.concat(fields);
const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));
const number = (field: number, value: number): Buffer => Buffer.concat([varint(field << 3), varint(value)]);
const bytes = (field: number, value: Buffer): Buffer =>
  Buffer.concat([varint((field << 3) | 2), varint(value.length), value]);

function varint(value: number): Buffer {
  const found: number[] = [];
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) found.push((left % 128) | 128);
  return Buffer.from([...found, left]);
}

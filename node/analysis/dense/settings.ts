/** The model, as `related.model` of the configuration names it; paths are absolute. */
export interface ModelSettings {
  /** Of the ONNX file. */
  path: string;
  /** Of `tokenizer.json` or `vocab.txt`; without it, looked for beside the model and in the folder above. */
  vocabulary?: string;
  /** How a text's vector is made of those of its tokens: their mean, or the first one ([CLS]). */
  pooling: 'mean' | 'cls';
  /** How many numbers of a vector are kept; all without it. */
  dimensions?: number;
  /** Of a text, the marks at its ends counted; the rest is left out. */
  maxTokens: number;
  /** What the model wants to be put before each text. */
  prefix?: string;
}

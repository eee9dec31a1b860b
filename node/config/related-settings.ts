import { z } from 'zod';
import { oneOf, path, text, wholeNumber } from './values.ts';

const model = z.strictObject({
  path: path().describe(
    'ONNX file of a sentence-embedding model of the BERT family (docs/search.md tells which fit).',
  ),
  vocabulary: path()
    .exactOptional()
    .describe(
      "The model's tokenizer.json or vocab.txt. Without it, one of these beside the model or in the folder above it.",
    ),
  pooling: oneOf(['mean', 'cls'])
    .default('mean')
    .describe(
      'How the vector of a text is made of those of its tokens: their "mean", or that of the first ("cls"). The card of the model tells.',
    ),
  dimensions: wholeNumber(8, 4096)
    .exactOptional()
    .describe(
      'Only so many numbers of each vector are kept, for models that are made for it (Matryoshka). Without it, all.',
    ),
  maxTokens: wholeNumber(8, 512)
    .default(256)
    .describe('Tokens of a text that are read. Half of them are read in less than half the time.'),
  prefix: text(200)
    .exactOptional()
    .describe('What the model wants to be put before each text, such as "query:" with E5.'),
});

/** How related items are found. */
export const relatedSettings = z.strictObject({
  model: model
    .exactOptional()
    .describe(
      'A model that reads titles and abstracts, so that related items are also ordered by what they mean (docs/search.md). Without it, no model is needed.',
    ),
});

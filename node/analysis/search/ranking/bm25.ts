/**
 * BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009), with the weights of a word's fields added
 * up before they are saturated, as BM25F does. Inside the usual ranges; measured on CISI and Cranfield.
 */
const K1 = 1.6;
const B = 0.75;
const K3 = 8;
/** How much finding a term tells, by how many of all documents have it. Never negative. */
export function inverseFrequency(documents: number, withTerm: number): number {
  return Math.log(1 + (documents - withTerm + 0.5) / (withTerm + 0.5));
}

/** How much a term counts that occurs `times` in the query, when the query is a text itself. */
export function queryWeight(times: number): number {
  return (times * (K3 + 1)) / (times + K3);
}

/** What a term that occurs with weight `frequency` adds to the score of a document of `length`. */
export function saturated(frequency: number, length: number, averageLength: number): number {
  return (frequency * (K1 + 1)) / (frequency + K1 * (1 - B + (B * length) / averageLength));
}

import { prefixes } from '../context.ts';
import { toNQuads } from './n-quads.ts';
import type { JsonLdObject } from './record.ts';

/**
 * Several documents of our own as one graph, as N-Quads or Turtle: the blank nodes of each are kept apart, under labels that
 * are always the same. Others get their turn between two documents: a record of hundreds of authors takes its time.
 */
export async function toGraph(
  documents: readonly JsonLdObject[],
  format: 'application/n-quads' | 'text/turtle',
): Promise<string> {
  const { Parser, Writer } = await import('n3');
  const writer = new Writer(format === 'text/turtle' ? { prefixes } : { format });
  for (const [i, document] of documents.entries()) {
    const parser = new Parser({ format: 'application/n-quads', blankNodePrefix: `d${i}` });
    writer.addQuads(parser.parse(await toNQuads(document)));
    await new Promise((resolve) => setImmediate(resolve));
  }
  return await new Promise((resolve, reject) => {
    writer.end((error: Error | null, text: string) => {
      if (error === null || error === undefined) resolve(text);
      else reject(error);
    });
  });
}

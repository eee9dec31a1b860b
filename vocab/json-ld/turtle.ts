import { prefixes } from '../context.ts';
import { toNQuads } from './n-quads.ts';
import type { JsonLdObject } from './record.ts';

/** A document of our own as RDF 1.1 Turtle: the graph of `toNQuads`, grouped by subject, with the prefixes of our context. */
export async function toTurtle(document: JsonLdObject): Promise<string> {
  const { Parser, Writer } = await import('n3');
  const quads = new Parser({ format: 'application/n-quads' }).parse(await toNQuads(document));
  const writer = new Writer({ prefixes });
  writer.addQuads(quads);
  return await new Promise((resolve, reject) => {
    writer.end((error: Error | null, turtle: string) => {
      if (error === null || error === undefined) resolve(turtle);
      else reject(error);
    });
  });
}

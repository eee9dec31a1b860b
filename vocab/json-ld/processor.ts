import type { RemoteDocument } from './document-loader.ts';

/** A node object in expanded form: absolute IRIs as keys, arrays as values. */
export interface ExpandedNode {
  readonly '@id'?: string;
  readonly '@type'?: readonly string[];
  readonly [property: string]: unknown;
}

interface ProcessorOptions {
  documentLoader: (url: string) => Promise<RemoteDocument>;
  base?: string;
  /** What would be lost is an error. */
  safe?: boolean;
}

/** What we use of the library; its published types lack `safe` and `tag`. */
interface Processor {
  expand(document: object, options: ProcessorOptions): Promise<ExpandedNode[]>;
  toRDF(document: object, options: ProcessorOptions & { format: 'application/n-quads' }): Promise<string>;
}

/** The library, which is loaded when it is first asked for: with all that it brings along it is a good part of what a command would load. */
export async function loadProcessor(): Promise<Processor> {
  const { default: jsonld } = await import('jsonld');
  return jsonld as unknown as Processor;
}

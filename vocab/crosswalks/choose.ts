import { remembered } from '../cleaning/index.ts';
import type { XmlElement } from '../xml/index.ts';
import type { XmlCrosswalk } from './crosswalk.ts';

/** A format as ListMetadataFormats tells of it (OAI-PMH 2.0, section 4.4). */
export interface OfferedFormat {
  prefix: string;
  namespace: string;
  schema: string;
}

/** Names that a root element of whatever kind can have. */
const anything: ReadonlySet<string> = new Set(['metadata', 'record']);

/** Finds the crosswalk for a format or a record; of several that would do, the best. */
export class CrosswalkChoice {
  readonly #crosswalks: readonly XmlCrosswalk[];
  readonly #byNamespace = new Map<string, XmlCrosswalk[]>();

  /** @param crosswalks best first */
  constructor(crosswalks: readonly XmlCrosswalk[]) {
    this.#crosswalks = crosswalks;
    for (const way of crosswalks) {
      for (const namespace of [way.namespace, ...(way.aliases?.namespaces ?? [])]) {
        const others = this.#byNamespace.get(address(namespace)) ?? [];
        this.#byNamespace.set(address(namespace), [...others, way]);
      }
    }
  }

  /** Of the formats that a source offers, the one that says most, with what reads it. */
  best<F extends OfferedFormat>(offered: readonly F[]): { format: F; crosswalk: XmlCrosswalk } | undefined {
    const readable = offered.flatMap((format) => {
      const crosswalk = this.#forFormat(format);
      return crosswalk === undefined ? [] : [{ format, crosswalk }];
    });
    const rank = ({ crosswalk }: { crosswalk: XmlCrosswalk }): number => this.#crosswalks.indexOf(crosswalk);
    return readable.toSorted((one, other) => rank(one) - rank(other))[0];
  }

  /** By the namespace, which is the format's own; else by the schema; else by the prefix, which is the repository's choice. */
  #forFormat({ prefix, namespace, schema }: OfferedFormat): XmlCrosswalk | undefined {
    const hasSchema = (way: XmlCrosswalk): boolean =>
      schema !== '' && address(way.schema) === address(schema);
    const hasPrefix = (way: XmlCrosswalk): boolean => isPrefix(way, prefix);
    const ofNamespace = this.#having(namespace);
    if (ofNamespace.length > 0) return preferred(ofNamespace, [hasSchema, hasPrefix]);
    return this.#crosswalks.find(hasSchema) ?? this.#crosswalks.find(hasPrefix);
  }

  /**
   * The crosswalk for a metadata record: by the namespace of its element; where formats share it, by the element's name
   * and the prefix it was asked for by. Where it has none, or one that nobody knows, by the prefix; where it has none,
   * also by its name alone.
   */
  forElement(element: XmlElement, prefix: string): XmlCrosswalk | undefined {
    const isRoot = (way: XmlCrosswalk): boolean => way.roots.includes(element.local);
    const isAskedFor = (way: XmlCrosswalk): boolean => isPrefix(way, prefix);
    const isBoth = (way: XmlCrosswalk): boolean => isRoot(way) && isAskedFor(way);
    const ofNamespace = this.#having(element.namespace);
    if (ofNamespace.length > 0) return preferred(ofNamespace, [isBoth, isRoot, isAskedFor]);
    const saysName = element.namespace === '' && !anything.has(element.local);
    const byName = saysName ? this.#crosswalks.find(isRoot) : undefined;
    return this.#crosswalks.find(isBoth) ?? byName ?? this.#crosswalks.find(isAskedFor);
  }

  #having(namespace: string): readonly XmlCrosswalk[] {
    return (namespace === '' ? undefined : this.#byNamespace.get(address(namespace))) ?? [];
  }
}

/** The first that meets the earliest condition that any meets; else the first. */
function preferred(
  ways: readonly XmlCrosswalk[],
  conditions: readonly ((way: XmlCrosswalk) => boolean)[],
): XmlCrosswalk | undefined {
  if (ways.length === 1) return ways[0];
  for (const condition of conditions) {
    const way = ways.find(condition);
    if (way !== undefined) return way;
  }
  return ways[0];
}

function isPrefix(way: XmlCrosswalk, prefix: string): boolean {
  const wanted = prefix.trim().toLowerCase();
  return way.prefix === wanted || (way.aliases?.prefixes?.includes(wanted) ?? false);
}

/** Repositories write namespaces with https, in capitals, and with or without the slash at the end. */
const address = remembered((uri: string): string =>
  uri
    .trim()
    .toLowerCase()
    .replace(/^https:/, 'http:')
    .replace(/\/+$/, ''),
);

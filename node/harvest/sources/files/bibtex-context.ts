import { type BibtexBlock, bibtexBlocks } from './bibtex-blocks.ts';
import type { BibtexEntry, CitationLibrary } from './citation-library.ts';

/** Abbreviations, and entries that others refer to. Files have some hundred. */
const MOST_STRINGS = 10_000;
const MOST_PARENTS = 50_000;
/** Characters of all of either. */
const LONGEST_STRINGS = 4 * 1024 * 1024;
const LONGEST_PARENTS = 16 * 1024 * 1024;

/** `@string{name = …}` as it stands in the file, and where: one may use those before it. */
interface Definition {
  text: string;
  order: number;
}

/** An entry takes what it lacks from these: the proceedings that a paper is in. */
const reference = /\b(?:crossref|xdata)\s{0,20}=\s{0,20}["{]?\s{0,20}([^\s"{},]{1,500})/gi;

/**
 * What an entry of BibTeX may need of the rest of its file: the abbreviations (`@string`), and the entries that others
 * refer to (`crossref`, `xdata`), which may stand anywhere.
 */
export class BibtexContext {
  readonly #strings: ReadonlyMap<string, Definition>;
  readonly #parents: ReadonlyMap<string, BibtexEntry>;

  private constructor(strings: ReadonlyMap<string, Definition>, parents: ReadonlyMap<string, BibtexEntry>) {
    this.#strings = strings;
    this.#parents = parents;
  }

  /** Reads the file once, and a second time where entries refer to others. */
  static async of(open: () => AsyncIterable<string>, library: CitationLibrary): Promise<BibtexContext> {
    const strings = new Map<string, Definition>();
    const wanted = new Set<string>();
    let length = 0;
    for await (const { type, text, trouble } of bibtexBlocks(open())) {
      if (trouble !== undefined || type === 'comment') continue;
      const name = type === 'string' ? /[{(]\s*([^\s="{}]{1,200})\s*=/.exec(text)?.[1] : undefined;
      if (name !== undefined && strings.size < MOST_STRINGS && length + text.length < LONGEST_STRINGS) {
        strings.set(name.toLowerCase(), { text, order: strings.size });
        length += text.length;
      }
      for (const label of labelsIn(text)) if (wanted.size < MOST_PARENTS) wanted.add(label);
    }
    const alone = new BibtexContext(strings, new Map());
    return wanted.size === 0
      ? alone
      : new BibtexContext(strings, await alone.#parentsIn(open, wanted, library));
  }

  /** The definitions of the abbreviations that a text uses, and of those that these use. */
  stringsFor(text: string): string {
    if (this.#strings.size === 0) return '';
    const used = new Set<Definition>();
    const look = (within: string): void => {
      for (const [, name = ''] of within.matchAll(/[=#]\s{0,50}([a-z_][\w:+-]{0,200})/gi)) {
        const definition = this.#strings.get(name.toLowerCase());
        if (definition === undefined || used.has(definition)) continue;
        used.add(definition);
        look(definition.text);
      }
    };
    look(text);
    return [...used]
      .sort((a, b) => a.order - b.order)
      .map((definition) => definition.text)
      .join('\n');
  }

  parentsOf(text: string): BibtexEntry[] {
    if (this.#parents.size === 0) return [];
    return labelsIn(text).flatMap((label) => this.#parents.get(label) ?? []);
  }

  async #parentsIn(
    open: () => AsyncIterable<string>,
    wanted: ReadonlySet<string>,
    library: CitationLibrary,
  ): Promise<Map<string, BibtexEntry>> {
    const parents = new Map<string, BibtexEntry>();
    let length = 0;
    for await (const block of bibtexBlocks(open())) {
      const label = labelOf(block);
      if (!wanted.has(label) || block.trouble !== undefined) continue;
      length += block.text.length;
      if (length > LONGEST_PARENTS) break;
      try {
        const entry = library.parseBibtex(`${this.stringsFor(block.text)}\n${block.text}`).at(-1);
        if (entry !== undefined) parents.set(label, entry);
      } catch {
        // It is told where the entry itself is read.
      }
    }
    return parents;
  }
}

function labelsIn(text: string): string[] {
  return [...text.matchAll(reference)].map(([, label = '']) => label);
}

function labelOf({ text }: BibtexBlock): string {
  return /[{(]\s*([^\s,={}()"]{1,500})\s*,/.exec(text)?.[1] ?? '';
}

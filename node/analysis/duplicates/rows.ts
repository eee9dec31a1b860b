import type { Operation, Section } from '../../store/index.ts';

/** How values of one kind lie in the section. */
export interface RowFormat<Value> {
  /** Undefined where nothing is kept under the name. */
  keyOf(name: string): string | undefined;
  encode(value: Value): Uint8Array;
  decode(bytes: Uint8Array): Value;
}

/** Values of one kind as of one batch of changes: read from the section once, changed in memory. */
export class Rows<Value> {
  readonly #section: Section;
  readonly #format: RowFormat<Value>;
  readonly #stored = new Map<string, Value | undefined>();
  readonly #changed = new Map<string, Value | undefined>();

  constructor(section: Section, format: RowFormat<Value>) {
    this.#section = section;
    this.#format = format;
  }

  async load(names: Iterable<string>): Promise<void> {
    const missing = new Map<string, string>();
    for (const name of names) {
      if (this.#stored.has(name) || missing.has(name)) continue;
      const key = this.#format.keyOf(name);
      if (key === undefined) this.#stored.set(name, undefined);
      else missing.set(name, key);
    }
    if (missing.size === 0) return;
    const values = await this.#section.getMany([...missing.values()]);
    let at = 0;
    for (const name of missing.keys()) {
      const bytes = values[at++];
      this.#stored.set(name, bytes === undefined ? undefined : this.#format.decode(bytes));
    }
  }

  /** Takes it for known that nothing lies on disk under these names. */
  assumeNone(names: Iterable<string>): void {
    for (const name of names) this.#stored.set(name, undefined);
  }

  /** As it lies on disk; it has been loaded. */
  stored(name: string): Value | undefined {
    return this.#stored.get(name);
  }

  get(name: string): Value | undefined {
    return this.#changed.has(name) ? this.#changed.get(name) : this.#stored.get(name);
  }

  set(name: string, value: Value | undefined): void {
    this.#changed.set(name, value);
  }

  /** Everything that was set, with what it was. */
  *changed(): Iterable<{ name: string; before: Value | undefined; after: Value | undefined }> {
    for (const [name, after] of this.#changed) yield { name, before: this.#stored.get(name), after };
  }

  operations(): Operation[] {
    const operations: Operation[] = [];
    for (const { name, before, after } of this.changed()) {
      const key = this.#format.keyOf(name);
      if (key === undefined) continue;
      if (after !== undefined) operations.push({ type: 'put', key, value: this.#format.encode(after) });
      else if (before !== undefined) operations.push({ type: 'del', key });
    }
    return operations;
  }
}

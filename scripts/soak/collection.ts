import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { recordKey } from '../../vocab/record-key.ts';
import type { SoakNode } from './soak-node.ts';

const SOURCE = 'collection';
const MOST_RECORDS = 2_000;
const CHANGED = 20;

interface Item {
  title: string;
  isWithdrawn: boolean;
}

export interface Expected {
  key: string;
  statuses: readonly number[];
  title?: string;
}

/** What one institution holds, as its manager knows it: a file that is harvested, and what was withdrawn of it. */
export class Collection {
  readonly node: SoakNode;
  readonly #folder: string;
  readonly #random: () => number;
  readonly #items = new Map<string, Item>();
  /** What is in no file any more. */
  readonly #gone = new Set<string>();
  #made = 0;

  constructor({ node, folder, random }: { node: SoakNode; folder: string; random: () => number }) {
    this.node = node;
    this.#folder = folder;
    this.#random = random;
  }

  static source(folder: string): object {
    return { name: SOURCE, type: 'files', path: folder };
  }

  get records(): number {
    return this.#items.size;
  }

  /** New records, other titles, and some that are there no longer. */
  async change(): Promise<void> {
    const ids = [...this.#items.keys()];
    for (let i = 0; i < CHANGED; i++) {
      const id = ids[Math.floor(this.#random() * ids.length)];
      const item = id === undefined ? undefined : this.#items.get(id);
      if (id === undefined || item === undefined || item.isWithdrawn) continue;
      if (this.#random() < 0.7) item.title = this.#title();
      else {
        this.#items.delete(id);
        this.#gone.add(id);
      }
    }
    for (let i = 0; i < CHANGED && this.#items.size < MOST_RECORDS; i++)
      this.#items.set(`${(this.#made += 1)}`, { title: this.#title(), isWithdrawn: false });
    await this.write();
  }

  /** Puts the file in its place at once, as one who cares does. */
  async write(): Promise<void> {
    const lines = [...this.#items].map(([id, { title }]) =>
      JSON.stringify({
        id,
        title,
        authors: [`Author, ${id}`],
        year: '2025',
        type: 'journal article',
        url: `https://collection.example/${this.node.name}/${id}`,
      }),
    );
    const part = join(this.#folder, '.part');
    await writeFile(part, `${lines.join('\n')}\n`);
    await rename(part, join(this.#folder, 'collection.jsonl'));
  }

  /** Has the node harvest the file. @returns whether it said that it would */
  async harvest(): Promise<boolean> {
    return (await this.node.api('POST', '/harvest', { source: SOURCE })).ok;
  }

  /** Withdraws one of the records that are held. What is acknowledged stays withdrawn. */
  async withdrawOne(origin: string): Promise<void> {
    const live = [...this.#items].filter(([, { isWithdrawn }]) => !isWithdrawn);
    const [id, item] = live[Math.floor(this.#random() * live.length)] ?? [];
    if (id === undefined || item === undefined) return;
    const response = await this.node.api('POST', `/records/${this.#keyOf(id, origin)}/withdraw`, {
      reason: 'Withdrawn by the soak',
    });
    if (response.ok) item.isWithdrawn = true;
  }

  /** What every node is to show in the end: by key the statuses that are right, and the title. */
  *expected(origin: string): Iterable<Expected> {
    for (const [id, { title, isWithdrawn }] of this.#items) {
      const key = this.#keyOf(id, origin);
      if (isWithdrawn) yield { key, statuses: [410] };
      else yield { key, statuses: [200], title };
    }
    // What came and went between two harvests was never there.
    for (const id of this.#gone) yield { key: this.#keyOf(id, origin), statuses: [410, 404] };
  }

  #keyOf(id: string, origin: string): string {
    return recordKey(origin, `file:${SOURCE}:${id}`);
  }

  #title(): string {
    const words = ['open', 'access', 'archive', 'river', 'metadata', 'history', 'school', 'climate', 'index'];
    const title = Array.from({ length: 5 }, () => words[Math.floor(this.#random() * words.length)] ?? '');
    return `${title.join(' ')} ${Math.floor(this.#random() * 1e6)}`;
  }
}

import type { SoakNode } from './soak-node.ts';

const WORDS = [
  'open access',
  'metadata',
  'repository',
  'river',
  'archive',
  'institutional',
  'climate',
  'openn acess',
];
const PAUSE_MS = 20;
/** A node that starts itself anew says so at about the time when its answers fail. */
const WORD_OF_IT_MS = 500;

/** What readers, harvesters and programs ask, one question after another, of one node; and what became of it. */
export class Queries {
  readonly #node: SoakNode;
  readonly #random: () => number;
  #isOver = false;
  #running: Promise<void> | undefined;
  answered = 0;
  /** Of a node that was up when it was asked and still is. */
  readonly unanswered: string[] = [];
  readonly wrong: string[] = [];

  constructor(node: SoakNode, random: () => number) {
    this.#node = node;
    this.#random = random;
  }

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    await this.#running;
  }

  async #run(): Promise<void> {
    const keys: string[] = [];
    while (!this.#isOver) {
      if (this.#node.isDown) {
        await new Promise((resolve) => setTimeout(resolve, 100));
        continue;
      }
      await this.#askOne(keys);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }

  async #askOne(keys: string[]): Promise<void> {
    const { starts } = this.#node;
    const { path, accept } = this.#question(keys);
    try {
      const response = await this.#node.get(path, accept);
      const text = await response.text();
      // What was withdrawn is 410; a token may be of a list that has changed.
      if (response.status >= 500 && !(await this.#wasDown(starts)))
        this.wrong.push(`${path}: ${response.status}`);
      if (response.status < 500) this.answered += 1;
      if (path.startsWith('/records?') && response.ok) {
        const list = JSON.parse(text) as { orderedItems: { id: string }[] };
        keys.splice(0, keys.length, ...list.orderedItems.map(({ id }) => id.slice(id.lastIndexOf('/') + 1)));
      }
    } catch (error) {
      if (this.#isOver || (await this.#wasDown(starts))) return;
      this.unanswered.push(`${path}: ${(error as Error).message}`);
    }
  }

  /** Whether the node went down after its so many starts: nobody can expect an answer. */
  async #wasDown(starts: number): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, WORD_OF_IT_MS));
    return this.#node.isDown || this.#node.starts !== starts || this.#node.hasFallen;
  }

  #question(keys: readonly string[]): { path: string; accept: string } {
    const one = <T>(of: readonly T[]): T | undefined => of[Math.floor(this.#random() * of.length)];
    const key = one(keys);
    const word = encodeURIComponent(one(WORDS) ?? '');
    const data = 'application/ld+json';
    const paths: readonly { path: string; accept: string }[] = [
      { path: '/records?limit=100', accept: data },
      { path: `/search?q=${word}`, accept: data },
      { path: `/search?q=${word}`, accept: 'text/html' },
      { path: '/', accept: 'text/html' },
      { path: '/peers', accept: data },
      { path: '/usage', accept: 'text/html' },
      { path: '/oai?verb=ListRecords&metadataPrefix=oai_dc', accept: 'text/xml' },
      { path: '/resourcesync/capabilitylist.xml', accept: 'text/xml' },
      { path: '/health/live', accept: 'application/json' },
      ...(key === undefined
        ? []
        : [
            { path: `/records/${key}`, accept: data },
            { path: `/records/${key}`, accept: 'text/html' },
            { path: `/records/${key}/related`, accept: data },
            { path: `/records/${key}/duplicates`, accept: data },
            { path: `/records/${key}/citations`, accept: data },
          ]),
    ];
    return one(paths) ?? { path: '/', accept: data };
  }
}

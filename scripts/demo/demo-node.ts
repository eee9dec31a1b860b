import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 20_000;

/** What the demo reads of a page of records. */
export interface RecordList {
  totalItems?: number;
  orderedItems: RecordItem[];
}

export interface RecordItem {
  id: string;
  node: string;
  titles?: { value: string }[];
  reasons?: string[];
}

/** One institution's node as a process of its own, started as an operator would, and read as a script would. */
export class DemoNode {
  readonly title: string;
  readonly #directory: string;
  readonly #oai: string;
  #child: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  #url = '';

  constructor(options: { title: string; directory: string; oai: string }) {
    this.title = options.title;
    this.#directory = options.directory;
    this.#oai = options.oai;
  }

  get url(): string {
    return this.#url;
  }

  /** @returns where other nodes reach it */
  async start(bootstrap?: string): Promise<string> {
    await mkdir(this.#directory, { recursive: true });
    const ngr = fileURLToPath(new URL('../../node/cli/ngr.js', import.meta.url));
    const flags = ['--data', this.#directory, '--oai', this.#oai, '--name', this.title];
    const network = ['--port', '0', '--p2p-port', '0', '--network', 'demo', '--no-mdns'];
    const join = bootstrap === undefined ? [] : ['--bootstrap', bootstrap];
    const child = spawn(process.execPath, [ngr, 'start', ...flags, ...network, ...join], {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A Ctrl-C is for the demo, which then stops its nodes in order.
      detached: true,
    });
    this.#child = child;
    this.#exited = new Promise((resolve) => child.once('exit', resolve));
    const complaints: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
    const timer = setTimeout(() => child.kill('SIGTERM'), READY_WITHIN_MS);
    for await (const line of createInterface({ input: child.stdout })) {
      const [word, url, address] = line.split(' ');
      if (word !== 'ready' || url === undefined || address === undefined) continue;
      clearTimeout(timer);
      child.stdout.resume();
      this.#url = url;
      return address;
    }
    clearTimeout(timer);
    throw new Error(`the node of ${this.title} did not start: ${complaints.slice(-3).join(' ')}`);
  }

  /** A document of the node as JSON-LD, with the status it came with. */
  async get<T = RecordList>(path: string): Promise<{ status: number; document: T }> {
    const response = await fetch(new URL(path, this.#url), { headers: { accept: 'application/ld+json' } });
    return { status: response.status, document: (await response.json()) as T };
  }

  /** Withdraws a record, as its manager would. */
  async withdraw(key: string, reason: string): Promise<void> {
    const token = (await readFile(join(this.#directory, 'api-token'), 'utf8')).trim();
    const response = await fetch(new URL(`/api/records/${key}/withdraw`, this.#url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason }),
    });
    if (!response.ok) throw new Error(`the withdrawal was answered with ${response.status}`);
  }

  async stop(): Promise<void> {
    if (this.#child?.exitCode === null && this.#child.signalCode === null) this.#child.kill('SIGTERM');
    await this.#exited;
  }
}

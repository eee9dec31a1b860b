import { spawn, type ChildProcess } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const READY_WITHIN_MS = 60_000;
const ANSWER_WITHIN_MS = 15_000;
/** What a node logs before it opens its store anew, in the same process, where a disk was full for a while (node/cli/commands/start.ts). */
const STARTS_ANEW = 'the node is started anew';

/** Of the configuration, without what differs from start to start. */
export interface SoakSettings {
  p2p?: object;
  [setting: string]: unknown;
}

/** One institution's node as a process, which can be killed at any moment and started again with the same data and ports. */
export class SoakNode {
  readonly name: string;
  readonly data: string;
  readonly #config: string;
  readonly #settings: SoakSettings;
  readonly #environment: Readonly<Record<string, string>>;
  readonly complaints: string[] = [];
  /** How it ended each time that nobody had told it to. */
  readonly falls: string[] = [];
  #child: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  #ports: { http: number; p2p: number } | undefined;
  #isDown = true;
  #isEnded = true;
  /** Whether its disk was full once: it may start itself anew then, and only then. */
  hadFullDisk = false;
  /** Those that it made by itself, too. */
  starts = 0;
  url = '';
  address = '';

  constructor(options: {
    name: string;
    /** Where its configuration is; its data are below, unless told. */
    directory: string;
    data?: string;
    settings: SoakSettings;
    environment?: Readonly<Record<string, string>>;
  }) {
    this.name = options.name;
    this.data = options.data ?? join(options.directory, 'data');
    this.#config = join(options.directory, 'ngr.config.json');
    this.#settings = options.settings;
    this.#environment = options.environment ?? {};
  }

  /** Whether it has been killed or stopped, or starts itself anew, and is not ready again: nobody can expect an answer. */
  get isDown(): boolean {
    return this.#isDown;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Whether the process ended without having been told to. */
  get hasFallen(): boolean {
    const child = this.#child;
    return !this.#isEnded && child !== undefined && (child.exitCode !== null || child.signalCode !== null);
  }

  async start(): Promise<void> {
    const ports = this.#ports ?? { http: 0, p2p: 0 };
    await writeFile(
      this.#config,
      JSON.stringify({
        ...this.#settings,
        name: this.name,
        data: this.data,
        http: { host: '127.0.0.1', port: ports.http },
        p2p: { ...this.#settings.p2p, host: '127.0.0.1', port: ports.p2p, mdns: false },
      }),
    );
    const ngr = fileURLToPath(new URL('../../node/cli/ngr.js', import.meta.url));
    const child = spawn(process.execPath, [ngr, 'start', '--config', this.#config], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NGR_LOG_LEVEL: 'warn', ...this.#environment },
      // A Ctrl-C is for the soak, which then ends its nodes.
      detached: true,
    });
    this.#child = child;
    this.#isEnded = false;
    this.#exited = new Promise((resolve) => child.once('exit', resolve));
    child.once('exit', (code, signal) => {
      if (!this.#isEnded) this.falls.push(signal ?? `exit code ${code}`);
    });
    // What one that has been ended said last is of no account.
    const isStill = (): boolean => child === this.#child && !this.#isEnded;
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.complaints.push(line);
      if (!isStill() || !line.includes(STARTS_ANEW)) return;
      if (!this.hadFullDisk) this.falls.push('it opened its store anew, with room on its disk');
      this.#isDown = true;
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
    const isReady = await new Promise<boolean>((resolve) => {
      const lines = createInterface({ input: child.stdout });
      lines.on('line', (line) => {
        const [word, url, address] = line.split(' ');
        if (word !== 'ready' || url === undefined || address === undefined || !isStill()) return;
        this.#readyAt(url, address);
        resolve(true);
      });
      lines.once('close', () => resolve(false));
    });
    clearTimeout(timer);
    if (!isReady) throw new Error(`${this.name} did not start: ${this.complaints.slice(-3).join(' ')}`);
  }

  #readyAt(url: string, address: string): void {
    this.url = url;
    this.address = address;
    this.#ports = { http: Number(new URL(url).port), p2p: Number(/\/tcp\/(\d+)/.exec(address)?.[1]) };
    this.starts += 1;
    this.#isDown = false;
  }

  /** Ends it as a power cut would, or as an operator. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    this.#isDown = true;
    this.#isEnded = true;
    this.#child?.kill(signal);
    await this.#exited;
  }

  async get(path: string, accept = 'application/ld+json'): Promise<Response> {
    return await fetch(this.url + path, {
      headers: { accept },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  }

  async post(path: string, type: string, body: object): Promise<Response> {
    return await fetch(this.url + path, {
      method: 'POST',
      headers: { 'content-type': type },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
    });
  }

  async api(method: string, path: string, body?: object): Promise<Response> {
    const token = (await readFile(join(this.data, 'api-token'), 'utf8')).trim();
    return await fetch(`${this.url}/api${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }

  /** A figure of `/metrics`, by its name and labels as they stand there. */
  async figure(name: string): Promise<number> {
    const text = await (await this.get('/metrics', 'text/plain')).text();
    const line = text.split('\n').find((one) => one.startsWith(`${name} `));
    return Number(line?.slice(name.length + 1));
  }
}

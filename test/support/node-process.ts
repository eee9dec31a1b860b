import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const ngr = fileURLToPath(new URL('../../dist/node/cli/ngr.js', import.meta.url));

/** A whole node as an operator starts it: the built command, in a process of its own. */
export class NodeProcess {
  readonly url: string;
  readonly address: string;
  readonly data: string;
  readonly child: ChildProcess;
  readonly #exited: Promise<number | null>;
  readonly #complaints: string[];

  private constructor(
    child: ChildProcess,
    parts: {
      url: string;
      address: string;
      data: string;
      exited: Promise<number | null>;
      complaints: string[];
    },
  ) {
    this.child = child;
    this.url = parts.url;
    this.address = parts.address;
    this.data = parts.data;
    this.#exited = parts.exited;
    this.#complaints = parts.complaints;
  }

  /**
   * Starts `ngr start` with free ports, and resolves with its `ready` line.
   *
   * @param at.command what runs it, where it is not run by itself, as `['ip', 'netns', 'exec', 'name']`
   * @param at.url where its web side is reached then
   * @param built another build than that of this checkout
   * @throws with what it complained of
   */
  static async start(
    flags: readonly string[],
    data?: string,
    at?: { command: readonly string[]; url: string },
    built = ngr,
  ): Promise<NodeProcess> {
    if (!existsSync(built)) throw new Error('dist/ is not there: run `npm run build` first');
    const directory = data ?? (await temporaryDirectory());
    const ports = ['--port', '0', '--p2p-port', '0', '--host', '127.0.0.1', '--no-mdns'];
    const start = [process.execPath, built, 'start', '--data', directory, ...ports, ...flags];
    const [program = '', ...rest] = [...(at?.command ?? []), ...start];
    const child = spawn(program, rest, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NGR_LOG_LEVEL: process.env['NGR_LOG_LEVEL'] ?? 'warn' },
    });
    const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    const complaints: string[] = [];
    createInterface({ input: child.stderr }).on('line', (line) => complaints.push(line));
    for await (const line of createInterface({ input: child.stdout })) {
      const [word, url, address = ''] = line.split(' ');
      if (word !== 'ready' || url === undefined) continue;
      child.stdout.resume();
      return new NodeProcess(child, {
        url: at?.url ?? url,
        address,
        data: directory,
        exited,
        complaints,
      });
    }
    const code = await exited;
    throw new Error(`the node did not start (${code}): ${complaints.join('\n')}`);
  }

  /** A document as JSON-LD, with the answer it came in. */
  async get<T = Json>(
    path: string,
    accept = 'application/ld+json',
  ): Promise<{ response: Response; document: T }> {
    const response = await fetch(new URL(path, this.url), { headers: { accept } });
    return { response, document: (await response.json()) as T };
  }

  /** A call of the manager's API. */
  async api<T = Json>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
    const token = (await readFile(join(this.data, 'api-token'), 'utf8')).trim();
    const response = await fetch(new URL(`/api${path}`, this.url), {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} /api${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  /** What it wrote to standard error. */
  get complaints(): readonly string[] {
    return this.#complaints;
  }

  /** Ends it as an operator would. @returns its exit code */
  async stop(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return await this.#exited;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.#exited;
  }

  async remove(): Promise<void> {
    await rm(this.data, { recursive: true, force: true });
  }
}

/** A document whose shape the test knows. */
export interface Json {
  [name: string]: unknown;
}

export function temporaryDirectory(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'ngr-node-'));
}

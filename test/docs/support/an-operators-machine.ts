import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { installation } from '../../../node/config/index.ts';
import { typed, type Typed } from '../../cli/typed.ts';
import { NodeProcess } from '../../support/node-process.ts';
import { wordsOf } from './written-commands.ts';

const PASSPHRASE = 'sardine ladder comet violin';
const ngrProgram = join(installation().root, 'dist', 'node', 'cli', 'ngr.js');

/** The end of a pipe, a substitution, another program: what only a shell can do. */
const NEEDS_A_SHELL = /[|>$\n]|^(?!(?:npx )?ngr )/;
/** These start a node by themselves or change its key, so they get the built program. */
const NEEDS_A_PROCESS = /--data drill|^ngr rotate-key/;

/**
 * A folder such as an operator sits in, with a node that runs on its `ngr-data` with the records of a sample repository,
 * another site that takes what the node sends, and a shell that knows `ngr`.
 */
export class OperatorsMachine {
  readonly folder: string;
  readonly node: NodeProcess;
  /** Where callbacks and inboxes of others are. */
  readonly reader: string;
  readonly #close: () => Promise<void>;

  private constructor(parts: {
    folder: string;
    node: NodeProcess;
    reader: string;
    close: () => Promise<void>;
  }) {
    this.folder = parts.folder;
    this.node = parts.node;
    this.reader = parts.reader;
    this.#close = parts.close;
  }

  static async start(): Promise<OperatorsMachine> {
    const folder = await mkdtemp(join(tmpdir(), 'ngr-docs-'));
    const server = anotherSite();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const reader = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const services = [{ name: 'Reviews', id: `${reader}/system`, inbox: `${reader}/inbox`, trust: 'ask' }];
    const sources = [{ type: 'files', path: join(installation().root, 'samples', 'wyreford', 'rioxx.xml') }];
    const config = {
      sources,
      harvest: { fullText: 'off' },
      inbox: { services },
      websub: { privateCallbacks: [reader] },
    };
    await writeFile(join(folder, 'ngr.config.json'), JSON.stringify(config));
    await mkdir(join(folder, 'bin'));
    await writeFile(
      join(folder, 'bin', 'ngr'),
      `#!/bin/sh\nexec '${process.execPath}' '${ngrProgram}' "$@"\n`,
      { mode: 0o755 },
    );
    await writeFile(join(folder, '.curlrc'), 'fail-with-body\nsilent\nshow-error\nmax-time = 60\n');
    await someLogs(folder);
    const flags = ['--config', join(folder, 'ngr.config.json')];
    const node = await NodeProcess.start(flags, join(folder, 'ngr-data'));
    return new OperatorsMachine({
      folder,
      node,
      reader,
      close: async () => {
        await node.kill();
        server.closeAllConnections();
        server.close();
        await rm(folder, { recursive: true, force: true });
      },
    });
  }

  /** Runs what is typed. Answers to questions come from `input`. */
  async type(text: string, { cwd = this.folder, input = '' } = {}): Promise<Typed> {
    if (!NEEDS_A_SHELL.test(text) && !NEEDS_A_PROCESS.test(text)) {
      const words = wordsOf(text.replace(/^npx /, '')).slice(1);
      return await typed(words, { cwd, input, env: { NGR_PASSPHRASE: PASSPHRASE } });
    }
    const env = {
      PATH: `${join(this.folder, 'bin')}:${process.env['PATH'] ?? ''}`,
      HOME: this.folder,
      NGR_PASSPHRASE: PASSPHRASE,
      NGR_TOKEN: await this.token(),
    };
    return await new Promise((resolve) => {
      const script = ['-o', 'pipefail', '-c', text];
      execFile('bash', script, { cwd, env, maxBuffer: 50_000_000 }, (error, stdout, stderr) => {
        const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ exitCode, stdout, stderr });
      });
    });
  }

  async token(): Promise<string> {
    return (await readFile(join(this.folder, 'ngr-data', 'api-token'), 'utf8')).trim();
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** Says yes to a hub's question, has an inbox, and takes what comes. */
function anotherSite(): ReturnType<typeof createServer> {
  return createServer((request, response) => {
    request.resume();
    const challenge = new URL(request.url ?? '/', 'http://reader.example').searchParams.get('hub.challenge');
    response.statusCode = request.method === 'POST' ? 201 : 200;
    response.setHeader('accept-post', 'application/ld+json');
    if (challenge === null) response.setHeader('content-type', 'application/ld+json');
    response.end(challenge ?? (request.method === 'POST' ? undefined : '{}'));
  });
}

/** What the web server of a repository, DSpace and Matomo leave. */
async function someLogs(folder: string): Promise<void> {
  const agent = 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0';
  const [, day, month, year] = /^\w+, (\d+) (\w+) (\d+)/.exec(new Date().toUTCString()) ?? [];
  const line = `192.0.2.1 - - [${day}/${month}/${year}:00:00:01 +0000] "GET /1117/ HTTP/1.1" 200 100 "-" "${agent}"\n`;
  await writeFile(join(folder, 'access.log.1.gz'), gzipSync(line));
  const columns = 'type,id,ip,time,userAgent,isBot,statistics_type';
  const robot = `2,7,192.0.2.1,2025-03-01T00:00:02Z,a robot,true,view`;
  await writeFile(join(folder, 'statistics-2025.csv'), `${columns}\n${robot}\n`);
  await writeFile(join(folder, 'visits.json'), '[]');
}

import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import { NodeProcess, temporaryDirectory, type Json } from '../../support/node-process.ts';
import { until } from '../../support/until.ts';

interface Received {
  body: Buffer;
  headers: IncomingMessage['headers'];
}

/**
 * A subscriber as somebody else would write it, with nothing of ours: it finds the hub, asks for a subscription, confirms what
 * it has asked for and nothing else, and believes what is signed.
 */
class Subscriber {
  readonly received: Received[] = [];
  readonly doubted: Received[] = [];
  readonly leases: number[] = [];
  readonly #secret = randomBytes(32).toString('hex');
  readonly #path = `/calls/${randomBytes(16).toString('hex')}`;
  readonly #expected = new Set<string>();
  readonly #server: Server;
  /** Answers deliveries with 503. */
  isDown = false;

  constructor() {
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '', 'http://localhost');
      if (url.pathname !== this.#path) {
        response.writeHead(404).end();
      } else if (request.method === 'GET') {
        const [mode, topic, challenge] = ['mode', 'topic', 'challenge'].map((name) =>
          url.searchParams.get(`hub.${name}`),
        );
        if (this.#expected.delete(`${mode} ${topic}`)) {
          this.leases.push(Number(url.searchParams.get('hub.lease_seconds')));
          response.end(challenge);
        } else response.writeHead(404).end();
      } else {
        const chunks: Buffer[] = [];
        request.on('data', (chunk: Buffer) => chunks.push(chunk));
        request.on('end', () => {
          if (this.isDown) response.writeHead(503, { 'retry-after': '1' });
          else this.#take({ body: Buffer.concat(chunks), headers: request.headers });
          response.end();
        });
      }
    });
  }

  async listen(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get callback(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#path}`;
  }

  async ask(mode: 'subscribe' | 'unsubscribe', at: string): Promise<number> {
    const { headers } = await fetch(at, { method: 'HEAD' });
    const link = headers.get('link') ?? '';
    const hub = /<([^>]+)>;\s*rel="hub"/.exec(link)?.[1] ?? '';
    const topic = /<([^>]+)>;\s*rel="self"/.exec(link)?.[1] ?? '';
    this.#expected.add(`${mode} ${topic}`);
    const body = new URLSearchParams({
      'hub.mode': mode,
      'hub.topic': topic,
      'hub.callback': this.callback,
      'hub.lease_seconds': '3600',
      'hub.secret': this.#secret,
    });
    return (await fetch(hub, { method: 'POST', body })).status;
  }

  /** Addresses and kinds of change of everything that it was told. */
  get changes(): string[] {
    return this.received.flatMap(({ body }) =>
      [...body.toString().matchAll(/<loc>([^<]+)<\/loc>.*?change="(\w+)"/gs)].map(
        ([, loc = '', change = '']) => `${change} ${loc}`,
      ),
    );
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take(delivery: Received): void {
    const right = `sha256=${createHmac('sha256', this.#secret).update(delivery.body).digest('hex')}`;
    const isRight = delivery.headers['x-hub-signature'] === right;
    (isRight ? this.received : this.doubted).push(delivery);
  }
}

describe('a subscriber of a whole node', () => {
  let folder: string;
  let node: NodeProcess | undefined;
  let subscriber: Subscriber;
  beforeEach(async () => {
    folder = await temporaryDirectory();
    subscriber = new Subscriber();
    await subscriber.listen();
  });
  afterEach(async () => {
    await node?.kill();
    node = undefined;
    await subscriber.close();
    await rm(folder, { recursive: true });
  });

  const start = async (...flags: string[]): Promise<NodeProcess> =>
    await NodeProcess.start(['--config', join(folder, 'ngr.config.json'), ...flags], join(folder, 'data'));
  const states = async (): Promise<unknown[]> => {
    const { subscriptions } = await node!.api<{ subscriptions: Json[] }>('GET', '/websub');
    return subscriptions.map(({ state }) => state);
  };

  it('is told of a harvest and a withdrawal, signed, also after a SIGKILL, until it wants no more', async () => {
    const source = join(folder, 'source');
    await mkdir(source);
    await writeFile(join(source, 'a.csv'), 'id,title,authors\n1,Hydrography of fjords,"Doe, J."\n');
    await writeFile(
      join(folder, 'ngr.config.json'),
      JSON.stringify({
        sources: [{ type: 'files', path: source, name: 'lot' }],
        websub: { privateCallbacks: [subscriber.callback] },
      }),
    );
    node = await start();
    const recordOf = async (id: string): Promise<string> => {
      const { document } = await node!.get<{ orderedItems?: Json[] }>(`/search?q=${id}`);
      return String(document.orderedItems?.[0]?.['id']);
    };
    await until('the first harvest', async () => (await recordOf('hydrography')).includes('/records/'));
    const first = await recordOf('hydrography');

    const topic = new URL('/resourcesync/change-notification.xml', node.url).href;
    expect(await subscriber.ask('subscribe', topic)).to.equal(202);
    await until('it has confirmed', async () => (await states()).includes('active'));
    expect(subscriber.leases).to.deep.equal([3_600]);

    await writeFile(
      join(source, 'a.csv'),
      'id,title,authors\n1,Hydrography of fjords,"Doe, J."\n2,Lakes of Wyreford,"Roe, R."\n',
    );
    await node.api('POST', '/harvest', { source: 'lot' });
    await until('it is told of the harvest', () => subscriber.changes.length > 0);
    await until('the record is indexed', async () => (await recordOf('lakes')).includes('/records/'));
    const second = await recordOf('lakes');
    expect(subscriber.changes).to.deep.equal([`created ${second}`]);
    const [delivery] = subscriber.received;
    expect(delivery?.headers['content-type']).to.equal('application/xml; charset=utf-8');
    expect(delivery?.headers.link).to.match(
      /\/websub>; rel="hub", <[^>]+\/change-notification\.xml>; rel="self"/,
    );
    expect(delivery?.body.toString()).to.include('capability="change-notification"');

    subscriber.isDown = true;
    await node.api('POST', `/records/${first.split('/').at(-1)}/withdraw`, { reason: 'Wrong version.' });
    await until('it has failed', async () => (await states()).includes('failing'));
    const { port } = new URL(node.url);
    await node.kill();
    node = await start('--port', port);
    // Also where it has been tried again by now.
    expect(await states()).to.deep.equal(['failing']);
    subscriber.isDown = false;
    // Who renews is there again, and need not wait for the next attempt.
    expect(await subscriber.ask('subscribe', topic)).to.equal(202);
    await until('it is told of the withdrawal', () => subscriber.changes.length > 1);
    expect(subscriber.changes).to.deep.equal([`created ${second}`, `deleted ${first}`]);

    expect(await subscriber.ask('unsubscribe', topic)).to.equal(202);
    await until('it has ended', async () => (await states()).length === 0);
    expect(subscriber.doubted).to.deep.equal([]);
  });
});

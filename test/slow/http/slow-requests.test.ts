import { connect, type Socket } from 'node:net';
import { expect } from 'chai';
import { aSite, type TestSite } from '../../http/support/a-site.ts';

const SLOW = 200;

/** A client that begins a request and goes on with it by a byte now and then (Slowloris). */
class SlowClient {
  heard = '';
  readonly ended: Promise<void>;
  readonly #socket: Socket;
  readonly #more: NodeJS.Timeout;

  constructor(url: string, beginning: string) {
    const { hostname, port } = new URL(url);
    this.#socket = connect({ host: hostname, port: Number(port) });
    this.#socket.setEncoding('utf8').on('data', (text: string) => {
      this.heard += text;
    });
    this.ended = new Promise((resolve) => this.#socket.once('close', () => resolve()));
    this.#socket.on('error', () => undefined);
    this.#socket.write(beginning);
    this.#more = setInterval(() => this.#socket.write('x'), 1_000);
    void this.ended.then(() => clearInterval(this.#more));
  }

  end(): void {
    clearInterval(this.#more);
    this.#socket.destroy();
  }
}

/** These take as long as the node gives them: ten seconds for a head, thirty for a body. */
describe('requests that come slowly', function () {
  this.timeout(300_000);
  let site: TestSite;
  let clients: SlowClient[] = [];
  before(async () => {
    site = await aSite();
  });
  after(async () => {
    for (const client of clients) client.end();
    await site.close();
  });

  it('are ended, head or body, and others are answered meanwhile', async () => {
    const head = 'GET / HTTP/1.1\r\nHost: node.example\r\nX-Slow: ';
    const body =
      'POST /inbox HTTP/1.1\r\nHost: node.example\r\nContent-Type: application/ld+json\r\nContent-Length: 1000\r\n\r\n{';
    clients = Array.from({ length: SLOW }, (_, n) => new SlowClient(site.url, n % 2 === 0 ? head : body));
    expect((await site.get('/')).status).to.equal(200);
    await Promise.all(clients.map(({ ended }) => ended));
    // Who was still sending may have lost the answer with the connection.
    const answers = clients.map(({ heard }) => heard).filter((heard) => heard !== '');
    expect(answers).to.not.deep.equal([]);
    for (const answer of answers) expect(answer).to.match(/^HTTP\/1\.1 408 /);
    expect((await site.get('/')).status).to.equal(200);
  });
});

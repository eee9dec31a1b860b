import { createServer, request, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { expect } from 'chai';
import Koa from 'koa';
import { Registry } from 'prom-client';
import { Forwarding, type Writer } from '../../../node/http/index.ts';
import { errorHandling } from '../../../node/http/server/error-handling.ts';
import { Views } from '../../../node/http/pages/view.ts';
import { loadAssets } from '../../../node/http/assets.ts';
import { fromCluster } from '../../../node/http/cluster/index.ts';
import { ofProxiedClient } from '../../../node/http/server/client-address.ts';
import { CLUSTER_HEADER, clusterToken } from '../../../node/http/cluster/tokens.ts';
import { silentLog } from '../../support/test-catalogue.ts';
import { until } from '../../support/until.ts';

const SECRET = 'known to both';

describe('a request that is handed to the writer', () => {
  const servers: Server[] = [];
  const forwardings: Forwarding[] = [];
  let writer: Writer | undefined;
  afterEach(() => {
    for (const forwarding of forwardings.splice(0)) forwarding.stop();
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function listening(answer: RequestListener): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** A process that hands everything on. */
  async function gateway({
    trustProxy = false,
    room = { all: 10, ofNetwork: 10 },
    metrics = new Registry(),
  } = {}): Promise<string> {
    const forwarding = new Forwarding({
      writer: () => writer,
      trustProxy,
      metrics,
      room,
    });
    forwardings.push(forwarding);
    const site = { base: 'https://node.example', name: 'N', node: 'n', networks: [], version: '1' };
    const app = new Koa({ proxy: trustProxy });
    app.silent = true;
    if (trustProxy) app.use(ofProxiedClient);
    app.use(errorHandling({ views: new Views({ site, assets: loadAssets() }), log: silentLog }));
    app.use((ctx) => forwarding.answer(ctx));
    const answer = app.callback();
    return await listening((from, to) => void answer(from, to));
  }

  async function isWriter(answer: RequestListener): Promise<void> {
    writer = { url: await listening(answer), secret: SECRET };
  }

  /** With what the HTTP of Node leaves alone. */
  function raw(
    url: string,
    options: { method?: string; headers?: Record<string, string>; body?: string },
  ): Promise<{ head: IncomingMessage; body: string }> {
    const { method = 'GET', headers = {}, body } = options;
    return new Promise((resolve, reject) => {
      const asked = request(url, { method, headers }, (head) => {
        let text = '';
        head.setEncoding('utf8').on('data', (more: string) => (text += more));
        head.once('end', () => resolve({ head, body: text }));
      });
      asked.once('error', reject);
      asked.end(body);
    });
  }

  it('arrives as it is, and so does the answer', async () => {
    let body = '';
    let came: IncomingMessage | undefined;
    await isWriter((from, to) => {
      came = from;
      from.setEncoding('utf8').on('data', (more: string) => (body += more));
      from.once('end', () => {
        to.writeHead(201, [
          'Set-Cookie',
          'a=1',
          'Set-Cookie',
          'b=2',
          'Location',
          '/x',
          'Content-Encoding',
          'odd',
        ]);
        to.end('taken');
      });
    });
    const url = await gateway();
    const { head, body: answer } = await raw(`${url}/inbox?a=%20b`, {
      method: 'POST',
      headers: { host: 'node.example', 'content-type': 'text/x', cookie: 'c=3' },
      body: 'what is sent',
    });
    expect(came).to.include({ method: 'POST', url: '/inbox?a=%20b' });
    expect(came?.headers).to.include({
      host: 'node.example',
      'content-type': 'text/x',
      cookie: 'c=3',
      via: '1.1 ngr',
    });
    expect(body).to.equal('what is sent');
    expect(head.statusCode).to.equal(201);
    expect(head.headers).to.deep.include({
      'set-cookie': ['a=1', 'b=2'],
      location: '/x',
      'content-encoding': 'odd',
    });
    expect(answer).to.equal('taken');
  });

  it('goes without the headers that are of one connection (RFC 9110, section 7.6.1)', async () => {
    let came: IncomingMessage['headers'] = {};
    await isWriter((from, to) => {
      came = from.headers;
      to.writeHead(200, {
        connection: 'x-own',
        'x-own': '1',
        'x-other': '2',
        'keep-alive': 'timeout=1',
      }).end();
    });
    const { head } = await raw(await gateway(), {
      headers: {
        connection: 'close, x-mine',
        'x-mine': '1',
        'x-yours': '2',
        te: 'trailers',
        upgrade: 'h2c',
        'proxy-authorization': 'Basic x',
      },
    });
    expect(came).to.include({ 'x-yours': '2' });
    for (const name of ['x-mine', 'te', 'upgrade', 'proxy-authorization'])
      expect(came).to.not.have.property(name);
    expect(head.headers).to.include({ 'x-other': '2' }).and.not.to.have.property('x-own');
  });

  it('keeps its length whatever Connection names, so that its body is not read as another request', async () => {
    const came: string[] = [];
    await isWriter((from, to) => {
      came.push(`${from.method} ${from.url} ${from.headers.host}`);
      from.resume().once('end', () => to.end('answered'));
    });
    const url = new URL(await gateway());
    const hidden = 'GET /tracker?hidden HTTP/1.1\r\nHost: x\r\n\r\n';
    for (const named of ['content-length', 'Content-Length, host', 'transfer-encoding']) {
      const socket = connect(Number(url.port), url.hostname);
      let answer = '';
      socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
      const head = [
        'GET /search HTTP/1.1',
        'Host: node.example',
        `Connection: ${named}`,
        `Content-Length: ${hidden.length}`,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n${hidden}`);
      await until('it is answered', () => answer.includes('answered'));
      socket.destroy();
    }
    // On the same connection, after whatever was left of the requests before.
    await raw(url.href, { headers: { host: 'node.example' } });
    expect(came).to.deep.equal([
      ...Array.from({ length: 3 }, () => 'GET /search node.example'),
      'GET / node.example',
    ]);
  });

  it('is of the client whose address it ends with, whatever it says of its way itself', async () => {
    const addresses: string[] = [];
    const app = new Koa();
    app.use(fromCluster({ secret: SECRET }));
    app.use((ctx) => {
      addresses.push(ctx.ip);
      ctx.body = { isOfCluster: ctx.state['isOfCluster'] as boolean, headers: ctx.headers };
    });
    const answer = app.callback();
    await isWriter((from, to) => void answer(from, to));
    const said = {
      'x-forwarded-for': '203.0.113.9, 198.51.100.7',
      'x-forwarded-host': 'evil.example',
      'x-real-ip': '203.0.113.9',
    };
    const untrusted = await raw(await gateway(), { headers: said });
    await raw(await gateway({ trustProxy: true }), { headers: said });
    const withPort = { 'x-forwarded-for': '198.51.100.7:4711' };
    await raw(await gateway({ trustProxy: true }), { headers: withPort });
    // Who writes to the writer itself is who they are.
    const forged = await raw(writer?.url ?? '', {
      headers: { ...said, [CLUSTER_HEADER]: clusterToken('guessed', 'call') },
    });
    expect(addresses.map((address) => address.replace('::ffff:', ''))).to.deep.equal([
      '127.0.0.1',
      '198.51.100.7',
      '198.51.100.7',
      '127.0.0.1',
    ]);
    expect(untrusted.body)
      .to.include('"isOfCluster":false')
      .and.not.to.match(/203\.0\.113\.9|evil/);
    expect(forged.body).to.include('"isOfCluster":false');
  });

  it('goes on though a stranger has written into it what the processes say to one another', async () => {
    let said: unknown;
    await isWriter((from, to) => {
      said = from.headers[CLUSTER_HEADER];
      to.end();
    });
    const headers = { [CLUSTER_HEADER]: clusterToken('guessed', 'call') };
    expect((await raw(await gateway(), { headers })).head.statusCode).to.equal(200);
    expect(said).to.equal(clusterToken(SECRET, 'forwarded'));
  });

  it('does not go round in circles', async () => {
    const first = await gateway();
    writer = { url: first, secret: SECRET };
    const { head, body } = await raw(first, {});
    expect(head.statusCode).to.equal(508);
    expect(body).to.include('HTTP_FORWARDED_TWICE');
  });

  it('is answered 503 with the time to wait while no process writes, and goes to the next one', async () => {
    writer = undefined;
    const url = await gateway();
    const away = await raw(url, { method: 'POST', body: 'x' });
    expect(away.head).to.deep.include({ statusCode: 503 });
    expect(away.head.headers).to.include({ 'retry-after': '5', 'content-type': 'application/problem+json' });
    expect(JSON.parse(away.body)).to.include({ code: 'HTTP_WRITER_AWAY' });
    // A place where nobody listens any more.
    const gone = await listening(() => undefined);
    servers.pop()?.close();
    writer = { url: gone, secret: SECRET };
    expect((await raw(url, { method: 'POST', body: 'x' })).head.statusCode).to.equal(503);
    await isWriter((_, to) => void to.end('here again'));
    expect((await raw(url, {})).body).to.equal('here again');
  });

  it('is told that it is not known what became of it where the writer breaks off', async () => {
    await isWriter((from) => void from.socket.destroy());
    const { head, body } = await raw(await gateway(), { method: 'POST', body: 'x' });
    expect(head.statusCode).to.equal(502);
    expect(JSON.parse(body)).to.include({ code: 'HTTP_WRITER_BROKE_OFF' });
  });

  it('is read and answered piece by piece, and ended at the writer when the client goes away', async () => {
    let isEnded = false;
    await isWriter((from, to) => {
      from.on('data', (piece: Buffer) => to.write(piece));
      to.once('close', () => (isEnded = true));
    });
    const url = new URL(await gateway());
    const socket = connect(Number(url.port), url.hostname);
    let answer = '';
    socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n');
    await until('the first piece has come back', () => answer.includes('first'));
    socket.write('6\r\nsecond\r\n');
    await until('the second piece has come back', () => answer.includes('second'));
    socket.destroy();
    await until('the writer is left alone', () => isEnded);
  });

  it('is not told to be broken off where the client goes away before it is answered', async () => {
    let isEnded = false;
    let came = 0;
    await isWriter((_, to) => {
      came += 1;
      to.once('close', () => (isEnded = true));
    });
    const metrics = new Registry();
    const url = new URL(await gateway({ metrics, room: { all: 1, ofNetwork: 1 } }));
    for (let times = 0; times < 2; times += 1) {
      isEnded = false;
      const socket = connect(Number(url.port), url.hostname);
      socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
      await until('it has come to the writer', () => came > times);
      socket.destroy();
      await until('the writer is left alone', () => isEnded);
    }
    await isWriter((_, to) => void to.end());
    await raw(url.href, {});
    const figures = await metrics.metrics();
    expect(figures).to.include('{outcome="answered"} 1').and.not.to.include('outcome="broken"');
  });

  it('is turned away where too many are on their way, till one of them is answered', async () => {
    const waiting: (() => void)[] = [];
    await isWriter((_, to) => void waiting.push(() => to.end('at last')));
    const url = await gateway({ room: { all: 1, ofNetwork: 1 } });
    const first = raw(url, {});
    await until('the first one waits', () => waiting.length === 1);
    const second = await raw(url, {});
    expect(second.head.statusCode).to.equal(503);
    expect(JSON.parse(second.body)).to.include({ code: 'HTTP_WRITER_BUSY' });
    waiting.shift()?.();
    expect((await first).body).to.equal('at last');
    const third = raw(url, {});
    await until('there is room again', () => waiting.length === 1);
    waiting.shift()?.();
    expect((await third).body).to.equal('at last');
  });

  it('is turned away where its network has as many on their way as one may, and no other is held up by those', async () => {
    const waiting: (() => void)[] = [];
    await isWriter((from, to) => {
      if (from.url === '/slow') waiting.push(() => to.end());
      else to.end('answered');
    });
    const url = await gateway({ trustProxy: true, room: { all: 10, ofNetwork: 2 } });
    const ask = async (address: string, path = '/'): Promise<[status: number | undefined, body: string]> => {
      const { head, body } = await raw(url + path, { headers: { 'x-forwarded-for': address } });
      return [head.statusCode, body];
    };
    const slow = [ask('2a00:1450:1:2::1', '/slow'), ask('[2a00:1450:1:2::2]:4711', '/slow')];
    await until('both wait', () => waiting.length === 2);
    const [status, body] = await ask('2a00:1450:1:2::3');
    expect(status).to.equal(429);
    expect(JSON.parse(body)).to.include({ code: 'HTTP_TOO_MANY_AT_ONCE' });
    for (const other of ['2a00:1450:1:3::1', '8.8.8.8'])
      expect(await ask(other), other).to.deep.equal([200, 'answered']);
    // Of a proxy that nobody has told of all readers have one address, and it lies inside.
    const inside = [1, 2, 3].map(async () => await ask('10.0.0.1', '/slow'));
    await until('all of them wait', () => waiting.length === 5);
    for (const answer of waiting) answer();
    await Promise.all([...slow, ...inside]);
    expect(await ask('2a00:1450:1:2::3')).to.deep.equal([200, 'answered']);
  });

  it('ends the connection of whoever sends more than the writer wants to read', async () => {
    await isWriter((_, to) => void to.writeHead(413, { connection: 'close' }).end('too much'));
    const url = new URL(await gateway());
    const socket = connect(Number(url.port), url.hostname);
    let answer = '';
    let isEnded = false;
    socket.setEncoding('utf8').on('data', (more: string) => (answer += more));
    socket.once('close', () => (isEnded = true)).on('error', () => undefined);
    socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n${'x'.repeat(1_000)}`);
    await until('the connection is ended', () => isEnded);
    expect(answer)
      .to.match(/^HTTP\/1\.1 413 /)
      .and.to.match(/connection: close/i);
  });
});

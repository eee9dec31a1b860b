import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { expect } from 'chai';
import { guardedFetch, OutboundError } from '../../node/outbound/index.ts';

const userAgent = 'NGR-Node/test (+https://node.example)';

/** Names as the test wants them to resolve. */
function names(addresses: Record<string, string[]>): LookupFunction {
  return (hostname, _options, callback) => {
    const found = (addresses[hostname] ?? []).map((address) => ({
      address,
      family: address.includes(':') ? 6 : 4,
    }));
    if (found.length > 0) callback(null, found);
    else callback(Object.assign(new Error(`no ${hostname}`), { code: 'ENOTFOUND' }), []);
  };
}

async function failure(promise: Promise<unknown>): Promise<OutboundError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof OutboundError) return error;
    throw error;
  }
  throw new Error('it went through');
}

describe('a guarded fetch', () => {
  const servers: Server[] = [];
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  async function serve(listener: RequestListener): Promise<{ host: string; port: number }> {
    const server = createServer(listener);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { host: `127.0.0.1:${port}`, port };
  }

  it('reads from a host that the operator named, and says who asks', async () => {
    let agent: string | undefined;
    const { host } = await serve((request, response) => {
      agent = request.headers['user-agent'];
      response.end('hello');
    });
    const fetch = guardedFetch({ allow: [`http://${host}/oai`], userAgent, timeoutMs: 5_000 });
    const response = await fetch(`http://${host}/oai?verb=Identify`);
    expect(await response.text()).to.equal('hello');
    expect(agent).to.equal(userAgent);
  });

  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '192.168.0.1',
    '172.16.9.9',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '0x7f.1',
    '2130706433',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a00:1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::10.0.0.1]',
    '[64:ff9b:1:fffe::c0a8:1]',
    // Cut by a translator as of a prefix of 48 bits it is 10.0.0.1, as of one of 96 bits 8.8.8.8.
    '[64:ff9b:1:a00:0:100:808:808]',
    '[fe80::1]',
    '[fd00::1]',
    '[::7f00:1]',
    '[2002:7f00:1::]',
  ]) {
    it(`refuses ${address}`, async () => {
      const fetch = guardedFetch({ allow: [], userAgent, timeoutMs: 5_000 });
      expect(await failure(fetch(`http://${address}/`))).to.include({ code: 'OUTBOUND_PRIVATE_ADDRESS' });
    });
  }

  it('refuses another port of a host that was named', async () => {
    const { host, port } = await serve((_request, response) => response.end());
    const fetch = guardedFetch({ allow: [`http://127.0.0.1:${port + 1}`], userAgent, timeoutMs: 5_000 });
    expect(await failure(fetch(`http://${host}/`))).to.include({ code: 'OUTBOUND_PRIVATE_ADDRESS' });
  });

  it('takes a host named without a port at the ports of http and https only', async () => {
    const { port } = await serve((_request, response) => response.end());
    const lookup = names({ 'repository.local': ['127.0.0.1'] });
    const fetch = guardedFetch({ allow: ['repository.local'], userAgent, timeoutMs: 5_000, lookup });
    const error = await failure(fetch(`http://repository.local:${port}/`));
    expect(error).to.include({ code: 'OUTBOUND_PRIVATE_ADDRESS' });
  });

  it('refuses a name that leads into the private network, and says where', async () => {
    const lookup = names({ 'sneaky.example': ['10.0.0.7', 'fd00::7'] });
    const fetch = guardedFetch({ allow: [], userAgent, timeoutMs: 5_000, lookup });
    const error = await failure(fetch('http://sneaky.example/'));
    expect(error).to.include({ code: 'OUTBOUND_PRIVATE_ADDRESS' });
    expect(error.message).to.contain('10.0.0.7, fd00::7');
    expect(error.remedy).to.contain('configuration');
  });

  it('refuses a redirect from a named host into the private network', async () => {
    const inner = await serve((_request, response) => response.end('secret'));
    const { host } = await serve((_request, response) => {
      response.writeHead(302, { location: `http://${inner.host}/` }).end();
    });
    const fetch = guardedFetch({ allow: [host], userAgent, timeoutMs: 5_000 });
    expect(await failure(fetch(`http://${host}/`))).to.include({ code: 'OUTBOUND_PRIVATE_ADDRESS' });
  });

  it('refuses a redirect to another scheme', async () => {
    const { host } = await serve((_request, response) => {
      response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    });
    const fetch = guardedFetch({ allow: [host], userAgent, timeoutMs: 5_000 });
    expect(await failure(fetch(`http://${host}/`))).to.include({ code: 'OUTBOUND_BAD_URL' });
  });

  it('follows redirects, and gives up after five', async () => {
    const { host } = await serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end('there');
      else response.writeHead(301, { location: `/${left - 1}` }).end();
    });
    const fetch = guardedFetch({ allow: [host], userAgent, timeoutMs: 5_000 });
    expect(await (await fetch(`http://${host}/5`)).text()).to.equal('there');
    expect(await failure(fetch(`http://${host}/6`))).to.include({ code: 'OUTBOUND_TOO_MANY_REDIRECTS' });
  });

  it('gives a redirect back to who follows by itself', async () => {
    const { host } = await serve((_request, response) => {
      response.writeHead(303, { location: '/elsewhere' }).end();
    });
    const fetch = guardedFetch({ allow: [host], userAgent, timeoutMs: 5_000 });
    const response = await fetch(`http://${host}/`, { redirect: 'manual' });
    expect([response.status, response.headers.get('location')]).to.deep.equal([303, '/elsewhere']);
    await response.body?.cancel();
  });

  it('takes no secret along to another origin', async () => {
    const seen: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.end();
    });
    const { host } = await serve((request, response) => {
      seen.push(request.headers.authorization);
      response.writeHead(307, { location: `http://${other.host}/` }).end();
    });
    const fetch = guardedFetch({ allow: [host, other.host], userAgent, timeoutMs: 5_000 });
    await fetch(`http://${host}/`, { headers: { authorization: 'Bearer x' } });
    expect(seen).to.deep.equal(['Bearer x', undefined]);
  });

  it('tells an unknown host, a refused connection and a bad address apart', async () => {
    const lookup = names({});
    const { host } = await serve((_request, response) => response.end());
    const fetch = guardedFetch({ allow: [host], userAgent, timeoutMs: 5_000, lookup });
    expect(await failure(fetch('http://nowhere.example/'))).to.include({ code: 'OUTBOUND_UNKNOWN_HOST' });
    expect(await failure(fetch('ftp://repository.example/'))).to.include({ code: 'OUTBOUND_BAD_URL' });
    expect(await failure(fetch('/oai'))).to.include({ code: 'OUTBOUND_BAD_URL' });
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await failure(fetch(`http://${host}/`))).to.include({ code: 'OUTBOUND_REFUSED' });
  });

  it('gives up on a host that never answers', async () => {
    const { host } = await serve(() => undefined);
    const fetch = guardedFetch({ allow: [host], userAgent, timeoutMs: 50 });
    expect(await failure(fetch(`http://${host}/`))).to.include({ code: 'OUTBOUND_TIMEOUT' });
  });

  it('stops when it is told to, with the reason it was given', async () => {
    const { host } = await serve(() => undefined);
    const fetch = guardedFetch({ allow: [host], userAgent, timeoutMs: 5_000 });
    const abort = new AbortController();
    const reason = new Error('enough');
    const response = fetch(`http://${host}/`, { signal: abort.signal }).catch((error: unknown) => error);
    abort.abort(reason);
    expect(await response).to.equal(reason);
  });
});

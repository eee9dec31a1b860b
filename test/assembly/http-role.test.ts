import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { startHttpRole, type RunningHttpRole } from '../../node/assembly/http-role.ts';
import { systemClock, type Clock } from '../../node/clock.ts';
import { resolveConfig } from '../../node/config/index.ts';
import type { StoreError } from '../../node/store/index.ts';
import { aSite, BROWSER, type TestSite } from '../http/support/a-site.ts';
import { aPut } from '../support/builders.ts';
import { aCutLine } from '../store/postgres/cut-line.ts';
import { describeOnPostgres, storeIn } from '../support/stores.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { until } from '../support/until.ts';

const SECRET = 'known to both';
const NAME = 'University of Wyreford';

describeOnPostgres('a process of the role http, over the PostgreSQL of a node', () => {
  let site: TestSite;
  let role: RunningHttpRole;
  let keys: string[];
  let lost: StoreError | undefined;
  /** Of the role's clock. */
  let ahead = 0;
  before(async () => {
    site = await aSite({ parts: { cluster: { secret: SECRET } } });
    keys = await site.put(
      ...['Coral reefs of the north', 'A history of paper', 'Prime gaps'].map((value, n) =>
        aPut(n + 1, {
          titles: [{ value, language: 'en' }],
          type: 'http://purl.org/coar/resource_type/c_6501',
        }),
      ),
    );
    role = await start();
  });
  after(async () => {
    await role?.stop();
    await site?.close();
  });

  function start(store = storeIn(site.directory)): Promise<RunningHttpRole> {
    const flags = {
      role: 'http',
      port: '0',
      host: '127.0.0.1',
      name: NAME,
      sample: false,
      store,
    };
    const config = resolveConfig({
      env: {},
      flags: { ...flags, network: ['open'], contact: 'repository@wyreford.example' },
      cwd: site.directory,
    });
    const clock: Clock = { ...systemClock, now: () => site.clock.now() + ahead };
    return startHttpRole(config, { log: silentLog, clock, onLost: (error) => (lost = error) });
  }

  async function told(url: string, path: string, accept: string): Promise<unknown> {
    const response = await fetch(url + path, {
      headers: { accept, 'accept-language': 'en' },
      redirect: 'manual',
    });
    const { headers } = response;
    const named = ['content-type', 'etag', 'link', 'location', 'last-modified', 'content-security-policy'];
    return {
      status: response.status,
      headers: Object.fromEntries(named.map((name) => [name, headers.get(name)])),
      body: (await response.text()).replace(/<responseDate>[^<]*/, ''),
    };
  }

  const isThere = (url: string): Promise<void> => site.store.announce({ url, secret: SECRET });
  const status = async (path: string, init: RequestInit = {}): Promise<number> => {
    const response = await fetch(role.url + path, init);
    // To the end: an answer that was given up is no view of a page.
    await response.arrayBuffer();
    return response.status;
  };

  it('answers what is held as the node does, though nobody is there to be asked', async () => {
    const [key = ''] = keys;
    const asked: [path: string, accept: string][] = [
      ...['application/ld+json', 'application/xml', 'application/x-bibtex'].map((type): [string, string] => [
        `/records/${key}`,
        type,
      ]),
      ...[
        `/records/${key}/linkset`,
        `/records/${key}/citations`,
        '/records',
        '/records?limit=2&type=c_6501',
        `/works/w${key}`,
        `/works/w${key}/citations`,
        '/oai?verb=Identify',
        '/oai?verb=ListRecords&metadataPrefix=oai_dc',
        '/.well-known/resourcesync',
        '/resourcesync/capabilitylist.xml',
        '/resourcesync/resourcelist.xml',
        '/resourcesync/changelist.xml',
        '/resourcesync/resourcedump.xml',
        '/resourcesync/change-notification.xml',
        '/context.jsonld',
        '/robots.txt',
        '/widget.js',
        '/api/openapi.json',
        '/records/unknown',
      ].map((path): [string, string] => [path, '*/*']),
      ...['/', '/records', `/works/w${key}`, `/records/${key}/citations`, '/api'].map(
        (path): [string, string] => [path, BROWSER],
      ),
    ];
    for (const [path, accept] of asked)
      expect(await told(role.url, path, accept), `${path} ${accept}`).to.deep.equal(
        await told(site.url, path, accept),
      );
  });

  it('says that the writer is away, and goes on', async () => {
    const answer = await fetch(`${role.url}/search?q=open`);
    expect(answer.status).to.equal(503);
    expect(answer.headers.get('retry-after')).to.equal('5');
    expect(await answer.json()).to.include({ code: 'HTTP_WRITER_AWAY' });
    expect(await status(`/records/${keys[0]}`, { headers: { accept: BROWSER } })).to.equal(200);
    expect(await status('/health/ready')).to.equal(200);
    expect(await (await fetch(`${role.url}/health`)).json()).to.include({ status: 'warn' });
  });

  it('hands the rest to the writer as soon as it is there, and shows its pages in whole', async () => {
    await isThere(site.url);
    await until('it is found', async () => (await status('/search?q=open')) === 200);
    for (const accept of ['application/ld+json', BROWSER])
      expect(await told(role.url, '/', accept)).to.deep.equal(await told(site.url, '/', accept));
    const path = `/records/${keys[1]}`;
    await until('it is asked about what stands beside a record', async () => {
      const [here, there] = await Promise.all([told(role.url, path, BROWSER), told(site.url, path, BROWSER)]);
      return JSON.stringify(here) === JSON.stringify(there);
    });
    // Health is looked at once a second.
    ahead = 2_000;
    expect(await (await fetch(`${role.url}/health`)).json()).to.include({ status: 'pass' });
    ahead = 0;
  });

  it('has its pages’ readers counted by the writer', async () => {
    const [, , key = ''] = keys;
    const headers = {
      accept: BROWSER,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    };
    expect(await status(`/records/${key}`, { headers })).to.equal(200);
    await until('the view is counted', async () => (await site.usage.counts(key)).totalInvestigations === 1);
  });

  it('has the figures that docs/store.md tells of', async () => {
    const text = await (await fetch(`${role.url}/metrics`)).text();
    const page = await readFile(new URL('../../docs/store.md', import.meta.url), 'utf8');
    const told = [...page.matchAll(/^\| `(ngr_\S+)` \| (\S+) \| [^|]*\| (.*) \|$/gm)];
    expect(told).to.have.length(4);
    for (const [, name, type, help] of told)
      expect(text).to.match(
        new RegExp(`^# HELP ${name} ${help?.replace(/[()]/g, '.')}\\.?\n# TYPE ${name} ${type}$`, 'm'),
      );
  });

  it('shows a withdrawal, also of what it had kept', async () => {
    const [key = ''] = keys;
    const headers = { accept: 'application/ld+json' };
    expect(await status(`/records/${key}`, { headers })).to.equal(200);
    await site.put({ type: 'withdraw', oaiIdentifier: 'oai:repository.example:1', reason: 'by mistake' });
    await until('it is gone', async () => (await status(`/records/${key}`, { headers })) === 410);
    const { body } = (await told(
      role.url,
      `/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:repository.example:1`,
      '*/*',
    )) as { body: string };
    expect(body).to.include('status="deleted"');
  });

  it('shows nothing that it has kept while it cannot know whether that was withdrawn', async () => {
    const line = await aCutLine(storeIn(site.directory));
    const far = await start(line.urlOf(storeIn(site.directory)));
    try {
      const path = `${far.url}/records/${keys[1]}`;
      const shown = async (withinMs = 20_000): Promise<boolean> => {
        const signal = AbortSignal.timeout(withinMs);
        const asked = fetch(path, { headers: { accept: 'application/ld+json' }, signal });
        const answer = await asked.catch(() => undefined);
        await answer?.body?.cancel();
        return answer?.ok === true;
      };
      expect(await shown()).to.equal(true);
      line.cut();
      // The database is asked for some seconds before anybody is told.
      await until('it is not shown any more', async () => !(await shown(500)));
      line.mend();
      await until('it is shown again', shown);
    } finally {
      await far.stop();
      await line.close();
    }
  });

  it('calls the institution as it calls itself now', async () => {
    await site.parts.institution.change({ name: 'University of Wyreford and Leath' }, { version: 0 });
    await until('the new name is shown', async () =>
      ((await told(role.url, '/records', BROWSER)) as { body: string }).body.includes('Wyreford and Leath'),
    );
  });

  it('ends where the writer goes on to another format, and is not started before it has it', async () => {
    const format = await site.store.db.get('format');
    await site.store.db.put('format', Buffer.from('999'));
    await until('it is told to end', () => lost !== undefined);
    expect(lost).to.include({ code: 'STORE_TOO_NEW' });
    const error = await start().catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'STORE_TOO_NEW' });
    await site.store.db.put('format', format ?? Buffer.of());
    await site.store.section('publishing').put('!version', Buffer.from('1'));
    expect(await start().catch((thrown: unknown) => thrown)).to.include({ code: 'STORE_OTHER_VERSION' });
  });
});

describe('a process of the role http, over an embedded store', () => {
  it('is refused, with what to do', async () => {
    const config = resolveConfig({ env: { NGR_ROLE: 'http' }, flags: {}, cwd: '/nowhere' });
    const error = await startHttpRole(config, { log: silentLog }).catch((thrown: unknown) => thrown);
    expect(error).to.include({ code: 'CONFIG_ROLE_NEEDS_DATABASE' });
    expect((error as StoreError).remedy).to.include('store copy');
  });
});

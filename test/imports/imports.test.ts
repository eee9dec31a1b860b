import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect } from 'chai';
import { Imports, importSources } from '../../node/imports/index.ts';
import { anImportNode, type ImportNode } from '../support/an-import-node.ts';
import { silentLog } from '../support/test-catalogue.ts';
import { until } from '../support/until.ts';

const csv = (...rows: string[]): string => `id,title\n${rows.map((row) => `${row}\n`).join('')}`;

describe('imports', () => {
  let node: ImportNode;
  beforeEach(async () => {
    node = await anImportNode();
  });
  afterEach(async () => {
    // A client that goes away is told of by Node itself.
    expect(
      node.faults.filter((fault) => !/Parse Error|aborted|ECONNRESET/.test(String(fault))),
    ).to.deep.equal([]);
    await node.close();
  });

  const put = (
    path: string,
    body: string | Buffer,
    headers: Record<string, string> = {},
  ): Promise<Response> => node.request('PUT', `/api/imports/${path}`, { body, headers });
  const harvest = async (name: string, files?: string[]): Promise<Response> => {
    const body = JSON.stringify(files === undefined ? {} : { files });
    const response = await node.request('POST', `/api/imports/${name}`, {
      body,
      headers: { 'content-type': 'application/json' },
    });
    await node.idle();
    return response;
  };
  const codeOf = async (response: Response): Promise<string> =>
    ((await response.json()) as { code: string }).code;
  const stored = (...path: string[]): string => join(node.data, 'imports', ...path);

  it('are files that become records', async () => {
    const sent = await put('theses/a.csv', csv('1,First', '2,Second'));
    expect(sent.status).to.equal(200);
    expect(await sent.json()).to.deep.equal({ name: 'theses', file: 'a.csv', received: 26, complete: true });
    const started = await harvest('theses');
    expect(started.status).to.equal(202);
    expect(started.headers.get('location')).to.equal('https://node.example/api/harvest');
    expect(await node.content()).to.deep.equal({ 'file:theses:1': 'First', 'file:theses:2': 'Second' });
    const { imports } = (await (await node.request('GET', '/api/imports')).json()) as {
      imports: { name: string; files: object[]; source: { lastRun: object } }[];
    };
    expect(imports).to.have.length(1);
    expect(imports[0]).to.deep.include({ name: 'theses' });
    expect(imports[0]?.files[0]).to.include({ name: 'a.csv', size: 26 });
    expect(imports[0]?.source.lastRun).to.include({ outcome: 'complete', created: 2 });
  });

  it('replace what was imported under the same name before', async () => {
    await put('theses/a.csv', csv('1,First', '2,Second'));
    await harvest('theses', ['a.csv']);
    await put('theses/b.csv', csv('2,Second', '3,Third'));
    await harvest('theses', ['b.csv']);
    expect(await node.content()).to.deep.equal({
      'file:theses:1': 'deleted',
      'file:theses:2': 'Second',
      'file:theses:3': 'Third',
    });
    expect(await readdir(stored('theses'))).to.deep.equal(['b.csv']);
  });

  it('add up, where nobody says which files there are', async () => {
    await put('theses/a.csv', csv('1,First'));
    await put('theses/b.csv', csv('2,Second'));
    await harvest('theses');
    expect(Object.keys(await node.content())).to.have.length(2);
  });

  it('have each issue once, however often the files are read', async () => {
    await put('theses/a.csv', 'id,title,year\n1,First,2001\n2,Second,2002,x\n,,2003\n');
    await harvest('theses');
    const told = async (): Promise<string[]> =>
      (await node.harvester.issues({ limit: 20 })).map(
        ({ code, oaiIdentifier }) => `${code} ${oaiIdentifier ?? ''}`,
      );
    const before = await told();
    expect(before).to.include('FILE_ROW_UNEVEN ').and.include('FILE_ENTRY_EMPTY ');
    await node.harvester.run();
    expect(await told()).to.deep.equal(before);
    await put('theses/a.csv', csv('1,First'));
    await harvest('theses');
    expect((await told()).filter((issue) => issue.startsWith('FILE_'))).to.deep.equal([]);
  });

  it('take what is said of a record in its order', async () => {
    const header = (n: number, status = ''): string =>
      `<header${status}><identifier>oai:old.example:${n}</identifier><datestamp>2015-02-03</datestamp></header>`;
    const there = (n: number): string =>
      `<record>${header(n)}<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>T${n}</dc:title></oai_dc:dc></metadata></record>`;
    const gone = (n: number): string => `<record>${header(n, ' status="deleted"')}</record>`;
    await put('old/a.xml', `<ListRecords>${gone(1)}${there(1)}${there(2)}${gone(2)}</ListRecords>`);
    await harvest('old');
    const content = await node.content();
    expect(content['oai:old.example:1']).to.equal('T1');
    expect(content['oai:old.example:2']).not.to.equal('T2');
    expect(node.harvester.state()[0]?.lastRun).to.include({ records: 4, repeated: 2 });
  });

  it('change nothing when the same file comes again', async () => {
    await put('theses/a.csv', csv('1,First'));
    await harvest('theses');
    const before = await stat(stored('theses', 'a.csv'));
    await put('theses/a.csv', csv('1,First'));
    await harvest('theses');
    expect((await stat(stored('theses', 'a.csv'))).mtimeMs).to.equal(before.mtimeMs);
    const [source] = node.harvester.state();
    expect(source?.lastRun).to.include({ kind: 'full', created: 0, updated: 0, unchanged: 1 });
  });

  it('are harvested again after a restart, and keep what they know', async () => {
    await put('theses/a.csv', csv('1,First'));
    await harvest('theses');
    node = await node.restart();
    await node.idle();
    expect(node.harvester.state().map(({ name, type }) => [name, type])).to.deep.equal([['theses', 'files']]);
    expect(node.harvester.state()[0]?.lastRun).to.include({ kind: 'incremental', created: 0, updated: 0 });
    expect(await node.content()).to.deep.equal({ 'file:theses:1': 'First' });
  });

  it('go with their records', async () => {
    await put('theses/a.csv', csv('1,First'));
    await harvest('theses');
    expect((await node.request('DELETE', '/api/imports/theses')).status).to.equal(204);
    expect(await node.content()).to.deep.equal({ 'file:theses:1': 'deleted' });
    expect(await readdir(stored())).to.deep.equal([]);
    expect(node.harvester.state()).to.deep.equal([]);
    const again = await node.request('DELETE', '/api/imports/theses');
    expect(again.status).to.equal(404);
    expect(await codeOf(again)).to.equal('IMPORT_UNKNOWN');
  });

  it('that have lost their files are no sources', async () => {
    await mkdir(stored('empty'), { recursive: true });
    await mkdir(stored('.hidden'), { recursive: true });
    await writeFile(stored('.hidden', 'a.csv'), '');
    await mkdir(stored('unfinished'), { recursive: true });
    await writeFile(stored('unfinished', '.a.csv.part'), 'id,ti');
    expect(await importSources(node.data)).to.deep.equal([]);
    const [unknown, empty] = [await harvest('nowhere'), await harvest('empty')];
    expect([unknown.status, await codeOf(unknown)]).to.deep.equal([404, 'IMPORT_UNKNOWN']);
    expect([empty.status, await codeOf(empty)]).to.deep.equal([409, 'IMPORT_EMPTY']);
  });

  it('are refused where a file is missing', async () => {
    await put('theses/a.csv', csv('1,First'));
    const response = await harvest('theses', ['a.csv', 'b.csv']);
    expect([response.status, await codeOf(response)]).to.deep.equal([409, 'IMPORT_UNKNOWN_FILE']);
    expect(await readdir(stored('theses'))).to.deep.equal(['a.csv']);
  });

  it('are harvested once more where a harvest began before the files came', async () => {
    const runs: object[] = [];
    const harvester = {
      add: () => Promise.resolve(),
      remove: () => Promise.resolve(),
      run: (wanted: object) => Promise.resolve(runs.push(wanted)),
      state: () => [{ name: 'theses', running: true }],
    };
    const imports = new Imports({ data: node.data, taken: [], harvester, log: silentLog });
    await put('theses/a.csv', csv('1,First'));
    await imports.harvest('theses');
    await until('both have run', () => runs.length === 2);
    expect(runs).to.deep.equal([1, 2].map(() => ({ source: 'theses', full: true })));
  });

  describe('names', () => {
    for (const [what, path] of [
      ['a path out of the folder', 'theses/..%2F..%2Fidentity.pem'],
      ['the folder above, as an import', '..%2F..%2Fx/a.csv'],
      ['two dots', 'theses/%2e%2e%00'],
      ['a backslash', 'theses/..%5Ca.csv'],
      ['a NUL', 'theses/a%00.csv'],
      ['a line break', 'theses/a%0A.csv'],
      ['a file that hides', 'theses/.a.csv'],
      ['300 characters', `theses/${'a'.repeat(300)}`],
      ['300 bytes in a hundred characters', `theses/${encodeURIComponent('€'.repeat(100))}`],
      ['an import of 300 characters', `${'a'.repeat(300)}/a.csv`],
      ['an import that hides', '.theses/a.csv'],
      ['an import with a slash', 'a%2Fb/a.csv'],
      ['a name turned round for the reader', 'theses/%E2%80%AEvsc.exe'],
    ] as const) {
      it(`are refused: ${what}`, async () => {
        const response = await put(path, 'x');
        expect(response.status).to.equal(400);
        expect(await codeOf(response)).to.equal('IMPORT_BAD_NAME');
        expect(await readdir(stored()).catch(() => [])).to.deep.equal([]);
      });
    }

    it('may be in any language, and are the same in whatever form they are written', async () => {
      const composed = 'tesis de la Universidad de Ñuñoa';
      await put(
        `${encodeURIComponent(composed.normalize('NFD'))}/${encodeURIComponent('año (1).csv')}`,
        csv('1,T'),
      );
      expect(await readdir(stored())).to.deep.equal([composed]);
      expect((await harvest(encodeURIComponent(composed))).status).to.equal(202);
    });

    it('of configured sources are taken', async () => {
      await node.close();
      node = await anImportNode({ taken: ['repository'] });
      const response = await put('repository/a.csv', csv('1,T'));
      expect([response.status, await codeOf(response)]).to.deep.equal([409, 'IMPORT_NAME_TAKEN']);
    });
  });

  describe('an upload', () => {
    const range = (first: number, last: number, total: number | '*'): Record<string, string> => ({
      'content-range': `bytes ${first}-${last}/${total}`,
    });

    it('may come in parts, and is there with the last of them', async () => {
      expect((await put('theses/a.csv', 'id,title\n', range(0, 8, '*'))).status).to.equal(202);
      expect(await importSources(node.data)).to.deep.equal([]);
      const part = await put('theses/a.csv', '1,Fi', range(9, 12, 19));
      expect(await part.json()).to.include({ received: 13, complete: false });
      expect((await put('theses/a.csv', 'rst\n2,', range(13, 18, 19))).status).to.equal(200);
      expect(await readFile(stored('theses', 'a.csv'), 'utf8')).to.equal('id,title\n1,First\n2,');
    });

    it('may end without a further byte', async () => {
      await put('theses/a.csv', 'id,title\n', range(0, 8, '*'));
      expect((await put('theses/a.csv', '', { 'content-range': 'bytes */9' })).status).to.equal(200);
      expect(await readdir(stored('theses'))).to.deep.equal(['a.csv']);
    });

    it('tells where it goes on when a part does not fit', async () => {
      await put('theses/a.csv', 'id,title\n', range(0, 8, '*'));
      const response = await put('theses/a.csv', 'x', range(20, 20, 30));
      expect(response.status).to.equal(409);
      expect(await response.json()).to.include({ code: 'IMPORT_BAD_PART', received: 9 });
    });

    for (const header of [
      'bytes 0-5/2',
      'bytes 5-1/9',
      'bytes 0-99/100',
      'bytes */3',
      'lines 0-0/1',
      'bytes 0-0/x',
    ]) {
      it(`is refused with the range ${header}`, async () => {
        const response = await put('theses/a.csv', 'x', { 'content-range': header });
        expect(response.status).to.be.oneOf([400, 409]);
        expect(await codeOf(response)).to.equal('IMPORT_BAD_PART');
        expect(await readdir(stored('theses')).catch(() => [])).to.deep.equal([]);
      });
    }

    it('keeps the time at which the file was changed', async () => {
      await put('theses/a.csv', csv('1,First'), { 'last-modified': 'Wed, 21 Oct 2015 07:28:00 GMT' });
      await harvest('theses');
      expect((await stat(stored('theses', 'a.csv'))).mtimeMs).to.equal(Date.UTC(2015, 9, 21, 7, 28));
    });

    it('that is cut off leaves what was there before', async () => {
      await put('theses/a.csv', csv('1,First'));
      await new Promise<void>((resolve) => {
        const request = httpRequest(`${node.url}/api/imports/theses/a.csv`, {
          method: 'PUT',
          headers: { authorization: 'Bearer secret', 'content-length': 1000 },
        });
        request.on('error', () => resolve());
        request.write('id,title\n9,Ni', () => request.destroy());
      });
      await until(
        'the part is thrown away',
        async () => (await readdir(stored('theses'))).join() === 'a.csv',
      );
      expect(await readFile(stored('theses', 'a.csv'), 'utf8')).to.equal(csv('1,First'));
    });

    it('of a part that is cut off leaves the parts before it', async () => {
      await put('theses/a.csv', 'id,title\n', range(0, 8, '*'));
      await new Promise<void>((resolve) => {
        const request = httpRequest(`${node.url}/api/imports/theses/a.csv`, {
          method: 'PUT',
          headers: { authorization: 'Bearer secret', 'content-length': 100, ...range(9, 108, 200) },
        });
        request.on('error', () => resolve());
        request.write('1,Fi', () => request.destroy());
      });
      await until(
        'the next part fits',
        async () => (await put('theses/a.csv', '1,First\n', range(9, 16, 17))).status === 200,
      );
      expect(await readFile(stored('theses', 'a.csv'), 'utf8')).to.equal(csv('1,First'));
    });

    it('is refused before it comes when it is too large', async () => {
      const response = await put('theses/a.csv', 'x', { 'content-range': `bytes 0-0/${21 * 1024 ** 3}` });
      expect([response.status, await codeOf(response)]).to.deep.equal([413, 'IMPORT_TOO_LARGE']);
    });

    it('leaves room on the disk for the node', async () => {
      await node.close();
      node = await anImportNode({ freeSpace: () => Promise.resolve(50_000_000) });
      const response = await put('theses/a.csv', csv('1,First'));
      expect([response.status, await codeOf(response)]).to.deep.equal([507, 'IMPORT_DISK_FULL']);
      expect(await readdir(stored('theses'))).to.deep.equal([]);
    });

    it('keeps others of the same file out until it is done', async () => {
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      const slowly = node.imports.receive('theses', 'a.csv', {
        first: 0,
        isLast: true,
        bytes: (async function* () {
          yield Buffer.from('id,title\n');
          await held;
        })(),
      });
      await until('it has begun', async () => (await readdir(stored('theses')).catch(() => [])).length > 0);
      const same = await put('theses/a.csv', 'x');
      const removal = await node.request('DELETE', '/api/imports/theses');
      release();
      expect(await slowly).to.deep.equal({ received: 9, isComplete: true });
      expect([same.status, removal.status]).to.deep.equal([409, 409]);
    });

    it('needs the token', async () => {
      const response = await put('theses/a.csv', 'x', { authorization: 'Bearer wrong' });
      expect(response.status).to.equal(401);
      expect(await readdir(stored()).catch(() => [])).to.deep.equal([]);
    });
  });
});

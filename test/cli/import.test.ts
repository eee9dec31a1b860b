import { mkdir, mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { systemClock, type Clock } from '../../node/clock.ts';
import { anImportNode, type ImportNode } from '../support/an-import-node.ts';
import { typed, type Typed } from './typed.ts';

/** Does not wait longer than the node needs. */
const hurried: Clock = {
  ...systemClock,
  sleep: (_ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) reject(signal.reason as Error);
      else setImmediate(resolve);
    }),
};

describe('ngr import', () => {
  let node: ImportNode;
  let folder: string;
  beforeEach(async () => {
    node = await anImportNode();
    folder = await mkdtemp(join(tmpdir(), 'ngr-import-'));
  });
  afterEach(async () => {
    await node.close();
    await rm(folder, { recursive: true });
  });

  const ngr = (words: string[], given: Parameters<typeof typed>[1] = {}): Promise<Typed> =>
    typed(['import', ...words, '--data', node.data], { clock: hurried, cwd: folder, ...given });
  const write = async (name: string, content: string): Promise<void> => {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  };
  const stored = (name: string): Promise<string[]> => readdir(join(node.data, 'imports', name));

  it('imports a file under its name, and says what came of it', async () => {
    await write('My theses.csv', 'id,title\n1,First\n2,Second\n');
    const { exitCode, stdout, stderr } = await ngr(['My theses.csv']);
    expect(stderr).not.to.include('ngr:');
    expect(exitCode).to.equal(0);
    expect(stdout).to.match(
      /^My theses: complete; 2 records .*: 2 new, 0 changed, 0 deleted, 0 as before; \d+ issues?\n/,
    );
    expect(await node.content()).to.deep.equal({
      'file:My%20theses:1': 'First',
      'file:My%20theses:2': 'Second',
    });
  });

  it('deletes what is no longer in the file', async () => {
    await write('a.csv', 'id,title\n1,First\n2,Second\n');
    await ngr(['a.csv', '--name', 'theses']);
    await write('b.csv', 'id,title\n2,Second\n');
    const { stdout } = await ngr(['b.csv', '--name', 'theses']);
    expect(stdout).to.include('0 new, ').and.include('1 deleted');
    expect((await node.content())['file:theses:1']).to.equal('deleted');
    expect(await stored('theses')).to.deep.equal(['b.csv']);
  });

  it('imports several files, each by itself or all together', async () => {
    await write('a.csv', 'id,title\n1,First\n');
    await write('b.jsonl.gz', 'not packed at all\n');
    await write('b.jsonl', '{"id":"2","title":"Second"}\n');
    const apart = await ngr(['a.csv', 'b.jsonl']);
    expect(apart.stdout.split('\n').filter((line) => line.includes('complete'))).to.have.length(2);
    await ngr(['a.csv', 'b.jsonl', '--name', 'both']);
    expect(Object.keys(await node.content()).sort()).to.deep.equal([
      'file:a:1',
      'file:b:2',
      'file:both:1',
      'file:both:2',
    ]);
    const twice = await ngr(['b.jsonl', 'b.jsonl.gz']);
    expect(twice.exitCode).to.equal(2);
    expect(twice.stderr).to.include('"b"').and.include('--name').and.include('[USAGE]');
  });

  it('imports a folder with those within it, and leaves out what is hidden or leads elsewhere', async () => {
    await write('in/a.csv', 'id,title\n1,First\n');
    await write('in/2020/a.csv', 'id,title\n2,Second\n');
    await write('in/2020-a.csv', 'id,title\n3,Third\n');
    await write('in/.hidden.csv', 'id,title\n4,Fourth\n');
    await write('elsewhere.csv', 'id,title\n5,Fifth\n');
    await symlink(join(folder, 'elsewhere.csv'), join(folder, 'in', 'link.csv'));
    const { exitCode } = await ngr(['in']);
    expect(exitCode).to.equal(0);
    expect(await stored('in')).to.deep.equal(['2-2020-a.csv', '2020-a.csv', 'a.csv']);
    expect(Object.values(await node.content()).sort()).to.deep.equal(['First', 'Second', 'Third']);
  });

  it('imports what comes on standard input', async () => {
    const nameless = await ngr(['-'], { input: 'x' });
    expect(nameless.exitCode).to.equal(2);
    const { exitCode } = await ngr(['-', '--name', 'piped'], { input: '{"id":"1","title":"First"}\n' });
    expect(exitCode).to.equal(0);
    expect(await node.content()).to.deep.equal({ 'file:piped:1': 'First' });
  });

  it('sends a large file in parts, and keeps its date', async () => {
    const abstract = 'x'.repeat(1_000_000);
    await write(
      'large.jsonl',
      Array.from({ length: 11 }, (_, i) => `{"id":"${i}","title":"T","abstract":"${abstract}"}\n`).join(''),
    );
    const at = new Date('2020-02-02T02:02:02Z');
    await utimes(join(folder, 'large.jsonl'), at, at);
    const { exitCode, stderr } = await ngr(['large.jsonl'], { isTerminal: true });
    expect(exitCode).to.equal(0);
    const parts = stderr.split('\r\u001B[K').filter((line) => line.includes('MB sent'));
    expect(parts).to.deep.equal(['5', '9', '12'].map((sent) => `large.jsonl: ${sent} of 12 MB sent`));
    const [file] = (await node.imports.list())[0]?.files ?? [];
    expect(file).to.include({ size: 11_000_408, modifiedAt: at.getTime() });
  });

  it('tells of what cannot be read, and imports the rest', async () => {
    await write('a.jsonl', '{"id":"1","title":"First"}\nbroken\n');
    const { exitCode, stdout } = await ngr(['a.jsonl']);
    expect(exitCode).to.equal(0);
    expect(stdout)
      .to.include('error   a.jsonl, line 2: this is no JSON [FILE_ENTRY_UNREADABLE]')
      .and.include('1 new')
      .and.match(/; \d+ issues\n {2}"ngr check" lists/);
    const [issue] = await node.harvester.issues({ limit: 10 });
    expect(issue).to.include({ code: 'FILE_ENTRY_UNREADABLE', severity: 'error', source: 'a' });
    expect(issue?.place).to.include({ file: 'a.jsonl', line: 2 });
  });

  for (const [what, name, content, code] of [
    ['a spreadsheet', 'book.xlsx', 'PK\u0003\u0004\u0000', 'FILE_NOT_RECOGNISED'],
    ['a PDF', 'a.pdf', '%PDF-1.7\n', 'FILE_NOT_RECOGNISED'],
    ['an empty file', 'a.csv', '', 'FILE_EMPTY'],
    ['a table with a heading only', 'a.csv', 'id,title\n', 'FILE_NO_RECORDS'],
    ['a table of blank rows', 'a.csv', 'id,title\n,\n,\n', 'FILE_NO_RECORDS'],
    ['an empty list', 'a.json', '[]', 'FILE_NO_RECORDS'],
  ] as const) {
    it(`fails over ${what}, and says why`, async () => {
      await write(name, content);
      const { exitCode, stdout } = await ngr([name]);
      expect(exitCode).to.equal(1);
      expect(stdout).to.include(`[${code}]`).and.include('0 records');
    });
  }

  it('tells of a spreadsheet among other files', async () => {
    await write('in/a.csv', 'id,title\n1,First\n');
    await write('in/book.xlsx', 'PK\u0003\u0004\u0000');
    const { exitCode, stdout } = await ngr(['in']);
    expect(exitCode).to.equal(0);
    expect(stdout).to.include('error   book.xlsx is a ZIP archive or a spreadsheet. [FILE_NOT_RECOGNISED]');
  });

  it('says file and line of an entry, and no page', async () => {
    await write('a.csv', 'id,title\n1,First\n');
    await ngr(['a.csv']);
    const issues = await node.harvester.issues({ limit: 10 });
    expect(issues.map(({ place }) => place)).to.deep.equal(issues.map(() => ({ file: 'a.csv', line: 2 })));
    expect(issues).not.to.have.length(0);
  });

  it('lists imports, and takes one out with its records', async () => {
    expect((await ngr(['--list'])).stdout).to.equal('Nothing has been imported.\n');
    await write('a.csv', 'id,title\n1,First\n');
    await ngr(['a.csv']);
    const { stdout } = await ngr(['--list']);
    expect(stdout).to.match(/^import +files +kilobytes +latest\na +1 +1 +\d{4}-\d\d-\d\d \d\d:\d\d UTC\n$/);
    const json = JSON.parse((await ngr(['--list', '--json'])).stdout) as { imports: object[] };
    expect(json.imports[0]).to.include({ name: 'a' });
    const removed = await ngr(['--remove', 'a']);
    expect(removed).to.include({ exitCode: 0, stdout: '"a" and its records are taken out.\n' });
    expect(await node.content()).to.deep.equal({ 'file:a:1': 'deleted' });
    const again = await ngr(['--remove', 'a']);
    expect(again.exitCode).to.equal(3);
    expect(again.stderr).to.include('[IMPORT_UNKNOWN]');
  });

  for (const [what, words, exitCode, code] of [
    ['nothing to do', [], 2, 'USAGE'],
    ['two things at once', ['a.csv', '--list'], 2, 'USAGE'],
    ['a name without files', ['--list', '--name', 'a'], 2, 'USAGE'],
    ['a file that is not there', ['nowhere.csv'], 3, 'IMPORT_NO_FILE'],
    ['a folder without a file', ['.'], 3, 'IMPORT_NO_FILE'],
  ] as const) {
    it(`says what is wrong with ${what}`, async () => {
      const { exitCode: code1, stderr } = await ngr([...words]);
      expect(code1).to.equal(exitCode);
      expect(stderr).to.include(`[${code}]`);
    });
  }

  it('passes on what the node says against a name', async () => {
    await write('a.csv', 'id,title\n1,First\n');
    const { exitCode, stderr } = await ngr(['a.csv', '--name', '../x']);
    expect(exitCode).to.equal(2);
    expect(stderr).to.match(/^ngr: “\.\.\/x” cannot be the name of an import\. \[IMPORT_BAD_NAME\]\n$/);
  });
});

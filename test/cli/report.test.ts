import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { NodeDouble } from './node-double.ts';
import { typed, type Typed } from './typed.ts';

const WORLD = 'customer_id=0000000000000000';

describe('ngr report', () => {
  let node: NodeDouble;
  let folder: string;
  beforeEach(async () => {
    node = new NodeDouble();
    await node.start();
    folder = await mkdtemp(join(tmpdir(), 'ngr-report-'));
  });
  afterEach(async () => {
    await node.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const ngr = (...words: string[]): Promise<Typed> =>
    typed(['report', ...words, '--data', node.data], { cwd: folder });
  const answer = (path: string, text: string): void => {
    node.answers.set(`GET /counter/${path}`, { text });
  };

  it('prints a report of some months as a table, as it comes', async () => {
    const text = '\ufeffReport_Name,Item Report\r\n';
    answer(`r51/reports/ir?${WORLD}&begin_date=2026-01&end_date=2026-03`, text);
    const { exitCode, stdout } = await ngr('ir', '--from', '2026-01', '--to', '2026-03');
    expect(exitCode).to.equal(0);
    expect(stdout).to.equal(text);
    expect(node.asked.at(-1)).to.include({ token: 'Bearer secret' });
  });

  it('is on the last month that is counted to its end, where none is named', async () => {
    node.answers.set(`GET /counter/r51/reports?${WORLD}`, {
      body: [{ Report_ID: 'PR', Last_Month_Available: '2026-03' }],
    });
    answer(`r51/reports/pr?${WORLD}&begin_date=2026-03&end_date=2026-03`, 'March');
    expect((await ngr('pr')).stdout).to.equal('March');
    answer(`r51/reports/pr?${WORLD}&begin_date=2025-04&end_date=2026-03`, 'a year');
    expect((await ngr('pr', '--from', '2025-04')).stdout).to.equal('a year');
  });

  it('asks for a release, the parents, and JSON', async () => {
    const path = `r5/reports/ir?${WORLD}&begin_date=2026-01&end_date=2026-01&include_parent_details=True`;
    answer(path, '{"Report_Items":[]}');
    const { stdout } = await ngr('ir', '--release', '5', '--to', '2026-01', '--parents', '--json');
    expect(stdout).to.equal('{"Report_Items":[]}');
  });

  it('writes a file when it is whole', async () => {
    answer(`r51/reports/ir_a1?${WORLD}&begin_date=2026-01&end_date=2026-01`, 'the report');
    const { exitCode, stdout } = await ngr('ir_a1', '--to', '2026-01', '--format', 'tsv', '--out', 'a.tsv');
    expect({ exitCode, stdout }).to.deep.equal({ exitCode: 0, stdout: '' });
    expect(await readFile(join(folder, 'a.tsv'), 'utf8')).to.equal('the report');
    expect(await readdir(folder)).to.deep.equal(['a.tsv']);
  });

  it('leaves nothing of a file where there is no report', async () => {
    node.answers.set(`GET /counter/r51/reports/pr?${WORLD}&begin_date=2026-04&end_date=2026-04`, {
      status: 400,
      body: {
        Code: 3020,
        Message: 'Invalid Date Arguments',
        Data: 'begin_date is in a month that is not over',
      },
    });
    const { exitCode, stderr } = await ngr('pr', '--to', '2026-04', '--out', 'pr.csv');
    expect(exitCode).to.equal(2);
    expect(stderr).to.include('begin_date is in a month that is not over');
    expect(await readdir(folder)).to.deep.equal([]);
    const elsewhere = await ngr('pr', '--to', '2026-04', '--out', 'no/such/folder.csv');
    expect(elsewhere.exitCode).to.be.greaterThan(0);
  });

  it('says so where the file cannot be written', async () => {
    answer(`r51/reports/pr?${WORLD}&begin_date=2026-03&end_date=2026-03`, 'the report');
    const { exitCode, stderr } = await ngr('pr', '--to', '2026-03', '--out', 'no/such/folder.csv');
    expect(exitCode).to.equal(1);
    expect(stderr).to.include('REPORT_NOT_WRITTEN');
  });

  const wrong: readonly string[][] = [
    ['tr'],
    [],
    ['ir', '--from', '2026-1'],
    ['ir', '--from', '2026-03', '--to', '2026-01'],
    ['ir', '--release', '4'],
    ['ir', '--format', 'xls'],
    ['ir', '--format', 'csv', '--json'],
  ];
  for (const words of wrong) {
    it(`refuses: ngr report ${words.join(' ')}`, async () => {
      expect((await ngr(...words)).exitCode).to.equal(2);
      expect(node.asked).to.deep.equal([]);
    });
  }

  it('--help teaches', async () => {
    const { stdout } = await typed(['report', '--help']);
    expect(stdout).to.include('$ ngr report pr').and.include('--from <MONTH>').and.include('--out <FILE>');
  });
});

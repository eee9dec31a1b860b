import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ngrProcess } from '../../cli/process.ts';
import type { Typed } from '../../cli/typed.ts';
import { NodeProcess, temporaryDirectory } from '../../support/node-process.ts';
import { until } from '../../support/until.ts';

interface Found {
  orderedItems: { oaiIdentifier: string; tombstone?: object }[];
}

describe('files, imported into a whole node', () => {
  let folder: string;
  let data: string;
  let node: NodeProcess | undefined;
  beforeEach(async () => {
    folder = await temporaryDirectory();
    data = join(folder, 'data');
    await mkdir(join(folder, 'in'));
    await writeFile(
      join(folder, 'in', 'a.csv'),
      'id,title,authors\n1,Hydrography of fjords,"Doe, J."\n2,Second,"Roe, R."\n',
    );
    await writeFile(
      join(folder, 'in', 'b.bib'),
      '@book{b, title = {Hydrology of lakes}, author = {Doe, Jane}}\n',
    );
  });
  afterEach(async () => {
    await node?.kill();
    node = undefined;
    await rm(folder, { recursive: true });
  });

  const ngr = (...words: string[]): Promise<Typed> => ngrProcess([...words, '--data', data], folder);
  const found = async (words: string): Promise<string[]> => {
    const { document } = await node!.get<Found>(`/search?q=${words}`);
    // What is deleted is found as such.
    const items = document.orderedItems.filter(({ tombstone }) => tombstone === undefined);
    return items.map(({ oaiIdentifier }) => oaiIdentifier).sort();
  };

  it('are found, listed, replaced and taken out again', async () => {
    node = await NodeProcess.start(['--no-sample'], data);
    const first = await ngr('import', 'in', '--name', 'lot');
    expect(first.stderr).not.to.include('ngr:');
    expect(first.exitCode).to.equal(0);
    expect(first.stdout).to.match(/^lot: complete; 3 records .* 3 new,/);
    await until('they are indexed', async () => (await found('hydrography')).length > 0);
    expect(await found('hydrography')).to.deep.equal(['file:lot:1']);
    expect(await found('lakes')).to.deep.equal(['file:lot:b']);
    expect((await ngr('import', '--list')).stdout).to.match(/\nlot +2 /);
    expect((await ngr('status')).stdout).to.include('lot');

    const second = await ngr('import', 'in/b.bib', '--name', 'lot');
    expect(second.stdout).to.match(
      /0 new, 0 changed, 2 deleted \(2 of them no longer in the source\), 1 as before/,
    );
    await until('they are gone', async () => (await found('hydrography')).length === 0);

    const removed = await ngr('import', '--remove', 'lot');
    expect(removed).to.include({ exitCode: 0, stderr: '' });
    await until('the last is gone', async () => (await found('lakes')).length === 0);
    expect(await readdir(join(data, 'imports'))).to.deep.equal([]);
  });

  it('are there after a restart, also where no node was running', async () => {
    const alone = await ngr('import', 'in/a.csv');
    expect(alone.exitCode, alone.stderr).to.equal(0);
    expect(alone.stdout).to.match(/^a: complete; 2 records .* 2 new,/);
    for (let start = 0; start < 2; start += 1) {
      node = await NodeProcess.start(['--no-sample'], data);
      await until('they are indexed', async () => (await found('hydrography')).length > 0);
      const { sources } = await node.api<{ sources: { name: string; type: string }[] }>('GET', '/harvest');
      expect(sources.map(({ name, type }) => [name, type])).to.deep.equal([['a', 'files']]);
      await node.stop();
    }
    node = undefined;
  });
});

import { spawnSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ngrProcess, QUIET } from '../../cli/process.ts';
import { NodeProcess, temporaryDirectory } from '../../support/node-process.ts';
import { until } from '../../support/until.ts';

interface Found {
  totalItems: number;
  orderedItems: { id: string }[];
}

describe('a disk that is full', () => {
  let folder: string;
  let isMounted = false;

  before(async function () {
    folder = await temporaryDirectory();
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', folder]);
    isMounted = mount.status === 0;
    if (!isMounted && process.env['CI'] !== 'true') {
      console.log('      skipped: a small disk of its own needs the right to mount one');
      this.skip();
    }
  });
  after(async () => {
    if (isMounted) spawnSync('umount', [folder]);
    await rm(folder, { recursive: true, force: true });
  });

  const fillUp = async (): Promise<string> => {
    const file = join(folder, 'filler');
    const handle = await open(file, 'w');
    const block = Buffer.alloc(4_096);
    try {
      for (;;) await handle.write(block);
    } catch {
      await handle.close();
    }
    return file;
  };

  it('is named in one line at the start', async () => {
    const file = await fillUp();
    const { exitCode, stderr } = await ngrProcess(
      ['start', ...QUIET, '--data', join(folder, 'data')],
      folder,
    );
    expect(exitCode).to.equal(1);
    expect(stderr).to.match(/^ngr: The data directory .+ full.+ \[STORE_NO_SPACE\]\n$/);
    await rm(file);
  });

  it('while the node runs, loses nothing: it serves on, takes nothing in, and says so', async () => {
    const data = join(folder, 'data');
    const node = await NodeProcess.start([], data);
    const search = async (at: NodeProcess): Promise<number> =>
      (await at.get<Found>('/search?q=repositories')).document.totalItems;
    await until('the sample is there', async () => (await search(node)) > 10);
    const before = await search(node);
    const { document } = await node.get<Found>('/search?q=repositories');
    const key = document.orderedItems[0]?.id.split('/').at(-1) ?? '';
    const file = await fillUp();
    const withdraw = (at: NodeProcess): Promise<unknown> =>
      at.api('POST', `/records/${key}/withdraw`, { reason: 'On a full disk' });
    let refused: unknown;
    for (let i = 0; i < 50 && refused === undefined; i++) {
      refused = await withdraw(node).then(
        () => node.api('POST', `/records/${key}/reinstate`).then(() => undefined, String),
        String,
      );
    }
    expect(String(refused)).to.include('CATALOGUE_CANNOT_WRITE');
    expect((await node.get('/health/ready')).response.status).to.equal(503);
    expect(await search(node)).to.be.at.least(before - 1);

    // Nobody has to start it again when there is room.
    await rm(file);
    const isReady = (): Promise<boolean> =>
      node.get('/health/ready').then(
        ({ response }) => response.status === 200,
        () => false,
      );
    await until('it writes again', isReady);
    expect(node.complaints.join('\n')).to.include('the node is started anew');
    await withdraw(node);
    await node.api('POST', `/records/${key}/reinstate`);
    await node.stop();

    const again = await NodeProcess.start([], data);
    expect((await again.get('/health/ready')).response.status).to.equal(200);
    expect(await search(again)).to.be.at.least(before - 1);
    await again.stop();
  });
});

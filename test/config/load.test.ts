import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ConfigError, loadConfig, type Config } from '../../node/config/index.ts';

describe('loading the configuration', () => {
  let cwd: string;
  beforeEach(async () => {
    cwd = await mkdtemp(join(tmpdir(), 'ngr-config-'));
  });
  afterEach(async () => {
    await rm(cwd, { recursive: true });
  });

  const load = (file?: string): Promise<Config> =>
    loadConfig({ env: {}, flags: {}, cwd, ...(file !== undefined && { file }) });
  const codeOf = (loading: Promise<Config>): Promise<unknown> =>
    loading.then(
      () => 'accepted',
      (error: unknown) => (error instanceof ConfigError ? error.code : error),
    );

  it('reads ngr.config.json where it is there, and does without where it is not', async () => {
    expect((await load()).name).to.equal('NGR Node');
    await writeFile(join(cwd, 'ngr.config.json'), '\uFEFF{ "name": "Nordmark" }');
    expect((await load()).name).to.equal('Nordmark');
  });

  it('takes a named file, whose folder relative paths start at', async () => {
    await mkdir(join(cwd, 'etc'));
    await writeFile(join(cwd, 'etc', 'node.json'), '{ "data": "data" }');
    expect((await load('etc/node.json')).data).to.equal(join(cwd, 'etc', 'data'));
  });

  it('refuses a named file that is not there, is a folder, or is far too large', async () => {
    expect(await codeOf(load('other.json'))).to.equal('CONFIG_NOT_FOUND');
    expect(await codeOf(load('.'))).to.equal('CONFIG_UNREADABLE');
    await writeFile(join(cwd, 'large.json'), ' '.repeat(1_000_001));
    expect(await codeOf(load('large.json'))).to.equal('CONFIG_TOO_LARGE');
  });
});

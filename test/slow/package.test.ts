import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { installation } from '../../node/config/index.ts';
import { NodeProcess } from '../support/node-process.ts';

const run = promisify(execFile);
const { root, version } = installation();

interface Manifest {
  name: string;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** What `npm publish` would send, unpacked as npm unpacks it, beside the dependencies of this checkout. */
describe('the npm package', function () {
  this.timeout(600_000);
  let folder: string;
  let unpacked: string;
  let manifest: Manifest;
  let files: string[];

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ngr-package-'));
    unpacked = join(folder, 'package');
    // What is built stands; the step "prepare" would build it again under the feet of other tests.
    const pack = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
    const { stdout } = await run('npm', pack, { cwd: root, maxBuffer: 50_000_000 });
    const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
    await run('tar', ['-xzf', join(folder, filename), '-C', folder]);
    await symlink(join(root, 'node_modules'), join(unpacked, 'node_modules'));
    manifest = JSON.parse(await readFile(join(unpacked, 'package.json'), 'utf8')) as Manifest;
    const found = await readdir(unpacked, { recursive: true, withFileTypes: true });
    files = found
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => join(entry.parentPath, entry.name).slice(unpacked.length + 1));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const ngr = (words: readonly string[], cwd: string): Promise<{ stdout: string }> =>
    run(process.execPath, [join(unpacked, Object.values(manifest.bin)[0] ?? ''), ...words], { cwd, env: {} });

  it('has what an operator needs, and neither tests nor sources', () => {
    expect(files).to.include.members([
      'README.md',
      'LICENSE',
      'ngr.config.schema.json',
      'deploy/systemd/ngr-node.service',
      'samples/wyreford/rioxx.xml',
      'dist/node/cli/ngr.js',
    ]);
    expect(files.filter((path) => /^test\/|\.ts$|^node\//.test(path))).to.deep.equal([]);
  });

  it('has one program, so that `npx ngr-node` knows which is meant', () => {
    expect(manifest.name).to.equal('ngr-node');
    expect(new Set(Object.values(manifest.bin)).size).to.equal(1);
  });

  it('asks for every package that it imports', async () => {
    const own = new Set([
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.peerDependencies ?? {}),
      ...builtinModules,
    ]);
    const missing = new Set<string>();
    for (const path of files.filter((name) => /^dist\/(?:node|protocols|vocab)\/.*\.js$/.test(name))) {
      const text = await readFile(join(unpacked, path), 'utf8');
      for (const [, name = ''] of text.matchAll(
        /^(?:import|export) .*?from '([^'.][^']*)';$|\bimport\('([^'.][^']*)'\)/gm,
      )) {
        const asked = name.startsWith('@') ? name.split('/', 2).join('/') : (name.split('/')[0] ?? '');
        if (asked !== '' && !name.startsWith('node:') && !own.has(asked)) missing.add(`${path}: ${asked}`);
      }
    }
    expect([...missing]).to.deep.equal([]);
  });

  it('runs: version, configuration, a node with the sample, an answer', async () => {
    const cwd = join(folder, 'home');
    await mkdir(cwd);
    expect((await ngr(['--version'], cwd)).stdout).to.equal(`${version}\n`);
    await ngr(['init', '--yes', '--name', 'Example University'], cwd);
    const config = JSON.parse(await readFile(join(cwd, 'ngr.config.json'), 'utf8')) as { $schema: string };
    expect(JSON.parse(await readFile(join(cwd, config.$schema), 'utf8'))).to.have.property('properties');

    const program = join(unpacked, 'dist', 'node', 'cli', 'ngr.js');
    const node = await NodeProcess.start(
      ['--config', join(cwd, 'ngr.config.json')],
      join(cwd, 'data'),
      undefined,
      program,
    );
    try {
      const { document } = await node.get('/');
      expect(document).to.include({ type: 'Node', name: 'Example University' });
      expect((await node.get('/search?q=repositories')).response.status).to.equal(200);
    } finally {
      await node.kill();
    }
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { installation } from '../../node/config/index.ts';

const { root } = installation();
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

interface Locked {
  integrity?: string;
  hasInstallScript?: true;
  dev?: true;
  devOptional?: true;
  link?: true;
}

/** Of the packages that run in a node, what could change behind our back. */
describe('what the node is made of', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as {
    dependencies: Record<string, string>;
    devDependencies: Record<string, string>;
  };
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
  const running = Object.entries(packages).filter(
    ([path, { dev, devOptional, link }]) => path !== '' && !dev && !devOptional && !link,
  );

  it('is pinned to one version each', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect(version, name).to.match(/^\d+\.\d+\.\d+$/);
  });

  it('is known by its hash, so that a registry cannot hand out something else', () => {
    expect(running.length).to.be.greaterThan(100);
    const unknown = running.filter(([, { integrity }]) => integrity?.startsWith('sha512-') !== true);
    expect(unknown.map(([path]) => path)).to.deep.equal([]);
  });

  it('runs nothing when it is installed, but the choice of a build of LevelDB', () => {
    const scripted = running.filter(([, { hasInstallScript }]) => hasInstallScript);
    expect(scripted.map(([path]) => path)).to.deep.equal(['node_modules/classic-level']);
  });

  it('is held against known holes, and listed, with every change', () => {
    const steps = read('.ci/run');
    expect(steps).to.match(/^if ! report=\$\(npm audit --omit=dev --audit-level=high/m);
    expect(steps).to.match(/^npm run --silent sbom >/m);
    expect(steps).to.match(/^npm ci /m);
  });
});

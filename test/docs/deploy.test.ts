import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { overrides } from '../../node/config/index.ts';

const root = new URL('../../', import.meta.url);
const text = (path: string): Promise<string> => readFile(new URL(path, root), 'utf8');

interface Dashboard {
  panels: { id: number; title: string; targets: { expr: string }[] }[];
}

/** What an operator copies has to fit what the node is. */
describe('deploy', () => {
  it('speaks of figures that a node gives, in alerts and in the dashboard for Grafana', async () => {
    const page = await text('docs/metrics.md');
    const known = new Set([...page.matchAll(/^\| `(ngr_\w+)` \| (\w+) /gm)].map(([, name]) => name));
    const board = JSON.parse(await text('deploy/grafana/ngr-node.json')) as Dashboard;
    const expressions = board.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(new Set(board.panels.map(({ id }) => id)).size).to.equal(board.panels.length);
    const asked = [await text('deploy/prometheus/alerts.yml'), ...expressions].flatMap(
      (said) => said.match(/\bngr_\w+/g) ?? [],
    );
    expect(asked.length).to.be.greaterThan(20);
    for (const name of asked) expect(known, name).to.include(name.replace(/_(?:bucket|count|sum)$/, ''));
  });

  it('says of each alert how bad it is, and what to do', async () => {
    const alerts = (await text('deploy/prometheus/alerts.yml')).split('- alert: ').slice(1);
    expect(alerts.length).to.be.greaterThan(5);
    for (const alert of alerts) {
      expect(alert).to.match(/severity: (?:page|ticket) /);
      expect(alert).to.match(/summary: '.+'\n\s+description: '.+'/);
    }
  });

  it('sets what can be set, in the files for Compose', async () => {
    const variables = overrides.map(({ variable }) => variable);
    const files = (await readdir(new URL('deploy/compose/', root))).filter((name) => name.endsWith('.yaml'));
    for (const file of ['compose.yaml', ...files.map((name) => `deploy/compose/${name}`)]) {
      const set = [...(await text(file)).matchAll(/^ {6}(NGR_\w+): /gm)].map(([, name = '']) => name);
      expect(set.length, file).to.be.greaterThan(2);
      for (const name of set) if (name !== 'NGR_DOMAIN') expect(variables, file).to.include(name);
    }
  });

  it('has a unit that systemd takes, and that leaves the node few rights', async function () {
    const unit = new URL('deploy/systemd/ngr-node.service', root).pathname;
    const verified = spawnSync('systemd-analyze', ['verify', unit], { encoding: 'utf8' });
    if (verified.error !== undefined) {
      console.warn('      Skipped. There is no systemd-analyze: apt-get install -y systemd.');
      this.skip();
    }
    expect(verified.stderr).to.not.match(/ngr-node\.service:\d+:/);
    const rights = spawnSync('systemd-analyze', ['security', '--offline=true', '--threshold=30', unit], {
      encoding: 'utf8',
    });
    expect(rights.stdout).to.match(/Overall exposure level.*: [0-2]\.\d/);
  });
});

import { spawnSync } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { expect } from 'chai';
import { resolveConfig } from '../../node/config/index.ts';
import { startNode } from '../../node/main.ts';
import { temporaryDirectory } from '../support/node-process.ts';
import { silentLog } from '../support/test-catalogue.ts';

const rules = new URL('../../deploy/prometheus/alerts.yml', import.meta.url);
const operation = new URL('../../docs/operation.md', import.meta.url);

/** As far as the file goes: a key and what stands behind it, in one line or folded into the deeper ones below. */
function alertsIn(text: string): { name: string; expr: string; severity: string }[] {
  return text
    .split(/^ {6}- alert: /m)
    .slice(1)
    .map((alert) => {
      const [, expr = ''] = /^ {8}expr: (?:>-\n)?((?:.*\n)(?: {10,}.*\n)*)/m.exec(alert) ?? [];
      const [, severity = ''] = /severity: (\w+)/.exec(alert) ?? [];
      return {
        name: alert.slice(0, alert.indexOf('\n')),
        expr: expr.replaceAll(/\s+/g, ' ').trim(),
        severity,
      };
    });
}

describe('the alerts', () => {
  let alerts: ReturnType<typeof alertsIn>;
  before(async () => {
    alerts = alertsIn(await readFile(rules, 'utf8'));
  });

  it('ask for figures that a node gives, by labels that these have', async function () {
    this.timeout(30_000);
    const data = await temporaryDirectory();
    const config = resolveConfig({ env: {}, flags: { data, sample: false }, cwd: data });
    const node = await startNode(config, { log: silentLog, offline: true });
    let text: string;
    let health: { status: string; checks: object };
    try {
      text = await (await fetch(`${node.url}/metrics`)).text();
      health = (await (await fetch(`${node.url}/health`)).json()) as typeof health;
    } finally {
      await node.stop();
      await rm(data, { recursive: true });
    }
    const given = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name = '']) => name));
    const checks = new Set(
      [...text.matchAll(/^ngr_health\{check="([^"]+)"\} [01]$/gm)].map(([, name]) => name),
    );
    expect([...checks]).to.have.members(Object.keys(health.checks));
    expect(health.status).to.be.oneOf(['pass', 'warn']);
    for (const { name, expr } of alerts) {
      const asked = expr.match(/\b(?:ngr|nodejs|process)_\w+/g) ?? [];
      if (name !== 'NgrNodeDown') expect(asked, name).to.have.length.greaterThan(0);
      for (const figure of asked)
        expect(given, name).to.include(figure.replace(/_(?:bucket|count|sum)$/, ''));
      for (const [, check] of expr.matchAll(/check="([^"]+)"/g)) expect(checks, name).to.include(check);
    }
    const page = await readFile(operation, 'utf8');
    for (const check of checks) expect(page).to.include(`| \`${check}\` |`);
  });

  it('that wake somebody are few, and told', async () => {
    const page = await readFile(operation, 'utf8');
    const waking = alerts.filter(({ severity }) => severity === 'page').map(({ name }) => name);
    expect(waking).to.have.length.within(1, 6);
    const [, told = ''] = /\| wakes you \|([\s\S]*?)\n\n/.exec(page) ?? [];
    expect([...told.matchAll(/`(Ngr\w+)`/g)].map(([, name]) => name)).to.have.members(waking);
  });

  it('are rules as Prometheus reads them', function () {
    const checked = spawnSync('promtool', ['check', 'rules', rules.pathname], { encoding: 'utf8' });
    if (checked.error !== undefined) {
      console.warn('      Skipped. There is no promtool: apt-get install -y prometheus.');
      this.skip();
    }
    expect(checked.status, checked.stdout + checked.stderr).to.equal(0);
  });
});
